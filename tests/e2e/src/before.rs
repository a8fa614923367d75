//! Scripts for [`SandboxConfig::first_script`](sandbox::SandboxConfig): they change the browser before the page begins.

/// Pauses between tries pass ten times as fast. Deadlines are longer and stay, and so do the 3 seconds after which the
/// page says that it takes long: that text must not depend on this machine's speed.
pub const IMPATIENT: &str = "
    const wait = window.setTimeout.bind(window);
    const isPause = (millis) => millis < 8000 && millis !== 3000;
    window.setTimeout = (call, millis = 0, ...rest) => wait(call, isPause(millis) ? millis / 10 : millis, ...rest);
";

/// No WebAssembly, as under iOS's Lockdown Mode.
pub const NO_WEB_ASSEMBLY: &str = "delete window.WebAssembly;";

/// No storage, as with cookies blocked: the very access throws.
pub const NO_STORAGE: &str = "
    const blocked = { get() { throw new DOMException('The operation is insecure.', 'SecurityError'); } };
    Object.defineProperty(window, 'sessionStorage', blocked);
    Object.defineProperty(window, 'localStorage', blocked);
";

/// The phone says that it has no connection, until the test sets `window.connected`.
pub const SAYS_OFFLINE: &str = "Object.defineProperty(navigator, 'onLine', { get: () => Boolean(window.connected) });";

/// Every request that the page makes after LINE's answers fails, until the test sets `window.connected`.
const OUT_OF_REACH: &str = "
    const reach = window.fetch.bind(window);
    window.fetch = async (request, ...rest) => {
        const earlier = /\\.(wasm|json)$|^https:.*line\\.me/.test(String(request?.url ?? request));
        if (!window.connected && !earlier) throw new TypeError('Failed to fetch');
        return reach(request, ...rest);
    };
";

/// Loses the connection at the first post to the bind API, until `window.connected` is set again.
pub const LOSES_CONNECTION: &str = "
    window.connected = true;
    const send = window.fetch.bind(window);
    window.fetch = (request, ...rest) => {
        const answer = send(request, ...rest);
        if (String(request?.url ?? request).endsWith('/v1/liff-bindings')) window.connected = false;
        return answer;
    };
";

/// The connection is gone once LINE has answered, until the test sets `window.connected` and dispatches `online`.
#[must_use]
pub fn offline() -> String {
    [SAYS_OFFLINE, OUT_OF_REACH].concat()
}

/// All waits end ten times as fast.
pub const HURRIED: &str = "
    const hurry = window.setTimeout.bind(window);
    window.setTimeout = (call, millis = 0, ...rest) => hurry(call, millis / 10, ...rest);
";

/// Another app comes in front of the page when the test calls `leave`, and goes when it calls `comeBack`.
pub const CAN_HIDE: &str = "
    let away = false;
    Object.defineProperty(document, 'hidden', { get: () => away });
    Object.defineProperty(document, 'visibilityState', { get: () => (away ? 'hidden' : 'visible') });
    const turn = (is) => {
        away = is;
        document.dispatchEvent(new Event('visibilitychange'));
    };
    window.leave = () => turn(true);
    window.comeBack = () => turn(false);
";

/// A browser's translator that has changed the page's language before the page runs, and does so whenever it changes.
pub const TRANSLATED: &str = "
    const root = document.documentElement;
    const translate = () => { if (root.lang !== 'vi') root.lang = 'vi'; };
    new MutationObserver(translate).observe(root, { attributes: true, attributeFilter: ['lang'] });
    translate();
";

/// `window.opened` keeps the URL that `window.open` was given.
pub const KEEPS_OPENED: &str = "window.open = (url) => { window.opened = url; return null; };";

/// Storage that is full: every write throws. [`full`] fills in the names of the stores.
const FULL: &str = "
    const write = Storage.prototype.setItem;
    Storage.prototype.setItem = function (...entry) {
        if (STORES.some((name) => this === window[name])) throw new DOMException('Full.', 'QuotaExceededError');
        write.apply(this, entry);
    };
";

/// A browser whose stores, such as `sessionStorage`, are full.
#[must_use]
pub fn full(stores: &[&str]) -> String {
    FULL.replace("STORES", &serde_json::json!(stores).to_string())
}

/// Cookies are switched off.
pub const NO_COOKIES: &str = "
    Object.defineProperty(Document.prototype, 'cookie', { get: () => '', set() {}, configurable: true });
";

/// A web view of another app's, which names no languages.
pub const NO_LANGUAGES: &str = "Object.defineProperty(navigator, 'languages', { value: undefined });";

/// Before Chrome 92 and Safari 15.4: random bytes, but no UUIDs.
pub const NO_RANDOM_UUID: &str = "delete Crypto.prototype.randomUUID;";

/// WebAssembly that cannot read today's modules.
pub const OLD_WEB_ASSEMBLY: &str = "
    const refuse = () => Promise.reject(new WebAssembly.CompileError('invalid opcode'));
    for (const name of ['compile', 'compileStreaming', 'instantiate', 'instantiateStreaming']) WebAssembly[name] = refuse;
";

/// WebAssembly before Safari 16, which knows no `'wasm-unsafe-eval'`: it is allowed where `eval` is.
pub const WEB_ASSEMBLY_NEEDS_EVAL: &str = "
    const mayEval = () => {
        try {
            return Boolean(new Function(''));
        } catch {
            return false;
        }
    };
    for (const name of ['compile', 'compileStreaming', 'instantiate', 'instantiateStreaming']) {
        const make = WebAssembly[name]?.bind(WebAssembly);
        if (!make) continue;
        WebAssembly[name] = async (...rest) => {
            if (!mayEval()) throw new EvalError('Refused to create a WebAssembly object');
            return make(...rest);
        };
    }
";

/// A module whose calls all trap as soon as `window.traps` is set.
pub const CAN_TRAP: &str = "
    const trapping = (call) => (...rest) => {
        if (window.traps) throw new WebAssembly.RuntimeError('unreachable');
        return call(...rest);
    };
    const spoilt = (instance) => {
        const exports = Object.entries(instance.exports).map(([name, value]) =>
            [name, typeof value === 'function' ? trapping(value) : value]);
        return Object.create(instance, { exports: { value: Object.fromEntries(exports) } });
    };
    for (const name of ['instantiate', 'instantiateStreaming']) {
        const make = WebAssembly[name].bind(WebAssembly);
        WebAssembly[name] = async (...rest) => {
            const made = await make(...rest);
            return made.instance ? { ...made, instance: spoilt(made.instance) } : spoilt(made);
        };
    }
";

/// LINE's bridge comes a second after the page.
pub const LATE_BRIDGE: &str = "
    setTimeout(() => {
        window._liff = { features: [], postMessage() {} };
        dispatchEvent(new CustomEvent('liffEvent', { detail: { type: 'ready' } }));
    }, 1000);
";

/// A clock that runs `window.ahead` seconds ahead.
pub const MOVABLE_CLOCK: &str = "
    const TrueDate = Date, time = () => TrueDate.now() + (window.ahead ?? 0) * 1000;
    window.Date = class extends TrueDate {
        constructor(...parts) { parts.length ? super(...parts) : super(time()); }
        static now() { return time(); }
    };
";

/// Posts console messages and uncaught errors to the ledger.
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

/// The browser's languages, whatever those of the machine are.
#[must_use]
pub fn speaks(languages: &[&str]) -> String {
    let languages = serde_json::json!(languages);
    format!(
        "Object.defineProperty(navigator, 'languages', {{ get: () => {languages} }});
        Object.defineProperty(navigator, 'language', {{ get: () => {languages}[0] }});"
    )
}

/// A clock that runs this many seconds ahead.
#[must_use]
pub fn ahead(seconds: i64) -> String {
    format!("window.ahead = {seconds};{MOVABLE_CLOCK}")
}

/// A browser's clipboard.
#[derive(Clone, Copy, Debug)]
pub enum Clipboard {
    Allowed,
    Refused,
    Missing,
}

impl Clipboard {
    /// `window.copied` keeps what the page copies: into this clipboard, or the old way, from a selection.
    #[must_use]
    pub fn script(self) -> String {
        let own = match self {
            Self::Allowed => "{ writeText: async (text) => { window.copied = text; } }",
            Self::Refused => "{ writeText: async () => { throw new Error('no'); } }",
            Self::Missing => "undefined",
        };
        format!(
            "Object.defineProperty(navigator, 'clipboard', {{ value: {own} }});
            document.execCommand = () => {{ window.copied = String(getSelection()); return true; }};"
        )
    }
}
