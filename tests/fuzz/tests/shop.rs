//! The shop's names and links alone, tested deeper than within whole answers.

use fuzz::{
    config,
    mutation::mutated,
    shown::{is_plain_link, is_sound_shop},
    text,
};
use liff_bind::core::{HttpsUrl, Json, Shop};
use proptest::{collection::vec, prelude::*, sample::select};
use serde_json::json;
use url::Url;

const HOSTS: &[&str] = &[
    "shop.example",
    "SHOP.example",
    "shop.example:8443",
    "shop.example:443",
    "shop.example:",
    "shop.example:99999",
    ":443",
    "localhost",
    "127.0.0.1",
    "127.1",
    "0x7f.1",
    "1.2.3.999",
    "2130706433",
    "[::1]",
    "xn--fiqs8s.example",
    "xn--a",
    "a..b",
    ".",
    "-",
    "shop.example.",
    "user@evil.example",
    "evil.example\\@shop.example",
    "shop.example%2eevil.example",
    "綁.example",
    "ｓhop.example",
    "shop_1.example",
];

const SITES: &[&str] = &["shop.example", "www.Shop.example", "xample", "example"];

fn link() -> impl Strategy<Value = String> {
    let scheme = prop_oneof![
        8 => Just("https://"),
        1 => select(["http://", "HTTPS://", "https:/", "https:", "//", " https://", "javascript:", ""].as_slice()),
    ];
    let host = prop_oneof![
        2 => select(HOSTS).prop_map(str::to_owned),
        1 => vec(select(b"az09.-:".as_slice()).prop_map(char::from), 0..12).prop_map(String::from_iter),
    ];
    let path = prop_oneof![2 => select(["", "/", "/cart?x=1#y", "?x", "#y", "/a b"].as_slice()).prop_map(str::to_owned), 1 => text::hostile()];
    mutated((scheme, host, path).prop_map(|(scheme, host, path)| [scheme, &host, &path].concat()))
}

fn name() -> impl Strategy<Value = String> {
    prop_oneof![
        2 => mutated(Just("好日子選物".to_owned())),
        2 => text::hostile(),
        1 => vec(text::piece(), 50..70).prop_map(|pieces| pieces.concat()),
    ]
}

proptest! {
    #![proptest_config(config(80_000))]

    #[test]
    fn a_link_goes_where_it_says(link in link()) {
        if let Some(read) = HttpsUrl::read(&link) {
            prop_assert!(is_plain_link(&read), "{link:?}");
            prop_assert_eq!(read.as_str(), link);
        }
    }

    /// "Back to the shop" leads to the shop.
    #[test]
    fn a_shop_owns_its_own_hosts_only(site in select(SITES), link in link()) {
        let shop = Shop::read(&Json::from(json!({ "siteHost": site })));
        let url = HttpsUrl::read(&link).filter(|url| shop.owns(url));
        if let Some(Ok(url)) = url.map(|url| Url::parse(url.as_str())) {
            let site = site.trim_start_matches("www.").to_ascii_lowercase();
            let host = url.host_str().unwrap_or_default();
            prop_assert!(host == site || host.ends_with(&[".", &site].concat()), "{host} for {site}");
        }
    }

    #[test]
    fn names_are_fit_to_be_shown(merchant in name(), site in name(), account in name(), id in mutated(Just("@shop.1_a-b".to_owned()))) {
        let told = json!({ "merchantName": merchant, "siteHost": site, "oaName": account, "oaBasicId": id });
        let shop = Shop::read(&Json::from(told));
        prop_assert!(is_sound_shop(&shop), "{shop:?}");
        // A name in plain letters is shown unchanged.
        if merchant.chars().all(char::is_alphanumeric) && (1..=60).contains(&merchant.chars().count()) {
            prop_assert_eq!(shop.merchant, Some(merchant));
        }
    }
}
