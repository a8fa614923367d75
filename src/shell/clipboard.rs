//! The clipboard.

use leptos::prelude::{document, window};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::HtmlDocument;

/// The `id` of the element whose text is selected and copied if scripts can't use the clipboard.
pub const SOURCE: &str = "copied";

/// Copies a text, which is also that of the element [`SOURCE`], and returns whether it worked. If the browser refuses,
/// the element stays selected.
pub async fn copy(text: &str) -> bool {
    write(text).await.is_ok() || (select() && copy_selection())
}

async fn write(text: &str) -> Result<(), JsValue> {
    let clipboard: JsValue = window().navigator().clipboard().into();
    // Missing outside secure contexts.
    let clipboard: web_sys::Clipboard = if clipboard.is_undefined() { return Err(clipboard) } else { clipboard.into() };
    clipboard.write_text(text).await.map(drop)
}

/// Android's `WebView` has no permission for the clipboard; the old way needs only the tap.
fn select() -> bool {
    let source = document().get_element_by_id(SOURCE);
    let selection = window().get_selection().ok().flatten();
    source.zip(selection).is_some_and(|(source, selection)| selection.select_all_children(&source).is_ok())
}

fn copy_selection() -> bool {
    document().unchecked_into::<HtmlDocument>().exec_command("copy").unwrap_or(false)
}
