//! A temporary place in the document, for a view that a test looks at and clicks on.

use gloo_timers::future::TimeoutFuture;
use leptos::{
    mount::mount_to,
    prelude::{IntoView, document},
    task::tick,
};
use std::any::Any;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

/// The place; dropping this value removes it and the view.
pub struct Place {
    host: HtmlElement,
    _mounted: Box<dyn Any>,
}

impl Place {
    /// Mounts a view, and gives its effects time to run.
    pub async fn mount<V: IntoView + 'static>(view: impl FnOnce() -> V + 'static) -> Self {
        let host: HtmlElement = document().create_element("div").unwrap().unchecked_into();
        document().body().unwrap().append_child(&host).unwrap();
        let mounted = Box::new(mount_to(host.clone(), view));
        settled().await;
        Self { host, _mounted: mounted }
    }

    /// An element that is already in the document.
    pub fn of(host: HtmlElement) -> Self {
        Self { host, _mounted: Box::new(()) }
    }

    /// The element that a selector names.
    pub fn find(&self, selector: &str) -> HtmlElement {
        let found = self.host.query_selector(selector).unwrap();
        found.unwrap_or_else(|| panic!("no {selector} in {}", self.host.inner_html())).unchecked_into()
    }

    /// How many elements a selector names.
    pub fn count(&self, selector: &str) -> u32 {
        self.host.query_selector_all(selector).unwrap().length()
    }

    /// The text of the element that a selector names.
    pub fn text(&self, selector: &str) -> String {
        self.find(selector).text_content().unwrap_or_default()
    }

    /// The public names of the possible actions, in order.
    pub fn actions(&self) -> Vec<String> {
        let found = self.host.query_selector_all(".actions [data-action]").unwrap();
        let names = (0..found.length())
            .filter_map(|index| found.item(index)?.unchecked_into::<Element>().get_attribute("data-action"));
        names.collect()
    }

    /// The button for an action.
    pub fn button(&self, action: &str) -> HtmlElement {
        self.find(&format!("button[data-action={action}]"))
    }

    /// Presses the button for an action.
    pub async fn press(&self, action: &str) {
        self.button(action).click();
        settled().await;
    }

    /// Whether this element has the focus.
    pub fn has_focus(&self, selector: &str) -> bool {
        document().active_element().unwrap().is_same_node(Some(&self.find(selector)))
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        self.host.remove();
    }
}

/// A change is drawn in one tick; its consequences, such as the focus, come in the next.
pub async fn settled() {
    for _ in 0..3 {
        tick().await;
    }
}

/// Waits until a condition holds: for the network and LINE, which take longer than a tick.
pub async fn until(what: &str, is: impl Fn() -> bool) {
    for _ in 0..300 {
        settled().await;
        if is() {
            return;
        }
        TimeoutFuture::new(10).await;
    }
    panic!("in vain: {what}");
}

/// A public attribute of `<html>`.
pub fn root(name: &str) -> Option<String> {
    document().document_element().unwrap().get_attribute(name)
}
