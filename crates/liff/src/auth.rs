//! Sign-in, and the tokens it leaves.

use crate::{
    Liff, Result,
    object::{Members, answer},
};

answer! {
    /// The claims of an ID token ([Get profile information from ID
    /// tokens](https://developers.line.biz/en/docs/line-login/verify-id-token/#payload)).
    ///
    /// For display, and for checking the expiry. Send a server the raw token, which it verifies ([Using user data in
    /// LIFF apps and servers](https://developers.line.biz/en/docs/liff/using-user-profile/)).
    pub struct Claims;
}

impl Claims {
    /// `iss`: `https://access.line.me`.
    #[must_use]
    pub fn issuer(&self) -> Option<String> {
        self.0.text("iss")
    }

    /// `sub`: the user ID.
    #[must_use]
    pub fn subject(&self) -> Option<String> {
        self.0.text("sub")
    }

    /// `aud`: the ID of the channel.
    #[must_use]
    pub fn audience(&self) -> Option<String> {
        self.0.text("aud")
    }

    /// `exp`: when the token expires, in seconds since 1970.
    #[must_use]
    pub fn expiry(&self) -> Option<f64> {
        self.0.number("exp")
    }

    /// `iat`: when the token was issued, in seconds since 1970.
    #[must_use]
    pub fn issued_at(&self) -> Option<f64> {
        self.0.number("iat")
    }

    /// `auth_time`: when the user signed in, in seconds since 1970. Only if the sign-in had a `max_age`.
    #[must_use]
    pub fn auth_time(&self) -> Option<f64> {
        self.0.number("auth_time")
    }

    /// `nonce`: as in the sign-in's request.
    #[must_use]
    pub fn nonce(&self) -> Option<String> {
        self.0.text("nonce")
    }

    /// `amr`: how the user signed in: `pwd`, `lineautologin`, `lineqr`, `linesso` or `mfa`.
    #[must_use]
    pub fn methods(&self) -> Option<Vec<String>> {
        self.0.texts("amr")
    }

    /// `name`: the display name. Only with the `profile` scope.
    #[must_use]
    pub fn name(&self) -> Option<String> {
        self.0.text("name")
    }

    /// `picture`: the URL of the profile's picture. Only with the `profile` scope.
    #[must_use]
    pub fn picture(&self) -> Option<String> {
        self.0.text("picture")
    }

    /// `email`: the email address. Only with the `email` scope.
    #[must_use]
    pub fn email(&self) -> Option<String> {
        self.0.text("email")
    }
}

impl Liff {
    /// [`liff.isLoggedIn()`](https://developers.line.biz/en/reference/liff/#is-logged-in): whether an access token is
    /// stored. LINE isn't asked whether it still accepts the token.
    ///
    /// # Errors
    /// `INVALID_CONFIG` before [`Liff::init`].
    #[doc(alias = "isLoggedIn")]
    pub fn is_logged_in(&self) -> Result<bool> {
        Ok(self.raw_is_logged_in()?)
    }

    /// [`liff.login()`](https://developers.line.biz/en/reference/liff/#login): leaves for LINE's sign-in page, which
    /// leads back to the URL given here, or else to the endpoint URL. Not for the LIFF browser, where [`Liff::init`]
    /// signs in.
    ///
    /// The URL must begin with the LIFF app's endpoint URL, or LINE shows an error page of its own. Query and fragment
    /// don't count.
    ///
    /// # Errors
    /// `INVALID_CONFIG` before [`Liff::init`].
    #[doc(alias = "liff.login")]
    pub fn login(&self, redirect_uri: Option<&str>) -> Result<()> {
        let config = Members::new();
        if let Some(redirect_uri) = redirect_uri {
            config.set_text("redirectUri", redirect_uri);
        }
        Ok(self.raw_login(&config)?)
    }

    /// [`liff.logout()`](https://developers.line.biz/en/reference/liff/#logout): forgets the stored tokens. LINE's
    /// servers aren't told, and the tokens stay valid.
    ///
    /// # Errors
    /// `INVALID_CONFIG` before [`Liff::init`].
    #[doc(alias = "liff.logout")]
    pub fn logout(&self) -> Result<()> {
        Ok(self.raw_logout()?)
    }

    /// [`liff.getAccessToken()`](https://developers.line.biz/en/reference/liff/#get-access-token): the user's access
    /// token, valid for 12 hours or until the LIFF app is closed; `None` before a sign-in.
    ///
    /// # Errors
    /// `INVALID_CONFIG` before [`Liff::init`].
    #[doc(alias = "getAccessToken")]
    pub fn access_token(&self) -> Result<Option<String>> {
        Ok(self.raw_get_access_token()?.as_string())
    }

    /// [`liff.getIDToken()`](https://developers.line.biz/en/reference/liff/#get-id-token): the stored raw ID token;
    /// `None` before a sign-in and without the `openid` scope. The SDK neither renews it nor looks at its expiry.
    ///
    /// # Errors
    /// `INVALID_CONFIG` before [`Liff::init`].
    #[doc(alias = "getIDToken")]
    pub fn id_token(&self) -> Result<Option<String>> {
        Ok(self.raw_get_id_token()?.as_string())
    }

    /// [`liff.getDecodedIDToken()`](https://developers.line.biz/en/reference/liff/#get-decoded-id-token): the claims of
    /// the stored token, as the SDK verified them. `None` if [`Liff::id_token`] is, or if the SDK couldn't verify the
    /// token.
    ///
    /// # Errors
    /// `INVALID_CONFIG` before [`Liff::init`].
    #[doc(alias = "getDecodedIDToken")]
    pub fn decoded_id_token(&self) -> Result<Option<Claims>> {
        Ok(Claims::read(self.raw_get_decoded_id_token()?))
    }
}
