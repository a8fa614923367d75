//! The scopes to which the user has agreed.

use crate::{
    Liff, OfficialAccount, Result,
    error::{expect, expect_text, settle},
    names::names,
    object::{Members, texts},
};

names! {
    /// The scopes of a LIFF app ([Adding a LIFF app to your
    /// channel](https://developers.line.biz/en/docs/liff/registering-liff-apps/#registering-liff-app)).
    pub enum Scope {
        /// For [`Liff::id_token`] and [`Liff::decoded_id_token`].
        OpenId = "openid",
        /// For the email address in the ID token.
        Email = "email",
        /// For [`Liff::profile`] and [`Liff::friendship`].
        Profile = "profile",
        /// For [`Liff::send_messages`].
        ChatMessageWrite = "chat_message.write",
    }
}

names! {
    /// The answer of [`Liff::query_permission`].
    pub enum PermissionState {
        /// The user has agreed.
        Granted = "granted",
        /// The user has not agreed.
        Prompt = "prompt",
        /// The channel does not have the scope.
        Unavailable = "unavailable",
    }
}

impl Liff {
    /// [`liff.permission.getGrantedAll()`](https://developers.line.biz/en/reference/liff/#permission-get-granted-all):
    /// the scopes to which the user has agreed. Asks LINE's servers, which leave `email` out.
    ///
    /// # Errors
    /// `UNAUTHORIZED` before a sign-in; a `TypeError` without a network.
    #[doc(alias = "permission.getGrantedAll")]
    pub async fn granted_scopes(&self) -> Result<Vec<Scope>> {
        let scopes = expect(settle(self.raw_permission()?.raw_get_granted_all()).await?, texts)?;
        Ok(scopes.into_iter().map(Scope::from).collect())
    }

    /// [`liff.permission.query()`](https://developers.line.biz/en/reference/liff/#permission-query): whether the user
    /// has agreed to a scope. Asks LINE's servers.
    ///
    /// # Errors
    /// `UNAUTHORIZED` before a sign-in; `INVALID_ARGUMENT` for a scope that the SDK doesn't know; a `TypeError` without
    /// a network.
    #[doc(alias = "permission.query")]
    pub async fn query_permission(&self, scope: &Scope) -> Result<PermissionState> {
        let status = settle(self.raw_permission()?.raw_query(scope.as_str())).await?;
        let state = expect(status, |status| Some(Members::read(status)?.get("state")))?;
        expect_text(state).map(PermissionState::from)
    }

    /// [`liff.permission.requestAll()`](https://developers.line.biz/en/reference/liff/#permission-request-all): asks
    /// the user to agree to all scopes. For LINE MINI Apps with channel consent simplification only. An
    /// `official_account` is offered as a friend instead of the default one.
    ///
    /// # Errors
    /// `FORBIDDEN` elsewhere, and if the user has agreed to all already: ask [`Liff::query_permission`] first;
    /// `UNAUTHORIZED` if the user refuses; `INVALID_ARGUMENT` if the account's ID doesn't begin with `@`.
    #[doc(alias = "permission.requestAll")]
    pub async fn request_all_permissions(&self, official_account: Option<&OfficialAccount>) -> Result<()> {
        let params = Members::new();
        if let Some(account) = official_account {
            account.add_to(&params);
        }
        settle(self.raw_permission()?.raw_request_all(&params)).await.map(drop)
    }
}
