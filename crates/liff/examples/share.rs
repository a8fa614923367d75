//! Shares a Flex Message that leads back to this LIFF app. The crate's README says how to see it.

use line_liff::{Api, InitConfig, Liff, Message, Recipients, Result, Shared};
use serde_json::json;

mod page;

/// Has the user choose friends, and sends them the message.
///
/// # Errors
/// When the SDK has one.
pub async fn share(liff: &Liff, config: InitConfig<'_>) -> Result<String> {
    liff.init(config).await?;
    if !liff.is_logged_in()? {
        liff.login(None)?;
        return Ok("Signing in ...".into());
    }
    if !liff.is_api_available(&Api::ShareTargetPicker)? {
        return Ok("Switch on the share target picker in LINE Developers Console.".into());
    }
    let endpoint = liff.context()?.and_then(|context| context.endpoint_url()).unwrap_or_default();
    let link = liff.permanent_link(&endpoint).await?;
    let bubble = json!({
        "type": "bubble",
        "body": {
            "type": "box",
            "layout": "vertical",
            "contents": [
                { "type": "text", "text": "Look at this!", "weight": "bold" },
                { "type": "button", "action": { "type": "uri", "label": "Open", "uri": link } },
            ],
        },
    });
    let messages = [Message::flex("Look at this!", bubble)];
    Ok(match liff.share_target_picker(&messages, Recipients::Many).await? {
        Shared::Sent => "Sent.".into(),
        Shared::Cancelled => "Not sent.".into(),
    })
}

fn main() {
    page::run(share);
}
