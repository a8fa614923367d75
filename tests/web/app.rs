//! The whole app, from the skeleton to the last screen: LINE's SDK and the bind API are simulated, the person is the test.

use crate::{
    Meta, answer, fake_clipboard, fake_fetch, fake_sdk, no_answer, object,
    place::{Place, root, settled, until},
    samples::LANGUAGES,
    set_online, speak,
};
use js_sys::{Array, JSON, Object, Reflect};
use leptos::prelude::{document, window};
use liff_bind::app::{self, App};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::{HtmlElement, Request};

/// An example of the bind API's documentation.
macro_rules! example {
    ($name:literal) => {
        include_str!(concat!("../../docs/bind-api/examples/", $name, ".json"))
    };
}

fn bound() -> JsValue {
    answer(201, &[], example!("bound"))
}

fn consent_required() -> JsValue {
    answer(428, &[], example!("consent-required"))
}

/// The bind API does not know the LIFF ID: a stop with a code to copy.
fn liff_id_unknown() -> JsValue {
    answer(404, &[], example!("liff-id-unknown"))
}

const LIFF_ID: &str = "1656451635-z3yqZNO3";
const OPENED: &str = "?bindToken=EXAMPLE_bind_token_0000001";

/// An open page.
struct Page {
    place: Place,
    world: World,
}

/// The surroundings of the page: LINE, signed in; English; online. Dropping this value removes them.
struct World {
    /// The behaviour of the SDK; may be changed at any time.
    sdk: Object,
    /// The calls of the SDK's functions.
    calls: Array,
    /// The requests to the bind API.
    asked: Array,
    _settings: [Meta; 2],
}

impl World {
    /// A world in which the bind API gives these answers in order.
    fn new(answers: &[JsValue]) -> Self {
        Self::with_liff_id(LIFF_ID, answers)
    }

    fn with_liff_id(liff_id: &str, answers: &[JsValue]) -> Self {
        let html = document().document_element().unwrap();
        html.set_attribute("data-screen", "working").unwrap();
        html.remove_attribute("data-failure").unwrap();
        window().session_storage().unwrap().unwrap().clear().unwrap();
        go_to(OPENED);
        set_online(true);
        speak("en", LANGUAGES[1].1);
        let sdk: Object = object(&[]).unchecked_into();
        let world = Self {
            calls: fake_sdk(&sdk),
            sdk,
            asked: fake_fetch(&answers.iter().collect()),
            _settings: [Meta::set("liff-id", liff_id), Meta::set("bind-api", "/v1/liff-bindings")],
        };
        world.has("init", "resolves", JsValue::UNDEFINED);
        world.has("isInClient", "gives", true.into());
        world.has("isLoggedIn", "gives", true.into());
        world.has("getVersion", "gives", "2.31.0".into());
        world.has("getContext", "gives", object(&[("type", "utou".into()), ("viewType", "compact".into())]));
        world.has("getIDToken", "gives", "ZXhhbXBsZS1oZWFkZXI.ZXhhbXBsZS1wYXlsb2Fk.ZXhhbXBsZS1zaWduYXR1cmU".into());
        world.has("getDecodedIDToken", "gives", object(&[("exp", 1e11.into())]));
        world.has("getAccessToken", "gives", "EXAMPLE_access_token".into());
        world.is_friend(true);
        world
    }

    /// From now on, the SDK's function `name` does `how` with `value`.
    fn has(&self, name: &str, how: &str, value: JsValue) {
        Reflect::set(&self.sdk, &name.into(), &object(&[(how, value)])).unwrap();
    }

    fn is_friend(&self, is: bool) {
        self.has("getFriendship", "resolves", object(&[("friendFlag", is.into())]));
    }

    /// Opens the page.
    async fn open(self) -> Page {
        Page { place: Place::mount(App).await, world: self }
    }

    /// The calls of one of the SDK's functions, as JSON.
    fn calls(&self, name: &str) -> Vec<String> {
        let calls = self.calls.iter().map(|call| String::from(JSON::stringify(&call).unwrap()));
        calls.filter(|call| call.starts_with(&format!("[\"{name}\""))).collect()
    }

    fn request(&self, index: u32) -> Request {
        assert!(index < self.asked.length(), "{} requests only", self.asked.length());
        self.asked.get(index).unchecked_into()
    }

    /// The body of a request, and apart from it the `client` member, which describes the phone.
    async fn body(&self, index: u32) -> (String, String) {
        let body = self.request(index).clone().unwrap().text().unwrap().await.unwrap();
        apart(&body.as_string().unwrap())
    }

    fn key(&self, index: u32) -> String {
        self.request(index).headers().get("Idempotency-Key").unwrap().unwrap()
    }
}

impl Drop for World {
    fn drop(&mut self) {
        go_to("?");
    }
}

impl Page {
    async fn shows(&self, screen: &str) {
        shows(screen).await;
        assert_eq!(self.place.text("h1"), document().title());
    }

    fn requests(&self) -> u32 {
        self.world.asked.length()
    }
}

/// Takes `client` out of a request's body.
fn apart(body: &str) -> (String, String) {
    let body: Object = JSON::parse(body).unwrap().unchecked_into();
    let client = Reflect::get(&body, &"client".into()).unwrap();
    assert!(Reflect::delete_property(&body, &"client".into()).unwrap());
    (JSON::stringify(&body).unwrap().into(), JSON::stringify(&client).unwrap().into())
}

/// Waits for a screen; `failed` has its failure, as in `failed/server`.
async fn shows(screen: &str) {
    let shown = || [root("data-screen"), root("data-failure")].into_iter().flatten().collect::<Vec<_>>().join("/");
    until(&format!("{screen} where {} is", shown()), || shown() == screen).await;
    settled().await;
}

/// Writes a query, and the rest after it, into the address.
fn go_to(query: &str) {
    let path = window().location().pathname().unwrap();
    window().history().unwrap().replace_state_with_url(&JsValue::NULL, "", Some(&[&path, query].concat())).unwrap();
}

fn address() -> String {
    let location = window().location();
    [location.search().unwrap(), location.hash().unwrap()].concat()
}

/// Sends the app an event of the phone.
fn tell(target: &web_sys::EventTarget, event: &str) {
    target.dispatch_event(&web_sys::Event::new(event).unwrap()).unwrap();
}

/// From "bound" to unlinked: the card says what ends, and nothing ends before the press.
#[wasm_bindgen_test]
async fn unlinks_after_a_press() {
    let answers = [answer(428, &[], example!("consent-required-to-unlink")), answer(200, &[], example!("unlinked"))];
    let world = World::new(&answers);
    go_to("?unlink=1");
    let page = world.open().await;
    page.shows("unlink").await;
    assert_eq!(page.place.actions(), ["unlink", "close"]);
    let said = page.place.text(".body");
    assert!(said.contains("account notices, news of your orders, member card"), "{said}");
    assert_eq!(page.requests(), 1);

    page.place.press("unlink").await;
    page.shows("unlinked").await;
    assert_eq!((page.place.actions(), page.requests()), (vec!["close".to_owned()], 2));
    assert_eq!(page.world.body(0).await.0, apart(example!("request-unlink")).0);
    assert_eq!(page.world.body(1).await.0, apart(example!("request-unlink-with-consent")).0);
    assert_eq!(page.world.key(0), page.world.key(1));
    let store = window().session_storage().unwrap().unwrap();
    let kept = JSON::stringify(&store).map(String::from).unwrap();
    assert!(!kept.contains("EXAMPLE_access_token"), "{kept}");
}

/// The only test of `mount`, whose app stays: so it ends at a screen at which nothing changes any more.
#[wasm_bindgen_test]
async fn a_bind_goes_from_the_skeleton_to_bound() {
    let world = World::new(&[bound()]);
    go_to(&[OPENED, "#context_token=x"].concat());
    let host: HtmlElement = document().create_element("div").unwrap().unchecked_into();
    host.set_id("app");
    host.set_inner_html("<main class='card'><h1>skeleton</h1></main>");
    document().body().unwrap().append_child(&host).unwrap();
    let place = Place::of(host);
    let skeleton = place.find("main");
    app::mount();
    assert!(!skeleton.is_connected());
    assert_eq!((place.count("main"), place.count("h1")), (1, 1));
    let heading = place.text("h1");
    assert!(heading.starts_with("Checking"), "{heading}");
    settled().await;
    // The skeleton's heading has not taken the focus, and the heading of the same screen doesn't take it either.
    assert_eq!((root("data-screen").as_deref(), place.has_focus("h1")), (Some("working"), false));

    shows("bound").await;
    assert_eq!((place.text("h1"), document().title()), ("You’re linked".into(), "You’re linked".into()));
    assert!(place.text(".body").contains("gooddays.example"));
    assert!(place.has_focus("h1"));
    assert_eq!(place.actions(), ["return", "close"]);
    assert_eq!(
        place.find("a[data-action=return]").get_attribute("href").as_deref(),
        Some("https://gooddays.example/cart")
    );
    let html: HtmlElement = document().document_element().unwrap().unchecked_into();
    assert_ne!(html.style().get_property_value("--shop-on-light").unwrap(), "");
    // LINE's tokens are gone from the address; the rest is still there.
    assert_eq!(address(), OPENED);

    assert_eq!(world.calls("init"), [format!(r#"["init",{{"liffId":"{LIFF_ID}"}}]"#)]);
    assert_eq!(world.asked.length(), 1);
    assert!(world.request(0).url().ends_with("/v1/liff-bindings"));
    let (body, client) = world.body(0).await;
    assert_eq!(body, apart(example!("request")).0);
    for part in [r#""sdkVersion":"2.31.0""#, r#""viewType":"compact""#, r#""inClient":true"#, r#""language":"en""#] {
        assert!(client.contains(part), "{part} is not in {client}");
    }
    place.press("close").await;
    assert_eq!(world.calls("closeWindow").len(), 1);
}

#[wasm_bindgen_test]
async fn a_customer_who_is_asked_and_agrees_is_bound() {
    let world = World::new(&[consent_required(), bound()]);
    speak("zh-Hant", LANGUAGES[0].1);
    let page = world.open().await;
    page.shows("confirm").await;
    let said = page.place.text("main");
    for part in ["gooddays.example", "好日子選物", "Windows, Chrome", "1 分鐘前"] {
        assert!(said.contains(part), "{part} is not in {said}");
    }
    assert_eq!(page.place.actions(), ["confirm", "cancel"]);
    assert!(page.place.has_focus("h1"));
    assert_eq!(page.requests(), 1);

    page.place.press("confirm").await;
    assert_eq!((root("data-screen").as_deref(), page.place.actions().len()), (Some("working"), 0));
    page.shows("bound").await;
    assert!(page.place.has_focus("h1"));
    assert_eq!((page.place.count("img"), page.place.count(".privacy")), (0, 0));
    assert_eq!(page.requests(), 2);
    assert_eq!(page.world.body(0).await.0, apart(example!("request")).0);
    assert_eq!(page.world.body(1).await.0, apart(example!("request-with-consent")).0);
    assert_eq!(page.world.key(0), page.world.key(1));
}

#[wasm_bindgen_test]
async fn a_customer_who_cancels_is_not_bound_and_may_start_again() {
    let page = World::new(&[consent_required(), consent_required(), bound()]).open().await;
    page.shows("confirm").await;
    page.place.press("cancel").await;
    page.shows("cancelled").await;
    assert_eq!(page.place.actions(), ["retry", "close"]);
    assert!(page.place.has_focus("h1"));
    assert_eq!(page.requests(), 1);
    page.place.press("retry").await;
    page.shows("confirm").await;
    // A question that was asked once is no consent.
    assert_eq!(page.world.body(1).await.0, apart(example!("request")).0);
    page.place.press("confirm").await;
    page.shows("bound").await;
    assert_eq!(page.requests(), 3);
}

#[wasm_bindgen_test]
async fn after_a_failure_the_customer_may_try_again() {
    let page = World::new(&[answer(400, &[], example!("invalid-request-body")), bound()]).open().await;
    page.shows("failed/server").await;
    assert_eq!(page.place.text("output"), "2C9N-63HB");
    assert_eq!(page.place.actions(), ["retry", "close"]);
    assert!(page.place.has_focus("h1"));
    assert_eq!(page.requests(), 1);
    page.place.press("retry").await;
    assert_eq!((root("data-screen").as_deref(), root("data-failure")), (Some("working"), None));
    page.shows("bound").await;
    assert_eq!(page.place.count("output"), 0);
    assert_eq!(page.requests(), 2);
}

#[wasm_bindgen_test]
async fn no_answer_is_asked_for_again_by_itself_under_the_same_key() {
    let page = World::new(&[JsValue::UNDEFINED, bound()]).open().await;
    until("the second request", || page.requests() == 2).await;
    assert_eq!(page.world.key(0), page.world.key(1));
    page.shows("bound").await;
}

#[wasm_bindgen_test]
async fn a_copied_code_is_told_on_its_button() {
    let page = World::new(&[liff_id_unknown()]).open().await;
    page.shows("failed/setup-unknown").await;
    assert_eq!(page.place.actions(), ["copy-code", "close"]);
    let (button, main) = (page.place.button("copy-code"), page.place.find("main"));
    assert_eq!(button.text_content().as_deref(), Some("Copy code"));
    let copied = fake_clipboard(true, None);
    button.focus().unwrap();
    button.click();
    until("the label", || button.text_content().as_deref() == Some("Copied")).await;
    settled().await;
    assert!(main.is_connected() && page.place.button("copy-code").is_same_node(Some(&button)));
    assert!(page.place.has_focus("[data-action=copy-code]"));
    assert_eq!(String::from(copied.join("|")), "4N8C-71TJ");
}

#[wasm_bindgen_test]
async fn without_a_clipboard_the_code_is_selected_and_copied_in_the_old_way() {
    for (old, label) in [(true, "Copied"), (false, "Copy code")] {
        let page = World::new(&[liff_id_unknown()]).open().await;
        page.shows("failed/setup-unknown").await;
        let copied = fake_clipboard(false, Some(old));
        page.place.press("copy-code").await;
        until("the old way", || copied.length() == 1).await;
        settled().await;
        assert_eq!(copied.get(0).as_string().as_deref(), Some("copy 4N8C-71TJ"));
        assert_eq!(page.place.text("[data-action=copy-code]"), label);
        // If that fails too, the customer's own "copy" is a tap away.
        assert_eq!(String::from(window().get_selection().unwrap().unwrap().to_string()), "4N8C-71TJ");
    }
}

#[wasm_bindgen_test]
async fn a_double_click_sends_one_request() {
    let page =
        World::new(&[consent_required(), answer(400, &[], example!("invalid-request-body")), bound()]).open().await;
    page.shows("confirm").await;
    let (confirm, cancel) = (page.place.button("confirm"), page.place.button("cancel"));
    confirm.click();
    confirm.click();
    // A button that is still drawn, or already gone, does nothing any more.
    cancel.click();
    settled().await;
    confirm.click();
    cancel.click();
    page.shows("failed/server").await;
    assert_eq!(page.requests(), 2);
    let retry = page.place.button("retry");
    retry.click();
    retry.click();
    settled().await;
    retry.click();
    page.shows("bound").await;
    assert_eq!(page.requests(), 3);
}

#[wasm_bindgen_test]
async fn without_a_liff_id_line_is_not_asked() {
    let page = World::with_liff_id("{liffId}", &[]).open().await;
    page.shows("failed/setup-liff-id").await;
    assert!(page.place.has_focus("h1"));
    assert_eq!(page.place.text("output"), "SETUP-LIFF-ID");
    assert_eq!(page.place.actions(), ["copy-code", "close"]);
    assert_eq!((page.requests(), page.world.calls("init").len()), (0, 0));
}

#[wasm_bindgen_test]
async fn a_refusal_of_lines_is_told() {
    let world = World::new(&[]);
    let error = js_sys::Error::new("The LIFF app is not found");
    Reflect::set(&error, &"code".into(), &"INIT_FAILED".into()).unwrap();
    world.has("init", "rejects", error.into());
    let page = world.open().await;
    until("a failure", || root("data-screen").as_deref() == Some("failed")).await;
    settled().await;
    assert!(page.place.has_focus("h1"));
    assert_eq!(page.requests(), 0);
}

#[wasm_bindgen_test]
async fn whoever_is_no_friend_is_told_until_they_are_one() {
    let world = World::new(&[bound()]);
    world.is_friend(false);
    let page = world.open().await;
    page.shows("bound").await;
    until("the link", || page.place.actions() == ["add-friend", "return", "close"]).await;
    let add = page.place.find("a[data-action=add-friend]");
    assert_eq!(add.get_attribute("href").as_deref(), Some("https://line.me/R/ti/p/@gooddays"));
    assert!(page.place.text(".body").contains("not blocked"));
    let heading = page.place.find("h1");
    page.world.is_friend(true);
    tell(&document(), "visibilitychange");
    until("the link's end", || page.place.actions() == ["return", "close"]).await;
    assert!(heading.is_connected() && page.place.has_focus("h1"));
    assert!(!page.place.text(".body").contains("not blocked"));
}

#[wasm_bindgen_test]
async fn a_phone_that_is_offline_goes_on_when_it_is_online() {
    // The first request is a question to the page's own host.
    let world = World::new(&[answer(0, &[], ""), bound()]);
    set_online(false);
    let page = world.open().await;
    page.shows("failed/offline").await;
    assert_eq!(page.world.request(0).method(), "GET");
    set_online(true);
    tell(&window(), "online");
    page.shows("bound").await;
    assert_eq!((page.requests(), page.world.request(1).method()), (2, "POST".into()));
}

#[wasm_bindgen_test]
async fn a_phone_that_is_wrong_about_its_connection_binds() {
    let world = World::new(&[answer(405, &[], ""), bound()]);
    set_online(false);
    world.open().await.shows("bound").await;
}

#[wasm_bindgen_test]
async fn outside_line_a_computer_shows_a_qr_code_and_a_sign_in() {
    let world = World::new(&[]);
    world.has("isInClient", "gives", false.into());
    world.has("isLoggedIn", "gives", false.into());
    world.has("getIDToken", "gives", JsValue::NULL);
    let page = world.open().await;
    page.shows("open-in-line").await;
    let drawn = || page.place.find("img.qr").get_attribute("src").unwrap_or_default();
    let liff_url = format!("https://liff.line.me/{LIFF_ID}{OPENED}");
    until("the QR code", || drawn() == format!("data:image/svg+xml,{} in 240", liff_url.len())).await;
    assert_eq!(page.place.actions(), ["login"]);
    assert!(page.world.calls("login").is_empty());
    page.place.press("login").await;
    let back = page.world.calls("login").concat();
    assert!(back.starts_with(r#"["login",{"redirectUri":"http"#) && back.contains(OPENED), "{back}");
    assert_eq!((page.world.calls("logout").len(), page.requests()), (1, 0));
}

#[wasm_bindgen_test]
async fn a_page_that_is_taken_down_hears_nothing_any_more() {
    let page = World::new(&[no_answer()]).open().await;
    until("the request", || page.requests() == 1).await;
    let Page { place, world } = page;
    drop(place);
    tell(&window(), "online");
    tell(&document(), "visibilitychange");
    settled().await;
    assert_eq!(world.asked.length(), 1);
}
