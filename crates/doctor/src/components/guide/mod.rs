//! The guide: the four steps, with each value to enter.

mod fields;
mod rows;

use super::{CopySource, Heading, Value, text, words};
use crate::{
    core::{Entry, Item, Section, Step, Topic, endpoint_url},
    i18n::{Word, copy},
};
use fields::{Fields, Typed};
use leptos::prelude::*;
use liff_bind::{components::QrCode, core::LiffId, i18n::Labelled, shell::qr};
use rows::{Part, Row, Setting, ValueOfId};

const CONSOLE: &str = "https://developers.line.biz/console/";

/// The guide for the host where it is opened.
#[component]
pub fn Guide() -> impl IntoView {
    let origin = location().origin().unwrap_or_default();
    // The doctor links here with the LIFF ID after the `#`, which no server sees.
    let hash = location().hash().unwrap_or_default();
    let typed = Typed::new(hash.trim_start_matches('#'));
    let entry = typed.entry(typed.liff_id);
    let liff_id = Memo::new(move |_| entry.read().liff_id.clone());

    let host = StoredValue::new(origin.clone());
    let endpoint_of = move |entry: Memo<Entry>| {
        Signal::derive(move || Some(endpoint_url(&host.read_value(), entry.read().liff_id.as_ref()?)))
    };
    let endpoint = endpoint_of(entry);
    let size = move || if typed.is_mini_app.get() { "Full" } else { Item::Size.fixed_value().unwrap_or_default() };
    let others = move || {
        let (review, developing) = (typed.entry(typed.review), typed.entry(typed.developing));
        typed.is_mini_app.get().then(|| {
            view! {
                <Row name=Topic::MiniReview.name() step=Step::Three>
                    <ValueOfId value=endpoint_of(review) />
                </Row>
                <Row name=Topic::MiniDeveloping.name() step=Step::Three>
                    <ValueOfId value=endpoint_of(developing) />
                </Row>
            }
        })
    };
    let id = Signal::derive(move || liff_id.read().as_ref().map(|id| id.as_str().to_owned()));
    view! {
        <main class="card merchant guide">
            <Heading screen="guide" title=text(Word::GuideTitle) focused=true />
            <p class="body" role="status">
                {text(Word::GuideBody)}
            </p>
            <a class="aside" data-action="console" href=CONSOLE rel="noreferrer" target="_blank">
                {text(Word::GuideConsole)}
            </a>
            <MiniApp typed />
            <Steps section=Section::Warnings>
                <Setting item=Item::GameModule />
                <Setting item=Item::LiffFlow />
                <Setting item=Item::PushBilling />
            </Steps>
            <Steps section=Section::Before>
                <Row name=Topic::Roles.name() step=Step::Before />
                <Row name=Topic::LoginChannel.name() step=Step::Before />
                <Setting item=Item::Provider />
                <Setting item=Item::Published />
                // The manual has it in step 1, but it must be done before.
                <Row name=Item::BotLink.name() step=Step::Before />
            </Steps>
            <Steps section=Section::One>
                <li class="row">
                    <p>{text(Word::GuideAdd)}</p>
                </li>
                <Setting item=Item::AppName />
                <Row name=Item::Size.name() step=Item::Size.step()>
                    <p class="value">{move || view! { <Value value=size().to_owned() /> }}</p>
                </Row>
                <Row name=Topic::FirstEndpoint.name() step=Step::One(3)>
                    <p class="value">
                        <Value value=origin />
                    </p>
                </Row>
                <Setting item=Item::ScopeProfile />
                <Setting item=Item::ScopeOpenid />
                <Setting item=Item::ScopeChatMessageWrite />
                <Setting item=Item::Aggressive />
                <Setting item=Item::ScanQr />
            </Steps>
            <Steps section=Section::Two>
                <Fields typed entry />
            </Steps>
            <Steps section=Section::Three>
                <Row name=Item::EndpointUrl.name() step=Step::Three>
                    <ValueOfId value=endpoint />
                </Row>
                {others}
            </Steps>
            <Steps section=Section::Four>
                <Row name=Item::LiffIdKnown.name() step=Step::Four>
                    <ValueOfId value=id />
                </Row>
            </Steps>
            <Done liff_id />
            <Unlinking liff_id />
            <CopySource />
        </main>
    }
}

/// A part of the manual.
#[component]
fn Steps(section: Section, children: Children) -> impl IntoView {
    view! {
        <Part name=section.name() title=copy::section(section, &words())>
            {children()}
        </Part>
    }
}

/// The question whether it is a MINI App, and the differences if it is.
#[component]
fn MiniApp(typed: Typed) -> impl IntoView {
    let part = move || {
        typed.is_mini_app.get().then(|| {
            view! {
                <Part name="mini" title=text(Word::GuideSectionMini)>
                    <Row name=Topic::MiniIds.name() step=Step::None />
                    <Row name=Topic::MiniConsole.name() step=Step::None />
                    <Row name=Topic::MiniConsent.name() step=Step::None />
                    <Row name=Topic::MiniHeader.name() step=Step::None />
                </Part>
            }
        })
    };
    view! {
        <label class="choice">
            <input id="mini-app" type="checkbox" autocomplete="off" bind:checked=typed.is_mini_app />
            {text(Word::GuideMiniApp)}
        </label>
        {part}
    }
}

/// The LIFF URL with a query, once there is a LIFF ID.
fn url_of(liff_id: Memo<Option<LiffId>>, query: &'static str) -> Signal<Option<String>> {
    Signal::derive(move || Some(liff_id.read().as_ref()?.url() + query))
}

/// The uses of the LIFF ID once everything is set.
#[component]
fn Done(liff_id: Memo<Option<LiffId>>) -> impl IntoView {
    let check = url_of(liff_id, "?check=1");
    view! {
        <Part name="done" title=text(Word::GuideSectionDone)>
            <Row name=Topic::Check.name() step=Step::None>
                <ValueOfId value=check />
            </Row>
            <Code url=check label=Word::GuideQr />
            <Row name=Topic::LiffUrl.name() step=Step::None>
                <ValueOfId value=url_of(liff_id, "") />
            </Row>
            <Row name=Topic::Button.name() step=Step::None>
                <ValueOfId value=url_of(liff_id, "?bindToken={bindToken}") />
            </Row>
            <Row name=Topic::Test.name() step=Step::None />
        </Part>
    }
}

/// The shop's part of LINE's rule that people can unlink at any time, and the cost of the message about a binding.
#[component]
fn Unlinking(liff_id: Memo<Option<LiffId>>) -> impl IntoView {
    let unlink = url_of(liff_id, "?unlink=1");
    view! {
        <Part name="unlink" title=text(Word::GuideSectionUnlink)>
            <Row name=Topic::Unlink.name() step=Step::None>
                <ValueOfId value=unlink />
            </Row>
            <Code url=unlink label=Word::GuideQrUnlink />
            <Row name=Topic::Terms.name() step=Step::None>
                <p class="value">
                    <Value value=text(Word::GuideTermsSentence) />
                </p>
            </Row>
            <Row name=Topic::Cost.name() step=Step::None />
        </Part>
    }
}

/// The QR code of a URL.
#[component]
fn Code(url: Signal<Option<String>>, label: Word) -> impl IntoView {
    let drawn = LocalResource::new(move || {
        let url = url.get();
        async move {
            let url = url?;
            let image = qr::draw_in_place(&url).await?;
            Some((url, image))
        }
    });
    let qr = move || {
        let (drawn_of, value) = drawn.get().flatten()?;
        // It may belong to the previously typed ID.
        let current = url.read().as_ref() == Some(&drawn_of);
        current.then(|| view! { <QrCode qr=Labelled { label: text(label), value } /> })
    };
    view! { <li class="row">{qr}</li> }
}
