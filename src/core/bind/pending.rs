//! The bind or unlinking under way: it survives a reload, a killed page and the round trip of a sign-in.

use super::LineAccount;
use crate::core::{
    json::Json,
    named,
    url::{BindToken, LiffId, Purpose, decode_form},
};
use serde::Serialize;

/// The `Idempotency-Key` of one bind: a UUID, version 4.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct IdempotencyKey(String);

impl IdempotencyKey {
    /// Makes a UUID of version 4 from random bytes (RFC 9562 section 5.4).
    #[must_use]
    pub fn from_random(bytes: [u8; 16]) -> Self {
        let mut uuid = String::with_capacity(36);
        for (index, byte) in bytes.into_iter().enumerate() {
            let byte = match index {
                6 => byte & 0x0f | 0x40,
                8 => byte & 0x3f | 0x80,
                _ => byte,
            };
            if matches!(index, 4 | 6 | 8 | 10) {
                uuid.push('-');
            }
            uuid.extend([byte >> 4, byte & 15].into_iter().filter_map(|nibble| char::from_digit(nibble.into(), 16)));
        }
        Self(uuid)
    }

    /// Reads a UUID; `None` if the text isn't one.
    #[must_use]
    pub fn read(text: &str) -> Option<Self> {
        let dash = |index| matches!(index, 8 | 13 | 18 | 23);
        let sound = |(index, byte): (usize, u8)| if dash(index) { byte == b'-' } else { byte.is_ascii_hexdigit() };
        (text.len() == 36 && text.bytes().enumerate().all(sound)).then(|| Self(text.to_owned()))
    }

    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// The owner of the LINE account that a browser is signed in to.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum Account {
    /// Not known: an earlier visit may have signed in.
    #[default]
    Unclear,
    /// The page has gone to LINE's sign-in for this bind.
    SigningIn {
        /// The customer's account, if the page has gone there by itself to renew its session; `None` if the customer
        /// wanted to sign in.
        renews: Option<LineAccount>,
    },
    /// The customer's: they have signed in for this bind, or have said so.
    Own(LineAccount),
}

impl Account {
    fn read(json: &Json) -> Self {
        let own = LineAccount::read(json.get("own")).map(Self::Own);
        match json.get("signingIn") {
            Json::Object(_) => Self::SigningIn { renews: LineAccount::read(json.get("signingIn").get("renews")) },
            _ => own.unwrap_or_default(),
        }
    }
}

named! {
    /// What this tab knows about a request of its own.
    #[derive(Default)]
    pub enum Past {
        /// The server has refused it, or nothing was sent that does more than ask.
        #[default]
        Nothing = "nothing",
        /// The answer was lost: it may have been carried out, and only a final answer can say that it wasn't.
        Lost = "lost",
        /// The server has carried it out. A later refusal of the link says nothing about that.
        Done = "done",
        /// A bind that was carried out, and then unlinked in this tab.
        Undone = "undone",
    }
}

impl Past {
    /// The same after an answer was lost. What has been carried out stays so.
    #[must_use]
    pub const fn lost(self) -> Self {
        if matches!(self, Self::Done) { self } else { Self::Lost }
    }

    /// Whether the page can't say that the request wasn't carried out.
    #[must_use]
    pub const fn leaves_doubt(self) -> bool {
        matches!(self, Self::Lost | Self::Done)
    }
}

/// The most records of other links that a tab keeps.
const MOST_OTHERS: usize = 3;
/// The most parameters of a bare endpoint URL: comparing more would take too long.
const MOST_PAIRS: usize = 32;
/// The longest bind token of another link that is kept, in bytes: all records together must stay readable.
const LONGEST_OTHER: usize = 4096;

/// The record that `sessionStorage` keeps, as JSON. It is removed when the server has refused for good and there are no
/// others. It never holds a LINE token.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Pending {
    /// The request under way.
    pub purpose: Purpose,
    /// Its LIFF app.
    pub liff_id: LiffId,
    /// The visitor to bind.
    pub bind_token: Option<BindToken>,
    /// The key under which the server knows it.
    pub key: IdempotencyKey,
    /// Whether the page has signed in by itself; it does so at most once.
    pub signed_in_again: bool,
    /// What became of it so far.
    pub past: Past,
    /// Whether a sign-in in LINE has led back here: a second one in a row means an endless loop.
    pub returned: bool,
    /// Outside LINE, the owner of the LINE account to bind.
    pub account: Account,
    /// The account that the customer has declined.
    pub declined: Option<LineAccount>,
    /// The account for which it was last sent, of those that can be recognised.
    pub sender: Option<LineAccount>,
    /// Whether it may have been carried out for another account before: an answer to one says nothing about the other.
    pub shared: bool,
    /// The page's own parameters, which LINE and its SDK may drop on the way back.
    pub query: String,
    /// The records of other links and of the other purpose in this tab, the newest first: a person may come back to
    /// them.
    pub others: Vec<Self>,
}

impl Pending {
    /// Begins a bind, or an unlinking.
    #[must_use]
    pub const fn new(purpose: Purpose, liff_id: LiffId, bind_token: Option<BindToken>, key: IdempotencyKey) -> Self {
        Self {
            purpose,
            liff_id,
            bind_token,
            key,
            signed_in_again: false,
            past: Past::Nothing,
            returned: false,
            account: Account::Unclear,
            declined: None,
            sender: None,
            shared: false,
            query: String::new(),
            others: Vec::new(),
        }
    }

    /// Whether a URL with these means this record, if it is the newest that fits. One without a bind token does: LINE
    /// may lead back to the bare endpoint URL after a sign-in.
    #[must_use]
    pub fn is_for(&self, liff_id: &LiffId, bind_token: Option<&BindToken>) -> bool {
        self.liff_id == *liff_id && (bind_token.is_none() || self.bind_token.as_ref() == bind_token)
    }

    /// Whether this record continues one that was kept.
    #[must_use]
    pub fn continues(&self, kept: &Self) -> bool {
        kept.purpose == self.purpose && kept.is_for(&self.liff_id, self.bind_token.as_ref())
    }

    /// Whether this record is among those of a tab, whose newest is `kept`.
    #[must_use]
    pub fn is_kept(&self, kept: &Self) -> bool {
        self.continues(kept) || kept.others.iter().any(|other| self.continues(other))
    }

    /// Continues the record that this tab kept for the same purpose, if the URL means it. The others stay kept.
    fn or_kept(self, kept: Option<Self>, afresh: bool) -> Self {
        let Some(mut kept) = kept else { return self };
        let mut others = std::mem::take(&mut kept.others);
        others.insert(0, kept);
        let is_own = |other: &Self| {
            self.continues(other) && (self.bind_token == other.bind_token || !afresh && self.is_part_of(other))
        };
        let own = others.iter().position(is_own).map(|place| others.remove(place));
        others.retain(|other| other.bind_token.as_ref().is_none_or(|token| token.as_str().len() <= LONGEST_OTHER));
        others.truncate(MOST_OTHERS);
        for other in &mut others {
            // Another person may be signed in by the time this one is opened again.
            (other.account, other.declined) = (Account::Unclear, None);
            other.query.clear();
        }
        Self { others, ..own.unwrap_or(self) }
    }

    /// This record as a page begins with it: `begun` is the address's, `kept` the tab's. `afresh`: LINE has opened the
    /// link itself, with all that is in it.
    #[must_use]
    pub fn begin(begun: Self, kept: Option<Self>, afresh: bool) -> Self {
        let is_newest = kept.as_ref().is_some_and(|kept| begun.continues(kept));
        let spare_key = begun.key.clone();
        let mut own = begun.or_kept(kept, afresh);
        // The old key may hold an answer from before the opposite request. Only an unlinking whose answer was lost, and
        // after which nothing else was done here, needs its key: "did it finish?".
        let asks_again = own.past == Past::Lost && is_newest;
        if own.past == Past::Undone || own.purpose == Purpose::Unlink && !asks_again {
            own.key = spare_key;
        }
        if own.past == Past::Undone && afresh {
            // That is the person's wish.
            own.past = Past::Nothing;
        }
        own
    }

    /// Records that the request is sent for this account.
    pub fn add_sender(&mut self, sender: &LineAccount) {
        let is_another = self.sender.as_ref().is_some_and(|before| before.is_surely_not(sender));
        self.shared |= is_another && self.past.leaves_doubt();
        if sender.can_be_recognised() {
            self.sender = Some(sender.clone());
        }
    }

    /// Whether this tab has unlinked, or may have, and hasn't bound again since. LINE's session may have ended with it,
    /// and its sign-in would ask for the permission that was just withdrawn.
    #[must_use]
    pub fn has_unlinked(&self) -> bool {
        let has = |record: &Self| {
            let unlinked = record.purpose == Purpose::Unlink && record.past.leaves_doubt();
            record.liff_id == self.liff_id && (unlinked || record.past == Past::Undone)
        };
        has(self) || self.others.iter().any(has)
    }

    /// Whether this tab has sent an unlinking whose answer was lost, though it may have been bound.
    #[must_use]
    pub fn may_be_unlinked(&self) -> bool {
        self.purpose == Purpose::Bind && self.past.leaves_doubt() && self.has_lost_unlinking()
    }

    /// Whether the address has no other parameters than those that this record began with: LINE may lead back to the bare
    /// endpoint URL, and its SDK to that with what was in a `liff.state`. Any other may be a visitor's whom this page
    /// can't read.
    fn is_part_of(&self, other: &Self) -> bool {
        let inner = decode_form(&other.query);
        let known = || other.query.split('&').chain(inner.split(['&', '?']));
        let is_known = |pair: &str| pair.is_empty() || pair.starts_with("liff.") || known().any(|own| own == pair);
        self.query.split('&').count() <= MOST_PAIRS && self.query.split('&').all(is_known)
    }

    fn has_lost_unlinking(&self) -> bool {
        let is_lost = |other: &Self| other.purpose == Purpose::Unlink && other.past == Past::Lost;
        self.others.iter().any(|other| is_lost(other) && other.liff_id == self.liff_id)
    }

    /// Records that the tab's other binds by this LIFF app have ended: they stand and end together.
    pub fn undo_binds(&mut self) {
        let Self { liff_id, others, .. } = self;
        let is_bind = |other: &&mut Self| other.purpose == Purpose::Bind && other.liff_id == *liff_id;
        for other in others.iter_mut().filter(is_bind).filter(|other| other.past.leaves_doubt()) {
            other.past = Past::Undone;
        }
    }

    /// What was unlinked before is linked again: the next unlinking, and the next bind of a link that may have ended with
    /// it, are others, with keys of their own.
    pub fn drop_unlinked(&mut self) {
        let any_lost = self.has_lost_unlinking();
        let Self { liff_id, others, .. } = self;
        others.retain(|other| {
            let may_have_ended = other.past == Past::Undone || any_lost && other.past.leaves_doubt();
            other.liff_id != *liff_id || other.purpose == Purpose::Bind && !may_have_ended
        });
    }

    /// Whether the page can't say of every request of this tab that it wasn't carried out.
    #[must_use]
    pub fn leaves_doubt(&self) -> bool {
        self.past.leaves_doubt() || self.others.iter().any(|other| other.past.leaves_doubt())
    }

    /// The JSON to store.
    #[must_use]
    pub fn to_json(&self) -> String {
        // Strings and booleans always serialize.
        serde_json::to_string(self).unwrap_or_default()
    }

    fn read_alone(json: &Json) -> Option<Self> {
        Self::read(json).map(|read| Self { others: Vec::new(), ..read })
    }

    /// Reads what [`to_json`](Self::to_json) wrote; anything else is `None`.
    #[must_use]
    pub fn read(json: &Json) -> Option<Self> {
        let is = |name| json.get(name).as_bool();
        Some(Self {
            purpose: Purpose::read(json.text("purpose")?)?,
            liff_id: LiffId::read(json.text("liffId")?)?,
            bind_token: json.text("bindToken").and_then(BindToken::read),
            key: IdempotencyKey::read(json.text("key")?)?,
            signed_in_again: is("signedInAgain")?,
            past: Past::read(json.text("past")?)?,
            returned: is("returned")?,
            account: Account::read(json.get("account")),
            declined: LineAccount::read(json.get("declined")),
            sender: LineAccount::read(json.get("sender")),
            shared: is("shared").unwrap_or_default(),
            query: json.text("query")?.to_owned(),
            others: json.get("others").as_list().iter().take(MOST_OTHERS).filter_map(Self::read_alone).collect(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn survives_being_written_down() {
        let mei = LineAccount::new(Some("Mei"), Some("U1"));
        let accounts = [
            Account::SigningIn { renews: None },
            Account::SigningIn { renews: Some(mei.clone()) },
            Account::Own(mei.clone()),
            Account::Unclear,
        ];
        for (bind_token, account) in [None, BindToken::read("a b")].into_iter().cycle().zip(accounts) {
            let liff_id = LiffId::read("1-a").unwrap_or_else(|| unreachable!());
            for purpose in [Purpose::Bind, Purpose::Unlink] {
                let key = IdempotencyKey::from_random([7; 16]);
                let begun = Pending::new(purpose, liff_id.clone(), bind_token.clone(), key);
                let (account, query) = (account.clone(), "a=\"%".into());
                let others = Past::ALL.iter().map(|past| Pending { past: *past, ..begun.clone() }).skip(1).collect();
                let (sender, declined) = (Some(mei.clone()), bind_token.as_ref().map(|_| mei.clone()));
                let begun = Pending { account, declined, sender, query, others, ..begun };
                let pending = Pending { signed_in_again: true, shared: true, returned: true, ..begun };
                assert_eq!(Pending::read(&Json::parse(&pending.to_json())), Some(pending));
            }
        }
    }

    #[test]
    fn ignores_what_it_did_not_write() {
        let of_the_first_edition = "1-a\n00000000-0000-4000-8000-000000000000\n000\nT";
        let no_key = r#"{"purpose":"bind","liffId":"1-a","key":"x","signedInAgain":false,"past":"nothing","returned":false,"query":""}"#;
        for text in ["", "{}", "null", of_the_first_edition, no_key] {
            assert_eq!(Pending::read(&Json::parse(text)), None, "{text:?}");
        }
    }

    #[test]
    fn a_key_is_a_uuid_of_version_4() {
        assert_eq!(IdempotencyKey::from_random([0xff; 16]).as_str(), "ffffffff-ffff-4fff-bfff-ffffffffffff");
        assert_eq!(IdempotencyKey::from_random([0; 16]).as_str(), "00000000-0000-4000-8000-000000000000");
        let bytes = std::array::from_fn(|index| u8::try_from(index).unwrap_or_default());
        assert_eq!(IdempotencyKey::from_random(bytes).as_str(), "00010203-0405-4607-8809-0a0b0c0d0e0f");
    }
}
