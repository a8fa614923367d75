//! A shortcut on the device's home screen.

use crate::{Liff, Result, error::settle, object::Members};

impl Liff {
    /// [`liff.createShortcutOnHomeScreen()`](https://developers.line.biz/en/reference/liff/#create-shortcut-on-home-screen):
    /// shows the screen that adds a shortcut to a LINE MINI App. For verified MINI Apps only, with LINE 13.20.0 or
    /// later; call it when the user taps something. LINE doesn't tell whether the user has added the shortcut.
    ///
    /// The URL is a LIFF URL of the app, its endpoint URL, or a URL that begins with the endpoint URL.
    ///
    /// # Errors
    /// `INVALID_ARGUMENT` for another URL; `FORBIDDEN` where it isn't available; `UNAUTHORIZED` before a sign-in.
    #[doc(alias = "createShortcutOnHomeScreen")]
    pub async fn create_shortcut_on_home_screen(&self, url: &str) -> Result<()> {
        let params = Members::new();
        params.set_text("url", url);
        settle(self.raw_create_shortcut_on_home_screen(&params)).await.map(drop)
    }
}
