// Puts the doctor's files into the <meta> tags in which boot.js finds the app's, and adds its stylesheet to the page.
// `scripts/finish.mjs` fills in the hashed file names.
const here = (name) => new URL(name, import.meta.url).href;
const FILES = { "app-glue": "liff-doctor.js", "app-wasm": "liff-doctor_bg.wasm", words: "doctor-words-*.json" };
for (const [name, file] of Object.entries(FILES)) document.querySelector(`meta[name="${name}"]`).content = here(file);
// head.js has asked for the app's.
globalThis.liffModule = fetch(here(FILES["app-wasm"]));

const style = document.createElement("link");
style.rel = "stylesheet";
style.href = here("doctor.css");
document.head.append(style);
await new Promise((resolve) => (style.onload = style.onerror = resolve));
