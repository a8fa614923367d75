// The LINE app, as a page in its LIFF browser sees it. The sandbox fills in the settings at the end.
(({ bridge, language, call }) => {
  // The JavaScript bridge; `liff.init` waits for it.
  if (bridge) window._liff = { features: [], postMessage() {} };

  // LINE for iOS answers this prompt of `liff.getAppLanguage()` natively.
  const ask = window.prompt.bind(window);
  window.prompt = (text, ...rest) => (text === "LIFF:GET_APP_LANGUAGE" ? language : ask(text, ...rest));

  // Native calls such as liff://close. Only Chromium can hear them; MiniBrowser shows an error page instead.
  window.navigation?.addEventListener("navigate", (event) => {
    if (!event.destination.url.startsWith("liff:")) return;
    event.preventDefault();
    fetch(`${call}?${event.destination.url}`);
  });
})(SETTINGS);
