//! Texts that may change while they are shown.

/// A text as the whole content of an element (`inner_html`), which is set anew only when it changes.
///
/// A browser's translator puts elements of its own in the place of a text. Leptos would go on writing into the text that is
/// gone, and nobody would see the change. Names in it are not to be translated.
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
