// Simulates access.line.me: returns to `?redirect_uri=` as LINE does (LIFF SDK 2.31.0, `login` and `init`). With
// `?known` the customer is already signed in to LINE and is asked nothing.

const query = new URLSearchParams(location.search);
const redirectUri = query.get("redirect_uri");

function back(result) {
  const url = new URL(redirectUri);
  const more = { ...result, state: "dev", liffClientId: "1656451635", liffRedirectUri: redirectUri };
  for (const [name, value] of Object.entries(more)) url.searchParams.set(name, value);
  location.replace(url);
}

const allow = () => back({ code: "dev" });
const cancel = () =>
  back({
    error: "access_denied",
    error_description: "The resource owner denied the request.",
    liffOAuth2Error: "true",
  });

document.getElementById("allow").addEventListener("click", allow);
document.getElementById("cancel").addEventListener("click", cancel);
if (query.has("known")) allow();
