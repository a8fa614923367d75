//! The page's entry point: `src/boot.js` starts this module once LINE's SDK and the words have loaded.

fn main() {
    #[cfg(target_arch = "wasm32")]
    liff_bind::app::mount();
}
