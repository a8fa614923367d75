//! The language of the SDK's own texts.

use crate::{Liff, Result, error::settle};

impl Liff {
    /// [`liff.i18n.setLang()`](https://developers.line.biz/en/reference/liff/#i18n-set-lang): sets the language of the
    /// texts that the SDK shows, as an RFC 5646 tag; English if LINE has no translation. May be called before
    /// [`Liff::init`].
    ///
    /// # Errors
    /// When LINE's texts can't be fetched.
    #[doc(alias = "i18n.setLang")]
    pub async fn set_language(&self, tag: &str) -> Result<()> {
        settle(self.raw_i18n()?.raw_set_lang(tag)).await.map(drop)
    }
}
