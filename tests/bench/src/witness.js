// Runs before anything of a page, in every document of a visit: simulates LINE's app where wanted, and reports events.
(({ line }) => {
  if (window !== top) return;
  const tell = (what) => tellBench(JSON.stringify(what));
  const now = () => performance.timeOrigin + performance.now();

  // The JavaScript bridge of LINE's LIFF browser; `liff.init` waits for it.
  if (line) window._liff = { features: [], postMessage() {} };

  tell({ start: performance.timeOrigin });

  const memories = new Set();
  for (const name of ["instantiate", "instantiateStreaming"]) {
    const own = WebAssembly[name];
    WebAssembly[name] = async (...given) => {
      const result = await own.apply(WebAssembly, given);
      const values = Object.values((result.instance ?? result).exports);
      for (const value of values) if (value instanceof WebAssembly.Memory) memories.add(value);
      return result;
    };
  }

  let shift = 0;
  const observe = (type, see) =>
    new PerformanceObserver((list) => list.getEntries().forEach(see)).observe({ type, buffered: true });
  observe("layout-shift", (entry) => {
    if (!entry.hadRecentInput) shift += entry.value;
  });
  observe("paint", ({ name, startTime }) => {
    if (name === "first-contentful-paint") tell({ paint: performance.timeOrigin + startTime });
  });

  // Painted means that the frame in which the screen changed is finished.
  const painted = (then) => requestAnimationFrame(() => setTimeout(then));
  let seen;
  new MutationObserver(() => {
    const { screen } = document.documentElement?.dataset ?? {};
    if (screen === seen) return;
    seen = screen;
    if (screen === "open-in-line") requestAnimationFrame(() => document.querySelector("[data-action=login]").click());
    if (screen === "failed") tell({ failed: document.body.innerText });
    if (screen !== "bound") return;
    painted(() => {
      performance.mark("bench-bound");
      tell({ bound: now() });
      const memory = [...memories].reduce((sum, { buffer }) => sum + buffer.byteLength, 0);
      // Layout shifts are reported a frame later.
      setTimeout(() => tell({ shift, memory }), 100);
    });
  }).observe(document, { attributes: true, subtree: true, attributeFilter: ["data-screen"] });
})
