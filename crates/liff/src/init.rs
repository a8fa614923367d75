//! Initialization.

use crate::{Liff, Result, error::settle, object::Members};

/// The configuration of [`Liff::init`].
#[derive(Clone, Copy, Debug)]
pub struct InitConfig<'a> {
    /// The LIFF ID, such as `1234567890-AbcdEfgh`.
    pub liff_id: &'a str,
    /// Whether [`Liff::init`] also signs in outside LINE, as [`Liff::login`] without a URL does.
    pub with_login_on_external_browser: bool,
    /// Whether LINE's own stand-in, [liff-mock](https://github.com/line/liff-mock), answers. Without it the SDK ignores
    /// this.
    pub mock: bool,
}

/// Only a LIFF ID.
impl<'a> From<&'a str> for InitConfig<'a> {
    fn from(liff_id: &'a str) -> Self {
        Self { liff_id, with_login_on_external_browser: false, mock: false }
    }
}

impl Liff {
    /// [`liff.init()`](https://developers.line.biz/en/reference/liff/#initialize-liff-app): signs the page in with LINE
    /// inside the LIFF browser, and finishes a sign-in outside it. Call it on every page, at the LIFF app's endpoint
    /// URL or below.
    ///
    /// Don't touch the URL or the history until it settles: it reads tokens from the fragment, and may load the page a
    /// second time. Call it again on the same page only if the network failed.
    ///
    /// ```no_run
    /// # async fn run(liff: line_liff::Liff) -> line_liff::Result<()> {
    /// use line_liff::InitConfig;
    ///
    /// liff.init("1234567890-AbcdEfgh").await?;
    /// // Or, to leave for LINE's sign-in at once where it is needed:
    /// liff.init(InitConfig { with_login_on_external_browser: true, .."1234567890-AbcdEfgh".into() }).await?;
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    /// Rejects with a `LiffError` or, when the network fails, with a `TypeError` that has no code. It may also never
    /// settle: while the LINE app's bridge is not ready, and while the page is being replaced. Callers need a deadline
    /// of their own.
    #[doc(alias = "liff.init")]
    pub async fn init<'a>(&self, config: impl Into<InitConfig<'a>>) -> Result<()> {
        let InitConfig { liff_id, with_login_on_external_browser, mock } = config.into();
        let config = Members::new();
        config.set_text("liffId", liff_id);
        if with_login_on_external_browser {
            config.set_flag("withLoginOnExternalBrowser", true);
        }
        if mock {
            config.set_flag("mock", true);
        }
        settle(self.raw_init(&config)).await.map(drop)
    }

    /// [`liff.ready`](https://developers.line.biz/en/reference/liff/#ready): waits for the first [`Liff::init`] to
    /// succeed. If it fails, this goes on waiting. May be called before it.
    ///
    /// # Errors
    /// When the SDK is missing.
    #[doc(alias = "liff.ready")]
    pub async fn ready(&self) -> Result<()> {
        settle(self.raw_ready()).await.map(drop)
    }

    /// [`liff.id`](https://developers.line.biz/en/reference/liff/#id): the LIFF ID that [`Liff::init`] was given;
    /// `None` before.
    ///
    /// # Errors
    /// When the SDK is missing.
    #[doc(alias = "liff.id")]
    pub fn id(&self) -> Result<Option<String>> {
        Ok(self.raw_id()?.as_string())
    }
}
