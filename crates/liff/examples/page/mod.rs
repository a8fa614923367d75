//! The page of an example: it has the SDK and the parameters, and shows the result.

use js_sys::futures::spawn_local;
use line_liff::{InitConfig, Liff, Result};
use web_sys::{UrlSearchParams, window};

/// Runs an example, with the LIFF ID of the URL.
pub fn run(example: impl AsyncFnOnce(&Liff, InitConfig<'_>) -> Result<String> + 'static) {
    spawn_local(async move {
        let query = window().and_then(|window| window.location().search().ok()).unwrap_or_default();
        let parameters = UrlSearchParams::new_with_str(&query).ok();
        let read = |name| parameters.as_ref()?.get(name);
        let liff_id = read("liffId").unwrap_or_else(|| "1234567890-AbcdEfgh".into());
        let config = InitConfig { mock: read("mock").is_some(), ..liff_id.as_str().into() };
        let text = match Liff::global() {
            Some(liff) => example(&liff, config).await.unwrap_or_else(|error| error.to_string()),
            None => "LINE's SDK is missing.".into(),
        };
        if let Some(body) = window().and_then(|window| window.document()?.body()) {
            body.set_text_content(Some(&text));
        }
    });
}
