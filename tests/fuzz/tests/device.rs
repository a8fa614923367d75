//! The user agent, which any browser may invent.

use fuzz::{config, text};
use liff_bind::core::{Device, LineApp, Os};
use proptest::prelude::*;

proptest! {
    #![proptest_config(config(100_000))]

    #[test]
    fn any_user_agent(
        user_agent in text::user_agent(),
        touch: bool,
        platform in prop_oneof![Just(""), Just("Android"), Just("Windows"), Just("Linux")],
    ) {
        let device = Device::read(&user_agent, touch, platform);
        let apple = ["iPhone", "iPad", "iPod"].iter().any(|mark| user_agent.contains(mark));
        let os = if apple || touch && user_agent.contains("Macintosh") {
            Os::Ios
        } else if user_agent.contains("Android") || platform == "Android" {
            Os::Android
        } else {
            Os::Web
        };
        prop_assert_eq!(device.os, os);
        // A computer has no touch, or has Windows; every other device has a link into LINE.
        let harmony = user_agent.contains("OpenHarmony");
        let computer = os == Os::Web && !harmony && (!touch || platform == "Windows");
        prop_assert_eq!(device.line_app == LineApp::Elsewhere, computer);
        prop_assert!(device.line_version.is_none() || device.inside.is_none());
        prop_assert_eq!(device.is_liff, user_agent.contains(" LIFF"));

        let version = user_agent.split_once(" Line/").map(|(_, rest)| {
            rest.chars().take_while(|c| c.is_ascii_digit() || *c == '.').collect::<String>()
        });
        let version = version.filter(|version| version.starts_with(|c: char| c.is_ascii_digit()));
        prop_assert_eq!(device.line_version.as_ref(), version.as_ref());
        let major = version.and_then(|version| version.split('.').next().and_then(|major| major.parse::<f64>().ok()));
        prop_assert_eq!(device.has_old_line(), major.is_some_and(|major| major < 10.0));
    }
}
