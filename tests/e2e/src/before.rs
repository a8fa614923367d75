//! Scripts for [`SandboxConfig::first_script`](sandbox::SandboxConfig): what a browser is like before the page begins.

/// Waits under 8 seconds, which are pauses between tries, pass ten times as fast. Deadlines are longer and stay.
pub const IMPATIENT: &str = "
    const wait = window.setTimeout.bind(window);
    window.setTimeout = (call, millis = 0, ...rest) => wait(call, millis < 8000 ? millis / 10 : millis, ...rest);
";

/// No WebAssembly, as under iOS's Lockdown Mode.
pub const NO_WEB_ASSEMBLY: &str = "delete window.WebAssembly;";

/// No storage, as with cookies blocked: the very access throws.
pub const NO_STORAGE: &str = "
    const blocked = { get() { throw new DOMException('The operation is insecure.', 'SecurityError'); } };
    Object.defineProperty(window, 'sessionStorage', blocked);
    Object.defineProperty(window, 'localStorage', blocked);
";

/// No connection, until the test sets `window.connected` and dispatches `online`.
pub const OFFLINE: &str = "Object.defineProperty(navigator, 'onLine', { get: () => Boolean(window.connected) });";

/// Posts what is written to the console, and errors that nobody caught, to the ledger.
pub const OVERHEARD: &str = "
    const post = (text) => fetch('/__console', { method: 'POST', body: text, keepalive: true });
    for (const level of ['debug', 'log', 'info', 'warn', 'error']) {
        const write = console[level].bind(console);
        console[level] = (...words) => {
            post(level + ': ' + words.map((word) => word?.stack ?? JSON.stringify(word) ?? String(word)).join(' '));
            write(...words);
        };
    }
    addEventListener('error', (event) => post('uncaught: ' + event.message));
    addEventListener('unhandledrejection', (event) => post('unhandled: ' + event.reason));
";

/// Languages of the browser, whatever those of the machine are.
#[must_use]
pub fn speaks(languages: &[&str]) -> String {
    let languages = serde_json::json!(languages);
    format!(
        "Object.defineProperty(navigator, 'languages', {{ get: () => {languages} }});
        Object.defineProperty(navigator, 'language', {{ get: () => {languages}[0] }});"
    )
}

/// A clock that is so many seconds ahead.
#[must_use]
pub fn ahead(seconds: i64) -> String {
    format!(
        "const RealDate = Date, now = () => RealDate.now() + {seconds} * 1000;
        window.Date = class extends RealDate {{
            constructor(...parts) {{ parts.length ? super(...parts) : super(now()); }}
            static now() {{ return now(); }}
        }};"
    )
}
