//! Template messages, with URI actions: a LIFF app may give them no others.

use serde::Serialize;

/// A [template](https://developers.line.biz/en/reference/messaging-api/#template-messages).
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "type", rename_all = "snake_case")]
#[non_exhaustive]
pub enum Template {
    /// An image, a title, a text and up to four buttons.
    Buttons(Buttons),
    /// A question with two answers.
    #[non_exhaustive]
    Confirm {
        /// The question.
        text: String,
        /// The answers.
        actions: [UriAction; 2],
    },
    /// Up to ten columns.
    Carousel(Carousel),
    /// Up to ten images.
    #[non_exhaustive]
    ImageCarousel {
        /// The images.
        columns: Vec<ImageColumn>,
    },
}

impl Template {
    /// A question with two answers.
    pub fn confirm(text: impl Into<String>, actions: [UriAction; 2]) -> Self {
        Self::Confirm { text: text.into(), actions }
    }

    /// Up to ten images.
    pub fn image_carousel(columns: impl Into<Vec<ImageColumn>>) -> Self {
        Self::ImageCarousel { columns: columns.into() }
    }
}

impl From<Buttons> for Template {
    fn from(buttons: Buttons) -> Self {
        Self::Buttons(buttons)
    }
}

impl From<Carousel> for Template {
    fn from(carousel: Carousel) -> Self {
        Self::Carousel(carousel)
    }
}

/// An image, a title, a text and up to four buttons.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Buttons {
    /// The image's URL.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub thumbnail_image_url: Option<String>,
    /// The image's shape.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub image_aspect_ratio: Option<ImageAspectRatio>,
    /// How the image fills its place.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub image_size: Option<ImageSize>,
    /// The colour behind the image, such as `#FFFFFF`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub image_background_color: Option<String>,
    /// The title.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// The text.
    pub text: String,
    /// The action of a tap on image, title or text.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub default_action: Option<UriAction>,
    /// The buttons.
    pub actions: Vec<UriAction>,
}

/// Up to ten columns, all with the same parts.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Carousel {
    /// The columns.
    pub columns: Vec<Column>,
    /// The shape of the images.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub image_aspect_ratio: Option<ImageAspectRatio>,
    /// How the images fill their places.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub image_size: Option<ImageSize>,
}

/// A column of a [`Carousel`].
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Column {
    /// The image's URL.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub thumbnail_image_url: Option<String>,
    /// The colour behind the image, such as `#FFFFFF`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub image_background_color: Option<String>,
    /// The title.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// The text.
    pub text: String,
    /// The action of a tap on image, title or text.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub default_action: Option<UriAction>,
    /// Up to three buttons.
    pub actions: Vec<UriAction>,
}

/// An image of a [`Template::ImageCarousel`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ImageColumn {
    /// The image's URL.
    pub image_url: String,
    /// The action of a tap.
    pub action: UriAction,
}

/// The shape of an image.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum ImageAspectRatio {
    /// 1.51 to 1.
    Rectangle,
    /// 1 to 1.
    Square,
}

/// How an image fills its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum ImageSize {
    /// It fills all of it, and may lose its edges.
    Cover,
    /// It is shown whole.
    Contain,
}

/// A [URI action](https://developers.line.biz/en/reference/messaging-api/#uri-action): opens a URL.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "type", rename = "uri", rename_all = "camelCase")]
pub struct UriAction {
    /// The label.
    pub label: String,
    /// The URL, of the scheme `http`, `https`, `line` or `tel`.
    pub uri: String,
    /// The URL for LINE on computers, if it differs.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub alt_uri: Option<AltUri>,
}

impl UriAction {
    /// Opens one URL everywhere.
    pub fn new(label: impl Into<String>, uri: impl Into<String>) -> Self {
        Self { label: label.into(), uri: uri.into(), alt_uri: None }
    }
}

/// Another URL for some devices.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct AltUri {
    /// For LINE on computers.
    pub desktop: String,
}
