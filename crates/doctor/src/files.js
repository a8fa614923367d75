// Puts the doctor's files into the <meta> tags by which boot.js finds the app's, and its stylesheet into the page.
// `scripts/finish.mjs` puts the files' hashed names in.
const here = (name) => new URL(name, import.meta.url).href;
const FILES = { "app-glue": "liff-doctor.js", "app-wasm": "liff-doctor_bg.wasm", words: "doctor-words-*.json" };
for (const [name, file] of Object.entries(FILES)) document.querySelector(`meta[name="${name}"]`).content = here(file);

const style = document.createElement("link");
style.rel = "stylesheet";
style.href = here("doctor.css");
document.head.append(style);
await new Promise((resolve) => (style.onload = style.onerror = resolve));
