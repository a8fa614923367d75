//! Signs in, and greets the user by name. The crate's README says how to see it.

use line_liff::{InitConfig, Liff, Os, Result};

mod page;

/// Gives the greeting.
///
/// # Errors
/// When the SDK has one.
pub async fn greet(liff: &Liff, config: InitConfig<'_>) -> Result<String> {
    liff.init(config).await?;
    if !liff.is_logged_in()? {
        liff.login(None)?;
        return Ok("Signing in ...".into());
    }
    let name = liff.profile().await?.display_name().unwrap_or_else(|| "stranger".into());
    let place = match (liff.is_in_client()?, liff.os()?) {
        (true, os) => format!("LINE on {os}"),
        (false, Os::Web) => "a browser".into(),
        (false, os) => format!("a browser on {os}"),
    };
    Ok(format!("Hello, {name} in {place}!"))
}

fn main() {
    page::run(greet);
}
