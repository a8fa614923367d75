//! JSON as the core reads it: by asking for members.
//!
//! The browser parses it, with code that is on every phone already; a JSON parser in the module costs 8 KB of the
//! critical path (brotli, `serde_json::Value`). Tests on the host ask `serde_json` the same questions.

use super::text::Text;

/// A parsed JSON value. A member that is missing, or of another type, is `None`: somebody else's JSON is never trusted
/// to have a shape.
pub trait Json: Sized {
    /// An object's member.
    fn member(&self, name: &str) -> Option<Self>;
    /// The value if it is a string.
    fn text(&self) -> Option<Text>;
    /// The value if it is a number.
    fn number(&self) -> Option<f64>;

    /// The text of an object's member.
    fn text_of(&self, name: &str) -> Option<Text> {
        self.member(name)?.text()
    }
}

/// For hosts; the page never calls it, so the module does not hold it.
impl Json for serde_json::Value {
    fn member(&self, name: &str) -> Option<Self> {
        self.get(name).cloned()
    }

    fn text(&self) -> Option<Text> {
        self.as_str().map(|text| &*text.to_owned().leak())
    }

    fn number(&self) -> Option<f64> {
        self.as_f64()
    }
}
