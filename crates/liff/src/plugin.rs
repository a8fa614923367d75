//! Modules of the pluggable SDK, and plugins.

use crate::{Liff, Result};
use js_sys::Array;
use wasm_bindgen::JsValue;

impl Liff {
    /// [`liff.use()`](https://developers.line.biz/en/reference/liff/#use): adds a module of the [pluggable
    /// SDK](https://developers.line.biz/en/docs/liff/pluggable-sdk/) or a
    /// [plugin](https://developers.line.biz/en/docs/liff/liff-plugin/) to the SDK: an object with a `name` and a
    /// function `install`. Instantiate a class first. Call this before [`Liff::init`].
    ///
    /// A plugin's functions are then in a member of the SDK, named after the plugin with a dollar sign in front, such
    /// as `$mock`; read it from [`Liff::as_ref`](AsRef::as_ref).
    ///
    /// # Errors
    /// When the module's `install` throws. For an object that isn't a module there is only a warning, in the console.
    #[doc(alias = "liff.use")]
    pub fn use_module(&self, module: &JsValue) -> Result<()> {
        self.raw_use(module, &Array::new())?;
        Ok(())
    }

    /// [`Liff::use_module`] with an option for the module's `install`.
    ///
    /// # Errors
    /// As [`Liff::use_module`].
    #[doc(alias = "liff.use")]
    pub fn use_module_with(&self, module: &JsValue, option: &JsValue) -> Result<()> {
        self.raw_use(module, &Array::of1(option))?;
        Ok(())
    }
}
