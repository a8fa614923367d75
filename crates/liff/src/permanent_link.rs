//! LIFF URLs for the pages of a LIFF app.

use crate::{
    Liff, Result,
    error::{expect_text, settle},
};

impl Liff {
    /// [`liff.permanentLink.createUrlBy()`](https://developers.line.biz/en/reference/liff/#permanent-link-create-url-by):
    /// the LIFF URL that leads to a page of the LIFF app: `https://liff.line.me/{liffId}/{path}?{query}#{fragment}`.
    ///
    /// # Errors
    /// Rejects if the URL does not begin with the endpoint URL.
    #[doc(alias = "permanentLink.createUrlBy")]
    pub async fn permanent_link(&self, url: &str) -> Result<String> {
        expect_text(settle(self.raw_permanent_link()?.raw_create_url_by(url)).await?)
    }

    /// [`liff.permanentLink.createUrl()`](https://developers.line.biz/en/reference/liff/#permanent-link-create-url):
    /// the LIFF URL that leads to this page. LINE advises to use [`Liff::permanent_link`], as the next version of LIFF
    /// may lack this.
    ///
    /// # Errors
    /// `INVALID_CONFIG` if the page is not below the endpoint URL.
    #[doc(alias = "permanentLink.createUrl")]
    pub fn permanent_link_of_this_page(&self) -> Result<String> {
        expect_text(self.raw_permanent_link()?.raw_create_url()?)
    }

    /// [`liff.permanentLink.setExtraQueryParam()`](https://developers.line.biz/en/reference/liff/#permanent-link-set-extra-query-param):
    /// parameters for [`Liff::permanent_link_of_this_page`] to add, until the page is left; an empty text removes them.
    /// LINE advises to use [`Liff::permanent_link`], as the next version of LIFF may lack this.
    ///
    /// # Errors
    /// When the SDK is missing.
    #[doc(alias = "permanentLink.setExtraQueryParam")]
    pub fn set_extra_query_param(&self, parameters: &str) -> Result<()> {
        Ok(self.raw_permanent_link()?.raw_set_extra_query_param(parameters)?)
    }
}
