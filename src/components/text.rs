//! Texts that may change while they are shown.

/// Escapes a text for `inner_html`, which sets an element's whole content, and only when the text changes.
///
/// A browser's translator replaces a text with its own elements. Leptos would keep writing into the removed text, and
/// nobody would see the change. Names in the text are marked as not to be translated.
#[must_use]
pub fn escape(text: &str) -> String {
    let mut html = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => html.push_str("&amp;"),
            '<' => html.push_str("&lt;"),
            '>' => html.push_str("&gt;"),
            // `i18n::NAME`.
            '\u{2068}' => html.push_str("<span translate=no>"),
            '\u{2069}' => html.push_str("</span>"),
            other => html.push(other),
        }
    }
    html
}
