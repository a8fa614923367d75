//! The entry of the merchant's doctor (`liff-bind.html?check=1`) and guide (`liff-setup.html`).

fn main() {
    #[cfg(target_arch = "wasm32")]
    liff_bind::doctor::mount();
}
