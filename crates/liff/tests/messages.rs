//! Messages are written as in LINE's own examples ("Message types", and the Messaging API reference).
#![cfg(not(target_arch = "wasm32"))]
#![expect(clippy::indexing_slicing, reason = "a test that meets the unexpected is to fail")]

use line_liff::{
    AltUri, Buttons, Carousel, Column, ImageAspectRatio, ImageColumn, ImageSize, Message, Template, UriAction,
};
use serde_json::{Value, json};

fn written(message: &Message) -> Value {
    serde_json::to_value(message).unwrap_or_default()
}

#[test]
fn messages_are_written_as_line_documents_them() {
    assert_eq!(written(&Message::text("Hello, world")), json!({ "type": "text", "text": "Hello, world" }));
    assert_eq!(
        written(&Message::sticker("446", "1988")),
        json!({ "type": "sticker", "packageId": "446", "stickerId": "1988" })
    );
    let (original, preview) = ("https://example.com/original", "https://example.com/preview.jpg");
    for (message, kind) in [(Message::image(original, preview), "image"), (Message::video(original, preview), "video")]
    {
        let expected = json!({ "type": kind, "originalContentUrl": original, "previewImageUrl": preview });
        assert_eq!(written(&message), expected);
    }
    assert_eq!(
        written(&Message::audio("https://example.com/original.m4a", 60_000)),
        json!({ "type": "audio", "originalContentUrl": "https://example.com/original.m4a", "duration": 60000 })
    );
    assert_eq!(
        written(&Message::location("my location", "1-3 Kioicho, Chiyoda-ku, Tokyo", 35.679_66, 139.736_69)),
        json!({
            "type": "location",
            "title": "my location",
            "address": "1-3 Kioicho, Chiyoda-ku, Tokyo",
            "latitude": 35.67966,
            "longitude": 139.73669,
        })
    );
    let bubble = json!({ "type": "bubble", "body": { "type": "box", "layout": "vertical", "contents": [] } });
    assert_eq!(
        written(&Message::flex("this is a flex message", bubble.clone())),
        json!({ "type": "flex", "altText": "this is a flex message", "contents": bubble })
    );
    let other = json!({ "type": "imagemap", "baseUrl": "https://example.com/bot/images/rm001" });
    assert_eq!(written(&Message::Other(other.clone())), other);
}

#[test]
fn templates_are_written_as_line_documents_them() {
    let action = || UriAction::new("View detail", "https://example.com/page/123");
    let view = json!({ "type": "uri", "label": "View detail", "uri": "https://example.com/page/123" });
    let template = |template: Value| json!({ "type": "template", "altText": "a template", "template": template });

    let buttons = Buttons {
        thumbnail_image_url: Some("https://example.com/bot/images/image.jpg".into()),
        image_aspect_ratio: Some(ImageAspectRatio::Rectangle),
        image_size: Some(ImageSize::Cover),
        image_background_color: Some("#FFFFFF".into()),
        title: Some("Menu".into()),
        text: "Please select".into(),
        default_action: Some(action()),
        actions: vec![action()],
    };
    assert_eq!(
        written(&Message::template("a template", buttons)),
        template(json!({
            "type": "buttons",
            "thumbnailImageUrl": "https://example.com/bot/images/image.jpg",
            "imageAspectRatio": "rectangle",
            "imageSize": "cover",
            "imageBackgroundColor": "#FFFFFF",
            "title": "Menu",
            "text": "Please select",
            "defaultAction": view,
            "actions": [view],
        }))
    );
    let alt_uri = Some(AltUri { desktop: "https://example.com/pc".into() });
    let confirm = Template::confirm("Are you sure?", [action(), UriAction { alt_uri, ..action() }]);
    let mut desktop = view.clone();
    desktop["altUri"] = json!({ "desktop": "https://example.com/pc" });
    assert_eq!(
        written(&Message::template("a template", confirm)),
        template(json!({ "type": "confirm", "text": "Are you sure?", "actions": [view, desktop] }))
    );
    let column = Column { text: "description".into(), actions: vec![action()], ..Default::default() };
    let carousel = Carousel { columns: vec![column], ..Default::default() };
    assert_eq!(
        written(&Message::template("a template", carousel)),
        template(json!({ "type": "carousel", "columns": [{ "text": "description", "actions": [view] }] }))
    );
    let image = ImageColumn { image_url: "https://example.com/bot/images/item1.jpg".into(), action: action() };
    assert_eq!(
        written(&Message::template("a template", Template::image_carousel([image]))),
        template(json!({
            "type": "image_carousel",
            "columns": [{ "imageUrl": "https://example.com/bot/images/item1.jpg", "action": view }],
        }))
    );
}
