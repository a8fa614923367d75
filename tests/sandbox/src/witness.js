// Posts violations of the page's policy to the sandbox's ledger, and keeps the visits that this document reports.
((send) => {
  addEventListener("securitypolicyviolation", ({ violatedDirective, effectiveDirective, blockedURI, sourceFile, lineNumber, sample }) => {
    // A policy may forbid this post as well.
    if (blockedURI.endsWith(FORBIDDEN)) return;
    const report = {
      "violated-directive": violatedDirective,
      "effective-directive": effectiveDirective,
      "blocked-uri": blockedURI,
      "source-file": sourceFile,
      "line-number": lineNumber,
      "script-sample": sample,
    };
    send(FORBIDDEN, { method: "POST", body: JSON.stringify({ "csp-report": report }), keepalive: true }).catch(() => {});
  });
  const tell = navigator.sendBeacon.bind(navigator);
  window.visits = [];
  navigator.sendBeacon = (url, ...rest) => {
    window.visits.push(url);
    return tell(url, ...rest);
  };
})(fetch.bind(window));
