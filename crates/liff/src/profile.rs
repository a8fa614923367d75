//! The user's profile.

use crate::{
    Liff, Result,
    error::{expect, settle},
    object::answer,
};

answer! {
    /// The user's profile, for display. Don't send it to a server: send the access token or the ID token
    /// ([Using user data in LIFF apps and servers](https://developers.line.biz/en/docs/liff/using-user-profile/)).
    pub struct Profile;
}

impl Profile {
    /// `userId`: the user ID.
    #[must_use]
    pub fn user_id(&self) -> Option<String> {
        self.0.text("userId")
    }

    /// `displayName`: the display name.
    #[must_use]
    pub fn display_name(&self) -> Option<String> {
        self.0.text("displayName")
    }

    /// `pictureUrl`: the URL of the picture; `None` if the user has set none.
    #[must_use]
    pub fn picture_url(&self) -> Option<String> {
        self.0.text("pictureUrl")
    }

    /// `statusMessage`: the status message; `None` if the user has set none.
    #[must_use]
    pub fn status_message(&self) -> Option<String> {
        self.0.text("statusMessage")
    }
}

impl Liff {
    /// [`liff.getProfile()`](https://developers.line.biz/en/reference/liff/#get-profile): the user's main profile. Needs the
    /// `profile` scope.
    ///
    /// # Errors
    /// `FORBIDDEN` without the scope; `UNAUTHORIZED` before a sign-in; a `TypeError` without a network.
    #[doc(alias = "getProfile")]
    pub async fn profile(&self) -> Result<Profile> {
        expect(settle(self.raw_get_profile()).await?, Profile::read)
    }
}
