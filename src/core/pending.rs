//! The bind under way, as it survives a reload, a killed page and the round trip of a sign-in.

use super::{
    launch::{BindToken, LiffId},
    text::{Text, cut},
};

/// The `Idempotency-Key` of one bind: a UUID, version 4.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct IdempotencyKey(Text);

impl IdempotencyKey {
    /// Wraps a UUID made by the browser.
    #[must_use]
    pub const fn new(uuid: Text) -> Self {
        Self(uuid)
    }

    /// The UUID.
    #[must_use]
    pub const fn as_str(self) -> Text {
        self.0
    }
}

/// What `sessionStorage` keeps until the server has given a final answer. Never a token of LINE's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pending {
    /// The LIFF app of the bind.
    pub liff_id: LiffId,
    /// The visitor to bind.
    pub bind_token: Option<BindToken>,
    /// The key under which the server knows the bind.
    pub key: IdempotencyKey,
    /// Whether the page has signed in by itself; it does so once at most.
    pub signed_in_again: bool,
    /// Whether a request left whose answer was lost: it may have bound, and only a final answer can say that it has not.
    pub lost: bool,
    /// Whether a sign-in in LINE has led back here: one that leads to the next has no end.
    pub returned: bool,
}

impl Pending {
    /// Goes on with the bind that was kept if it is the one the URL asks for; else begins one under `spare_key`.
    /// A URL without a bind token means the kept one: LINE may lead back to the bare endpoint URL after a sign-in.
    #[must_use]
    pub fn resume(
        liff_id: LiffId,
        bind_token: Option<BindToken>,
        kept: Option<Self>,
        spare_key: IdempotencyKey,
    ) -> Self {
        match kept {
            Some(kept) if kept.liff_id == liff_id && (bind_token.is_none() || kept.bind_token == bind_token) => kept,
            _ => Self { liff_id, bind_token, key: spare_key, signed_in_again: false, lost: false, returned: false },
        }
    }

    /// The text to keep.
    #[must_use]
    pub fn to_text(&self) -> Text {
        let flag = |is: bool| if is { "1" } else { "0" };
        let bind_token = self.bind_token.map_or("", BindToken::as_str);
        let [again, lost, returned] = [self.signed_in_again, self.lost, self.returned].map(flag);
        let key = self.key.as_str();
        [self.liff_id.as_str(), "\n", key, "\n", again, lost, returned, "\n", bind_token].concat().leak()
    }

    /// Reads what [`to_text`](Self::to_text) wrote; anything else is `None`.
    #[must_use]
    pub fn read(text: Text) -> Option<Self> {
        let (liff_id, rest) = cut(text, b'\n')?;
        let liff_id = LiffId::read(liff_id)?;
        let (key, rest) = cut(rest, b'\n').filter(|(key, _)| is_uuid(key))?;
        let (flags, bind_token) = cut(rest, b'\n')?;
        let &[signed_in_again, lost, returned] = flags.as_bytes() else { return None };
        let [signed_in_again, lost, returned] = [signed_in_again, lost, returned].map(|flag| flag == b'1');
        let bind_token = BindToken::read(bind_token);
        Some(Self { liff_id, bind_token, key: IdempotencyKey(key), signed_in_again, lost, returned })
    }
}

fn is_uuid(text: &str) -> bool {
    let dash = |index| matches!(index, 8 | 13 | 18 | 23);
    let sound = |(index, byte): (usize, u8)| if dash(index) { byte == b'-' } else { byte.is_ascii_hexdigit() };
    text.len() == 36 && text.bytes().enumerate().all(sound)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn survives_being_written_down() {
        for bind_token in [None, BindToken::read("a\nb")] {
            let pending = Pending {
                liff_id: LiffId::read("1-a").unwrap_or_else(|| unreachable!()),
                bind_token,
                key: IdempotencyKey::new("00000000-0000-4000-8000-000000000000"),
                signed_in_again: true,
                lost: false,
                returned: true,
            };
            assert_eq!(Pending::read(pending.to_text()), Some(pending));
        }
    }

    #[test]
    fn ignores_what_it_did_not_write() {
        for text in ["", "1-a", "1-a\nshort\n000\n", "{}", "1-a\n00000000-0000-4000-8000-000000000000\n000"] {
            assert_eq!(Pending::read(text), None, "{text:?}");
        }
    }
}
