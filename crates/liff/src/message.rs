//! Messages that a LIFF app sends in the user's name.

use crate::{Error, Liff, Result, Template, error::settle};
use js_sys::JSON;
use serde::Serialize;
use serde_json::Value;
use wasm_bindgen::JsValue;

/// A [message](https://developers.line.biz/en/docs/messaging-api/message-types/) that [`Liff::send_messages`] and
/// [`Liff::share_target_picker`] can send. All URLs are HTTPS.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(tag = "type", rename_all = "snake_case", rename_all_fields = "camelCase")]
#[non_exhaustive]
pub enum Message {
    /// A text.
    #[non_exhaustive]
    Text {
        /// The text.
        text: String,
    },
    /// A [sticker](https://developers.line.biz/en/docs/messaging-api/sticker-list/). Not for
    /// [`Liff::share_target_picker`].
    #[non_exhaustive]
    Sticker {
        /// The package's ID.
        package_id: String,
        /// The sticker's ID.
        sticker_id: String,
    },
    /// An image.
    #[non_exhaustive]
    Image {
        /// The image's URL.
        original_content_url: String,
        /// A smaller image's URL.
        preview_image_url: String,
    },
    /// A video.
    #[non_exhaustive]
    Video {
        /// The video's URL.
        original_content_url: String,
        /// An image's URL.
        preview_image_url: String,
    },
    /// An audio file.
    #[non_exhaustive]
    Audio {
        /// The file's URL.
        original_content_url: String,
        /// How long it plays, in milliseconds.
        duration: u32,
    },
    /// A place.
    #[non_exhaustive]
    Location {
        /// The title.
        title: String,
        /// The address.
        address: String,
        /// The latitude, in degrees.
        latitude: f64,
        /// The longitude, in degrees.
        longitude: f64,
    },
    /// A message with one of LINE's layouts. Doesn't reach the webhook of an official account.
    #[non_exhaustive]
    Template {
        /// A text for where the template can't be shown.
        alt_text: String,
        /// The template.
        template: Template,
    },
    /// A message with your own layout. Doesn't reach the webhook of an official account.
    #[non_exhaustive]
    Flex {
        /// A text for where the layout can't be shown.
        alt_text: String,
        /// A [bubble or a carousel](https://developers.line.biz/en/reference/messaging-api/#flex-message), whose
        /// actions are URI actions only: the JSON that [LINE's simulator](https://developers.line.biz/flex-simulator/)
        /// gives.
        contents: Value,
    },
    /// Any other message object, as JSON.
    #[serde(untagged)]
    Other(Value),
}

impl Message {
    /// A text.
    pub fn text(text: impl Into<String>) -> Self {
        Self::Text { text: text.into() }
    }

    /// A sticker, by the IDs of its package and its own.
    pub fn sticker(package_id: impl Into<String>, sticker_id: impl Into<String>) -> Self {
        Self::Sticker { package_id: package_id.into(), sticker_id: sticker_id.into() }
    }

    /// An image, by its URL and that of a smaller one.
    pub fn image(url: impl Into<String>, preview_url: impl Into<String>) -> Self {
        Self::Image { original_content_url: url.into(), preview_image_url: preview_url.into() }
    }

    /// A video, by its URL and that of an image.
    pub fn video(url: impl Into<String>, preview_url: impl Into<String>) -> Self {
        Self::Video { original_content_url: url.into(), preview_image_url: preview_url.into() }
    }

    /// An audio file, by its URL, and how long it plays, in milliseconds.
    pub fn audio(url: impl Into<String>, duration: u32) -> Self {
        Self::Audio { original_content_url: url.into(), duration }
    }

    /// A place, by title and address, and its latitude and longitude in degrees.
    pub fn location(title: impl Into<String>, address: impl Into<String>, latitude: f64, longitude: f64) -> Self {
        Self::Location { title: title.into(), address: address.into(), latitude, longitude }
    }

    /// One of LINE's layouts, and a text for where it can't be shown.
    pub fn template(alt_text: impl Into<String>, template: impl Into<Template>) -> Self {
        Self::Template { alt_text: alt_text.into(), template: template.into() }
    }

    /// Your own layout, as JSON, and a text for where it can't be shown.
    ///
    /// ```
    /// use line_liff::Message;
    /// use serde_json::json;
    ///
    /// let bubble = json!({
    ///     "type": "bubble",
    ///     "body": { "type": "box", "layout": "vertical", "contents": [{ "type": "text", "text": "Hello, World!" }] },
    /// });
    /// let message = Message::flex("Hello, World!", bubble);
    /// ```
    pub fn flex(alt_text: impl Into<String>, contents: impl Into<Value>) -> Self {
        Self::Flex { alt_text: alt_text.into(), contents: contents.into() }
    }
}

impl Liff {
    /// [`liff.sendMessages()`](https://developers.line.biz/en/reference/liff/#send-messages): sends one to five
    /// messages in the user's name to the chat from which the LIFF app was opened. Needs the `chat_message.write`
    /// scope.
    ///
    /// ```no_run
    /// # async fn run(liff: line_liff::Liff) -> line_liff::Result<()> {
    /// use line_liff::Message;
    ///
    /// liff.send_messages(&[Message::text("Hello, World!"), Message::sticker("446", "1988")]).await?;
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    /// `403` outside the LIFF browser over a chat, after a reload from the recently used services, and if the user
    /// hasn't agreed to the scope; `FORBIDDEN` without the scope; `INVALID_ARGUMENT` for none or too many messages.
    #[doc(alias = "sendMessages")]
    pub async fn send_messages(&self, messages: &[Message]) -> Result<()> {
        settle(self.raw_send_messages(&to_js(messages)?)).await.map(drop)
    }
}

/// The messages as JavaScript's objects.
pub(crate) fn to_js(messages: &[Message]) -> Result<JsValue> {
    let json = serde_json::to_string(messages).map_err(|error| Error::from(JsValue::from_str(&error.to_string())))?;
    Ok(JSON::parse(&json)?)
}
