//! The page's entry: `src/boot.js` instantiates this module once LINE's SDK is there.

fn main() {
    #[cfg(target_arch = "wasm32")]
    liff_bind::shell::start();
}
