//! The languages the page speaks.

/// A language with every word in `i18n/`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Language {
    /// 繁體中文, the merchants' own and so the last resort.
    #[default]
    ZhHant,
    /// English.
    En,
}

impl Language {
    /// Every language, the default first.
    pub const ALL: [Self; 2] = [Self::ZhHant, Self::En];

    /// The BCP 47 tag, for `<html lang>` and `Accept-Language`.
    #[must_use]
    pub const fn tag(self) -> &'static str {
        match self {
            Self::ZhHant => "zh-Hant",
            Self::En => "en",
        }
    }

    /// The language of a BCP 47 tag such as `zh-TW`, `en_US` or `EN`. Simplified Chinese readers get Traditional
    /// rather than a foreign language.
    #[must_use]
    pub fn from_tag(tag: &str) -> Option<Self> {
        let primary = tag.split(['-', '_']).next().unwrap_or(tag);
        Self::ALL.into_iter().find(|language| {
            let own = language.tag();
            own.split('-').next().unwrap_or(own).eq_ignore_ascii_case(primary)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_tags() {
        assert_eq!(Language::from_tag("zh-TW"), Some(Language::ZhHant));
        assert_eq!(Language::from_tag("EN_us"), Some(Language::En));
        assert_eq!(Language::from_tag("xx"), None);
        assert_eq!(Language::from_tag(""), None);
    }
}
