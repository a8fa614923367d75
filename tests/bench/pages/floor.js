// The smallest script that binds: the floor's only code of its own, put into its HTML.
(async () => {
  const sdk = liffSdk;
  const query = () => new URLSearchParams(location.search);
  const liffId = query().get("liffId");
  await sdk.init({ liffId });
  if (!sdk.isLoggedIn()) return sdk.login({ redirectUri: location.href });
  const language = "zh-Hant";
  const body = {
    idToken: sdk.getIDToken(),
    liffId,
    bindToken: query().get("bindToken"),
    consent: null,
    client: { os: null, lineVersion: null, sdkVersion: null, language, viewType: null, inClient: sdk.isInClient(), page: "floor" },
  };
  const response = await fetch("/v1/liff-bindings", {
    method: "POST",
    headers: {
      "Content-Type": "application/json",
      Accept: "application/json, application/problem+json",
      "Accept-Language": language,
      "Idempotency-Key": crypto.randomUUID(),
    },
    body: JSON.stringify(body),
  });
  if ((await response.json()).content.bindingId) {
    document.querySelector("h1").textContent = "bound";
    document.documentElement.dataset.screen = "bound";
  }
})();
