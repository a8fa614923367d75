/**
 * Binds as a simpler page than ours does: signs in outside LINE, posts the ID token, and returns whether it is bound.
 * Never settles if it leaves the page.
 */
export async function bind(liff) {
  const parameter = (name) => new URLSearchParams(location.search).get(name);
  const liffId = parameter("liffId");
  await liff.init({ liffId });
  if (!liff.isLoggedIn()) {
    liff.login({ redirectUri: location.href });
    return new Promise(() => {});
  }
  const language = document.documentElement.lang;
  const client = {
    os: liff.getOS?.() ?? null,
    lineVersion: liff.getLineVersion?.() ?? null,
    sdkVersion: liff.getVersion(),
    language,
    viewType: liff.getContext()?.viewType ?? null,
    inClient: liff.isInClient(),
    page: "bench",
  };
  const response = await fetch("/v1/liff-bindings", {
    method: "POST",
    headers: {
      "Content-Type": "application/json",
      Accept: "application/json, application/problem+json",
      "Accept-Language": language,
      "Idempotency-Key": crypto.randomUUID(),
    },
    body: JSON.stringify({
      idToken: liff.getIDToken(),
      liffId,
      bindToken: parameter("bindToken"),
      consent: null,
      client,
    }),
  });
  const answer = await response.json();
  return { bound: response.ok && Boolean(answer.content?.bindingId), site: answer.content?.shop?.siteHost ?? "" };
}
