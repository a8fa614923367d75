//! The memory that a page holds, and the work that it has done.

use std::fmt::{self, Display, Formatter};

use e2e::{Browser, Failure, Result};
use serde_json::{Value, json};

/// Notes the module's memory, and counts the callbacks of timers and frames. Runs before the page's own scripts.
pub const PROBE: &str = "
    window.probe = { memory: undefined, calls: 0 };
    for (const name of ['instantiate', 'instantiateStreaming']) {
        const make = WebAssembly[name];
        WebAssembly[name] = async (...rest) => {
            const made = await make(...rest);
            probe.memory = Object.values((made.instance ?? made).exports).find((value) => value instanceof WebAssembly.Memory);
            return made;
        };
    }
    for (const name of ['setTimeout', 'setInterval', 'requestAnimationFrame']) {
        const ask = window[name].bind(window);
        window[name] = (call, ...rest) => ask((...told) => { probe.calls += 1; return call(...told); }, ...rest);
    }
";

/// A page at one moment, after its garbage was collected.
pub struct Reading {
    /// The module's memory, in bytes.
    pub wasm: u64,
    /// The JavaScript heap, in bytes.
    heap: u64,
    /// Elements and texts of the document.
    nodes: u64,
    /// How many callbacks of timers and frames have run.
    pub calls: u64,
    /// How long the main thread has worked since the first reading, in milliseconds.
    busy: u64,
}

impl Reading {
    /// Reads a page in Chromium.
    pub async fn of(browser: &Browser<'_>) -> Result<Self> {
        browser.command("Performance.enable", json!({})).await?;
        browser.command("HeapProfiler.collectGarbage", json!({})).await?;
        let metrics = browser.session()?.cdp().send_raw("Performance.getMetrics", json!({})).await?;
        let metric = |name: &str| {
            let all = metrics.get("metrics")?.as_array()?;
            all.iter().find(|metric| metric.get("name") == Some(&name.into()))?.get("value")?.as_f64()
        };
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "bytes and milliseconds below 2^53"
        )]
        let number = |name: &str, unit: f64| {
            let value = metric(name).ok_or_else(|| Failure::new(format!("Chromium does not tell {name}")))?;
            Ok::<_, Failure>((value * unit) as u64)
        };
        let probe = browser.script("return [probe.memory.buffer.byteLength, probe.calls]").await?;
        let probed = |index: usize| probe.get(index).and_then(Value::as_u64).unwrap_or_default();
        Ok(Self {
            wasm: probed(0),
            heap: number("JSHeapUsedSize", 1.0)?,
            nodes: number("Nodes", 1.0)?,
            calls: probed(1),
            busy: number("TaskDuration", 1000.0)?,
        })
    }

    /// Module and JavaScript together, in bytes.
    pub fn total(&self) -> u64 {
        self.wasm + self.heap
    }
}

impl Display for Reading {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let Self { wasm, heap, nodes, calls, busy } = self;
        let kib = |bytes: &u64| bytes / 1024;
        write!(f, "wasm {} KiB, JavaScript {} KiB, {nodes} nodes, ", kib(wasm), kib(heap))?;
        write!(f, "{calls} callbacks since it was opened, main thread busy for {busy} ms since the first reading")
    }
}
