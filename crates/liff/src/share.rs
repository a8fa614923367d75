//! The target picker.

use crate::{Liff, Message, Result, error::settle, message::to_js, object::Members};

/// How many recipients the user may choose in [`Liff::share_target_picker`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Recipients {
    /// Friends, groups and chats.
    #[default]
    Many,
    /// One friend.
    One,
}

/// The outcome of [`Liff::share_target_picker`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shared {
    /// The messages were sent. LINE doesn't tell to whom.
    Sent,
    /// The user closed the target picker.
    Cancelled,
}

impl Liff {
    /// [`liff.shareTargetPicker()`](https://developers.line.biz/en/reference/liff/#share-target-picker): lets the user
    /// choose friends or groups, and sends them one to five messages in the user's name. Needs the setting
    /// "shareTargetPicker".
    ///
    /// All [`Message`]s but stickers may be sent.
    ///
    /// ```no_run
    /// # async fn run(liff: line_liff::Liff) -> line_liff::Result<()> {
    /// use line_liff::{Api, Message, Recipients, Shared};
    ///
    /// if liff.is_api_available(&Api::ShareTargetPicker)? {
    ///     let messages = [Message::text("Hello, World!")];
    ///     let end = liff.share_target_picker(&messages, Recipients::Many).await?;
    ///     assert_eq!(end, Shared::Sent);
    /// }
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    /// `UNAUTHORIZED` before a sign-in; `FORBIDDEN` without the setting; `INVALID_ARGUMENT` for none or too many
    /// messages; `CREATE_SUBWINDOW_FAILED` where the browser opens no window; `EXCEPTION_IN_SUBWINDOW` after 10
    /// minutes.
    #[doc(alias = "shareTargetPicker")]
    pub async fn share_target_picker(&self, messages: &[Message], recipients: Recipients) -> Result<Shared> {
        let options = Members::new();
        options.set_flag("isMultiple", recipients == Recipients::Many);
        let result = settle(self.raw_share_target_picker(&to_js(messages)?, &options)).await?;
        Ok(if Members::read(result).is_some() { Shared::Sent } else { Shared::Cancelled })
    }
}
