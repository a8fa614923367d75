//! JavaScript objects, read and written by member name: the SDK's arguments and answers.

use wasm_bindgen::{JsCast, prelude::*};

#[wasm_bindgen]
extern "C" {
    /// An object of unknown shape.
    #[derive(Clone, Debug)]
    pub type Members;
    #[wasm_bindgen(constructor, js_class = "Object")]
    pub fn new() -> Members;
    #[wasm_bindgen(method, indexing_getter)]
    pub fn get(this: &Members, name: &str) -> JsValue;
    #[wasm_bindgen(method, indexing_setter)]
    pub fn set(this: &Members, name: &str, value: &JsValue);
    #[wasm_bindgen(method, indexing_setter)]
    pub fn set_text(this: &Members, name: &str, value: &str);
    #[wasm_bindgen(method, indexing_setter)]
    pub fn set_flag(this: &Members, name: &str, value: bool);
}

/// A member of another type than LINE documents counts as missing.
impl Members {
    /// `None` for anything but an object.
    pub fn read(value: JsValue) -> Option<Self> {
        value.is_object().then(|| value.unchecked_into())
    }

    pub fn text(&self, name: &str) -> Option<String> {
        self.get(name).as_string()
    }

    pub fn number(&self, name: &str) -> Option<f64> {
        self.get(name).as_f64()
    }

    pub fn flag(&self, name: &str) -> Option<bool> {
        self.get(name).as_bool()
    }

    /// The texts in a list.
    pub fn texts(&self, name: &str) -> Option<Vec<String>> {
        texts(self.get(name))
    }
}

/// The texts in a list.
pub fn texts(value: JsValue) -> Option<Vec<String>> {
    let list: js_sys::Array = value.dyn_into().ok()?;
    Some(list.iter().filter_map(|item| item.as_string()).collect())
}

/// Declares the type of an answer: an object of the SDK, whose members are read on demand.
macro_rules! answer {
    ($(#[$meta:meta])* pub struct $name:ident;) => {
        $(#[$meta])*
        #[derive(Clone, Debug)]
        pub struct $name(crate::object::Members);

        impl $name {
            fn read(value: wasm_bindgen::JsValue) -> Option<Self> {
                crate::object::Members::read(value).map(Self)
            }
        }

        /// The object itself, for reading members that this crate has no function for.
        impl AsRef<wasm_bindgen::JsValue> for $name {
            fn as_ref(&self) -> &wasm_bindgen::JsValue {
                self.0.as_ref()
            }
        }
    };
}

pub(crate) use answer;
