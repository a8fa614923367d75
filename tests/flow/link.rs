//! Links into which others have written: ad networks, mail tools, shops, attackers.

use crate::{model::Page, sdk};
use liff_bind::core::{Effect, Fragment, Json, Pending, Screen, Target, Turn};
use proptest::{prelude::*, sample::select};

/// The endpoint URL in LINE's console, which LINE opens with the LIFF URL's own query in `liff.state`.
pub const ENDPOINT: &str = "https://shop.example/liff-bind.html?liffId=1656451635-z3yqZNO3";
const TOKEN: &str = "bindToken=T1";

/// The place in a link where others have written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// Before the page's own parameters.
    Before,
    /// After them.
    Behind,
    /// In a `liff.state`, before the bind token.
    FirstInState,
    /// In a `liff.state`, after the bind token.
    InState,
    /// The same, with a blank: only the SDK takes such a state in.
    InLongState,
    /// In the query and in the state.
    Both,
}

impl Place {
    pub const ALL: [Self; 6] =
        [Self::Before, Self::Behind, Self::FirstInState, Self::InState, Self::InLongState, Self::Both];

    /// A link to the page with this text in it.
    pub fn link(self, others: &str) -> String {
        let (page, own) = ENDPOINT.split_once('?').unwrap_or((ENDPOINT, ""));
        let state = |parts: [&str; 2], end| {
            let state = ["?", &joined(&parts), end].concat();
            ["liff.state=", &encode_uri_component(&state)].concat()
        };
        let query = match self {
            Self::Before => joined(&[others, own, TOKEN]),
            Self::Behind => joined(&[own, TOKEN, others]),
            Self::FirstInState => joined(&[own, &state([others, TOKEN], "")]),
            Self::InState => joined(&[own, &state([TOKEN, others], "")]),
            Self::InLongState => joined(&[own, &state([TOKEN, others], "&a=b c")]),
            Self::Both => joined(&[own, others, &state([TOKEN, others], "")]),
        };
        [page, "?", &query].concat()
    }

    /// Whether a parameter belongs to somebody else in this place. The first of two bind tokens is the visitor's, and
    /// some names are LINE's by their meaning.
    pub fn takes(self, parameter: &str) -> bool {
        let in_query = matches!(self, Self::Before | Self::Behind);
        match name(parameter).as_str() {
            "liffId" | "bindToken" => matches!(self, Self::Behind | Self::InState | Self::InLongState),
            "liff.state" | "liffClientId" | "liffOAuth2Error" | "signedInAgain" => false,
            "liff.hback" | "liffRedirectUri" | "liffIsEscapedFromApp" => in_query,
            // In a state the SDK turns `?` into `&`, and removes line breaks and its own `liff.utm_`.
            name => {
                in_query
                    || !(name.starts_with("liff.utm_") || ["?", "%0D%0A"].iter().any(|own| parameter.contains(own)))
            }
        }
    }
}

fn joined(parts: &[&str]) -> String {
    let parts: Vec<_> = parts.iter().copied().filter(|part| !part.is_empty()).collect();
    parts.join("&")
}

fn encode_uri_component(text: &str) -> String {
    let plain = |byte: &u8| byte.is_ascii_alphanumeric() || b"-_.!~*'()".contains(byte);
    text.bytes().map(|byte| if plain(&byte) { char::from(byte).into() } else { format!("%{byte:02X}") }).collect()
}

/// A parameter's name; an `&` that was escaped once too often has left `amp;` before it.
fn name(parameter: &str) -> String {
    let name = parameter.split('=').next().unwrap_or_default();
    let name = name.strip_prefix("amp;").unwrap_or(name);
    sdk::decode_uri_component(name).unwrap_or_else(|| name.to_owned())
}

/// Parameters that others write, in the form in which a browser's address has them.
const PARAMETERS: &[&str] = &[
    "utm_source=line",
    "utm_term=%8AO%91%95",
    "utm_campaign=50%off",
    "amp;utm_medium=mail",
    "amp;amp;a=1",
    "ref=%E7%B6%81",
    "ref=%e7%b6",
    "%",
    "%=%",
    "%zz",
    "=",
    "a",
    "a=b=c",
    "a=%0D%0Ab",
    "a+b=c+d",
    "a=%2525",
    "code=WELCOME10",
    "c%6Fde=x",
    "amp;code=x",
    "code",
    "state=open",
    "error=404",
    "error_description=no",
    "error_uri=x",
    "liff.subwindow=1",
    "liff.subwindow.identifier=abc",
    "liff.subwindow.cryptokey=k",
    "liff%2Esubwindow.identifier=a",
    "amp;liff.subwindow.identifier=a",
    "liff.subwindow.identifier=%zz",
    "liff.referrer=https%3A%2F%2Fx.example",
    "liff.hback=2",
    "liff.utm_source=x",
    "liffRedirectUri=x",
    "liffIsEscapedFromApp=true",
    "lineAppVersion=26.4.0",
    "openExternalBrowser=1",
    "openInAppBrowser=0",
    "access_token=x",
    "context_token=x",
    "id_token=x",
    "liffid=1-x",
    "bindtoken=x",
    "liffId=1-x",
    "bindToken=x",
    "bindToken=%zz",
    "amp;bindToken=x",
    "next=/cart?id=1",
    "constructor=x",
    "__proto__=x",
];

pub fn parameter() -> impl Strategy<Value = String> {
    prop_oneof![
        6 => select(PARAMETERS).prop_map(str::to_owned),
        1 => "[!$%&()*+,./0-9:;=@A-Z\\[\\]^_`a-z{|}~-]{0,12}",
        1 => "(%[0-9a-fA-F]{2}){1,6}(=(%[0-9a-fA-F]{2}){1,6})?",
    ]
}

/// The text that others have written into a link; this takes it out again where it shows.
pub struct Others<'a> {
    parameters: Vec<&'a str>,
}

impl<'a> Others<'a> {
    pub fn new(text: &'a str) -> Self {
        Self { parameters: pairs(text).collect() }
    }

    /// Whether the address has all of the text, in order: in its query, or still in its `liff.state`.
    pub fn are_in(&self, address: &str) -> bool {
        let shown = all_pairs(address);
        let mut shown = shown.iter();
        let kept = self.parameters.iter().filter(|parameter| !is_taken_away(&name(parameter)));
        kept.into_iter().all(|parameter| shown.any(|own| own == parameter))
    }

    /// The URL without the text.
    fn out_of(&self, url: &str) -> String {
        let base = url.split('?').next().unwrap_or_default();
        let own = all_pairs(url).into_iter().filter(|pair| !self.parameters.contains(&pair.as_str()));
        [base, "?", &own.collect::<Vec<_>>().join("&")].concat()
    }

    /// The screen, the effects of this turn, and the kept bind, as they would be without the text.
    pub fn outcome(&self, page: &Page) -> (Turn, Screen, Vec<Effect>, Option<Pending>) {
        let mut screen = page.screen();
        for button in &mut screen.buttons {
            if let Target::Link(url) = &mut button.target {
                *url = self.out_of(url);
            }
        }
        let own = page.orders.iter().filter(|(turn, _)| *turn == page.turn());
        let orders = own.filter_map(|(_, effect)| match effect {
            // The address that is set aside for `liff.init` differs by nature.
            Effect::ShowUrl(_, Fragment::Keep) => None,
            Effect::ShowUrl(url, Fragment::Drop) => Some(Effect::ShowUrl(self.out_of(url), Fragment::Drop)),
            Effect::SignIn(url) => Some(Effect::SignIn(self.out_of(url))),
            Effect::DrawQr(url, _) => Some(Effect::DrawQr(self.out_of(url), 0)),
            other => Some(other.clone()),
        });
        let kept = page.kept.as_deref().and_then(|kept| Pending::read(&Json::parse(kept)));
        let kept = kept.map(|pending| Pending { query: String::new(), ..pending });
        (page.turn(), screen, orders.collect(), kept)
    }
}

/// Whether the SDK takes this name out of an address, and the page after it. A sub-window's marks may go, too: the SDK
/// looks for them at every sign-in.
fn is_taken_away(name: &str) -> bool {
    let prefixes = ["liff.utm_", "liff.subwindow"];
    prefixes.iter().any(|prefix| name.starts_with(prefix)) || matches!(name, "liffRedirectUri" | "liffIsEscapedFromApp")
}

fn pairs(query: &str) -> impl Iterator<Item = &str> {
    query.split('&').filter(|pair| !pair.is_empty())
}

/// The parameters of a URL; a `liff.state` is replaced by those in it.
fn all_pairs(url: &str) -> Vec<String> {
    let query = url.split_once('?').map_or("", |(_, query)| query);
    let mut all = Vec::new();
    for pair in pairs(query) {
        match pair.strip_prefix("liff.state=").and_then(sdk::decode_uri_component) {
            Some(state) => {
                let inner = state.split('#').next().unwrap_or_default();
                all.extend(pairs(inner.strip_prefix('?').unwrap_or(inner)).map(str::to_owned));
            }
            None => all.push(pair.to_owned()),
        }
    }
    all
}

/// The address of the SDK's second load, if it finds a `liff.state` (`decodeState`): the endpoint and the state after
/// it.
pub fn second_load(address: &str) -> Option<String> {
    let (_, query) = address.split_once('?')?;
    let state = pairs(query).find_map(|pair| pair.strip_prefix("liff.state=")).and_then(sdk::decode_uri_component)?;
    let state = state.split('#').next().unwrap_or_default();
    Some([ENDPOINT, &state.replace('?', "&")].concat())
}
