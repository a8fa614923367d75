//! JSON that others have written.
//!
//! The browser parses it, with code that every phone has already (`shell/json.rs`); `serde_json` would add 14 KB to the
//! critical path. Members are read by name: one of another type counts as missing.

/// A JSON value.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Json {
    /// `null`, and anything that isn't JSON.
    #[default]
    Null,
    /// `true` or `false`.
    Bool(bool),
    Number(f64),
    Text(String),
    /// An array.
    List(Vec<Json>),
    /// An object's members, in order.
    Object(Vec<(String, Json)>),
}

/// The longest text worth parsing, in bytes; the API's texts have under 2,000.
pub const LONGEST_JSON: usize = 64 * 1024;

impl Json {
    /// An object's member, [`Null`](Self::Null) if there is none.
    #[must_use]
    pub fn get(&self, name: &str) -> &Self {
        let Self::Object(members) = self else { return &Self::Null };
        members.iter().find(|(own, _)| own == name).map_or(&Self::Null, |(_, member)| member)
    }

    /// The value if it is a string.
    #[must_use]
    pub fn as_text(&self) -> Option<&str> {
        if let Self::Text(text) = self { Some(text) } else { None }
    }

    /// The value if it is a number.
    #[must_use]
    pub fn as_number(&self) -> Option<f64> {
        if let Self::Number(number) = self { Some(*number) } else { None }
    }

    /// The value if it is `true` or `false`.
    #[must_use]
    pub fn as_bool(&self) -> Option<bool> {
        if let Self::Bool(is) = self { Some(*is) } else { None }
    }

    /// The items of a list; none if it isn't one.
    #[must_use]
    pub fn as_list(&self) -> &[Self] {
        if let Self::List(items) = self { items } else { &[] }
    }

    /// Whether it is a list with this string in it.
    #[must_use]
    pub fn lists(&self, text: &str) -> bool {
        self.as_list().iter().any(|item| item.as_text() == Some(text))
    }

    /// The string of an object's member.
    #[must_use]
    pub fn text(&self, name: &str) -> Option<&str> {
        self.get(name).as_text()
    }
}

/// For tests on the host.
#[cfg(any(test, not(target_arch = "wasm32")))]
impl From<serde_json::Value> for Json {
    fn from(value: serde_json::Value) -> Self {
        use serde_json::Value;
        match value {
            Value::Null => Self::Null,
            Value::Bool(is) => Self::Bool(is),
            Value::Number(number) => Self::Number(number.as_f64().unwrap_or(f64::NAN)),
            Value::String(text) => Self::Text(text),
            Value::Array(items) => Self::List(items.into_iter().map(Self::from).collect()),
            Value::Object(members) => {
                Self::Object(members.into_iter().map(|(name, member)| (name, Self::from(member))).collect())
            }
        }
    }
}

#[cfg(any(test, not(target_arch = "wasm32")))]
impl Json {
    /// Parses a text as the browser does, for tests on the host.
    #[must_use]
    pub fn parse(text: &str) -> Self {
        serde_json::from_str::<serde_json::Value>(text).map(Self::from).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_missing_member_is_as_good_as_one_of_another_type() {
        let json = Json::parse(r#"{"a":{"b":"c","d":[1,true,null]}}"#);
        assert_eq!(json.get("a").text("b"), Some("c"));
        assert_eq!(json.get("x").get("y").text("z"), None);
        assert_eq!((json.text("a"), json.get("a").as_number()), (None, None));
        assert_eq!(json.get("a").get("d"), &Json::List(vec![Json::Number(1.0), Json::Bool(true), Json::Null]));
        assert_eq!(Json::parse("<html>"), Json::Null);
        assert!(Json::parse(r#"[1, "a"]"#).lists("a") && !Json::parse(r#""a""#).lists("a"));
    }
}
