//! The page's entry: `src/boot.js` instantiates this module once LINE's SDK is there.

/// Gives nothing back, and so no code that gives back is compiled: 1.7 KB of the critical path (brotli). A page that binds
/// lives for seconds; one left open stands still, and each request costs 4 KB (`tests/e2e/tests/memory`).
#[cfg(target_arch = "wasm32")]
#[global_allocator]
static ALLOCATOR: mini_alloc::MiniAlloc = mini_alloc::MiniAlloc::INIT;

fn main() {
    #[cfg(target_arch = "wasm32")]
    liff_bind::shell::start();
}
