//! Whether the user is a friend of the official account, and the request to become one.

use crate::{
    Liff, Result,
    error::{expect, settle},
    names::names,
    object::{Members, answer},
};

answer! {
    /// The user's friendship with an official account.
    pub struct Friendship;
}

impl Friendship {
    /// `friendFlag`: whether the user has added the account as a friend, and has not blocked it.
    #[must_use]
    pub fn is_friend(&self) -> Option<bool> {
        self.0.flag("friendFlag")
    }
}

/// An official account of a LINE MINI App that uses several ([Add friend
/// option](https://developers.line.biz/en/docs/line-mini-app/service/add-friend-option/)); LIFF SDK 2.30.0 or later.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OfficialAccount {
    /// The basic or premium ID, which begins with `@`.
    pub id: String,
    /// Whether the default account takes its place if this one can't be used.
    pub fallback: bool,
}

impl OfficialAccount {
    pub(crate) fn add_to(&self, params: &Members) {
        let account = Members::new();
        account.set_text("id", &self.id);
        account.set_flag("fallback", self.fallback);
        params.set("officialAccount", account.as_ref());
    }
}

names! {
    /// The message of [`Liff::request_friendship`] ([all of
    /// them](https://developers.line.biz/en/reference/liff/#request-friendship-template), in English and Japanese);
    /// LIFF SDK 2.30.0 or later.
    pub enum FriendshipTemplate {
        /// "Get bonus content and special offers from this official account."
        BonusContent = "bonusContent",
        /// "Get bonuses and items from this official account."
        BonusItem = "bonusItem",
        /// "Get campaign news and special offers from this official account."
        Campaign = "campaign",
        /// "Get coupons and special offers from this official account."
        Coupon = "coupon",
        /// "Get regular coupons and useful information from this official account."
        CouponUsefulInfo = "couponUsefulInfo",
        /// "Get event info and exclusive rewards from this official account."
        EventReward = "eventReward",
        /// "Get exclusive content you won’t find anywhere else from this official account."
        ExclusiveContent = "exclusiveContent",
        /// "Get special updates from this official account."
        ExclusiveUpdate = "exclusiveUpdate",
        /// "Get access to useful features from this official account."
        FeatureAccess = "featureAccess",
        /// "Get game news and helpful gameplay tips from this official account."
        GameInfoTips = "gameInfoTips",
        /// "Get notifications from this game through its official account."
        GameNotification = "gameNotification",
        /// "Get important updates from this official account."
        ImportantAnnouncement = "importantAnnouncement",
        /// "Get the latest news and updates from this official account."
        NewReleaseUpdate = "newReleaseUpdate",
        /// "Get flyers with the latest deals from this official account."
        PromotionalFlyer = "promotionalFlyer",
        /// "Get useful information from this official account."
        UsefulInfo = "usefulInfo",
    }
}

/// The content of [`Liff::request_friendship`]. The default is the channel's own account, and "Add this official
/// account as a friend?".
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FriendshipRequest {
    /// Another account than the default one; for LINE MINI Apps only.
    pub official_account: Option<OfficialAccount>,
    /// The message.
    pub template: Option<FriendshipTemplate>,
}

impl Liff {
    /// [`liff.getFriendship()`](https://developers.line.biz/en/reference/liff/#get-friendship): whether the official
    /// account linked to the channel is a friend of the user. Needs the `profile` scope.
    ///
    /// # Errors
    /// `400` when no account is linked; `FORBIDDEN` without the scope; `UNAUTHORIZED` before a sign-in; a `TypeError`
    /// without a network.
    #[doc(alias = "getFriendship")]
    pub async fn friendship(&self) -> Result<Friendship> {
        expect(settle(self.raw_get_friendship()).await?, Friendship::read)
    }

    /// [`Liff::friendship`] with another account than the default one, by its basic or premium ID. For LINE MINI Apps
    /// that use several accounts only; LIFF SDK 2.30.0 or later.
    ///
    /// # Errors
    /// As [`Liff::friendship`]; `INVALID_ARGUMENT` if the ID doesn't begin with `@`; `400` if LINE doesn't know it, or
    /// the channel doesn't allow it; `403` if the channel doesn't use several accounts.
    #[doc(alias = "getFriendship")]
    pub async fn friendship_with(&self, official_account_id: &str) -> Result<Friendship> {
        let params = Members::new();
        params.set_text("officialAccountId", official_account_id);
        expect(settle(self.raw_get_friendship_with(&params)).await?, Friendship::read)
    }

    /// [`liff.requestFriendship()`](https://developers.line.biz/en/reference/liff/#request-friendship): asks the user,
    /// in a subwindow, to add the official account as a friend or to unblock it. Needs the size `full`; LIFF SDK 2.28.0
    /// or later.
    ///
    /// LINE doesn't tell what the user has done: ask [`Liff::friendship`].
    ///
    /// ```no_run
    /// # async fn run(liff: line_liff::Liff) -> line_liff::Result<()> {
    /// use line_liff::{FriendshipRequest, FriendshipTemplate};
    ///
    /// liff.request_friendship(&FriendshipRequest { template: Some(FriendshipTemplate::Coupon), ..Default::default() })
    ///     .await?;
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    /// `FORBIDDEN` for another size, and where there is no account to show; `UNAUTHORIZED` before a sign-in, and if the
    /// user cancels; `INVALID_ARGUMENT` if the ID doesn't begin with `@`; `RATE_LIMIT_EXCEEDED`.
    #[doc(alias = "requestFriendship")]
    pub async fn request_friendship(&self, request: &FriendshipRequest) -> Result<()> {
        let params = Members::new();
        if let Some(account) = &request.official_account {
            account.add_to(&params);
        }
        if let Some(id) = &request.template {
            let template = Members::new();
            template.set_text("id", id.as_str());
            params.set("template", template.as_ref());
        }
        settle(self.raw_request_friendship(&params)).await.map(drop)
    }
}
