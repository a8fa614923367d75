//! The entry point: the page's `src/boot.js` starts this module once LINE's SDK and the words have loaded.

fn main() {
    #[cfg(target_arch = "wasm32")]
    liff_doctor::mount();
}
