//! Unlinking (`docs/bind-api`, "Unlinking").

use serde_json::json;

use super::{Answer, Attempt, UnlinkRequest, agreed, carry_out, identify, known};
use crate::{
    fault::{Fault, Route},
    ledger::Unlinking,
    world::World,
};

/// The version of the text that a customer agrees to before a link ends.
const CONSENT: &str = "2026-01";

/// Answers a request to unlink.
pub async fn answer(world: &World, key: String, request: UnlinkRequest) -> Answer {
    let example = |name| world.examples.answer(name);
    let sub = match identify(world, &request.liff_id, &request.id_token) {
        Ok(sub) => sub,
        Err(name) => return example(name),
    };
    let attempt = Attempt { key, sub, liff_id: request.liff_id, bind_token: None };
    if let Some(answer) = known(world, &attempt) {
        return answer;
    }
    let config = world.config();
    if !config.unlinks {
        return example("unlink-disabled");
    }
    let Some(bound) = world.shop.binding_of(&attempt) else {
        return carry_out(world, &attempt, |world, _| world.examples.answer("not-linked")).await;
    };
    let token = request.access_token.unwrap_or_default();
    // LINE's `GET /oauth2/v2.1/verify`: is the token valid, and of this channel?
    let is_own = world.line.access_token(&token, world.clock.unix()).is_some_and(|(token, _)| {
        token.user.id == attempt.sub && attempt.liff_id.split('-').next() == Some(token.app.channel_id())
    });
    if !is_own {
        return example("access-token-invalid");
    }
    if agreed(request.consent).as_deref() != Some(CONSENT) {
        return example("consent-required-to-unlink").with("/consent/version", json!(CONSENT));
    }
    carry_out(world, &attempt, |world, attempt| {
        world.shop.unbound(attempt);
        let deauthorized = deauthorize(world, &token);
        world.book.unlinked(Unlinking { id: bound.id, sub: attempt.sub.clone(), deauthorized });
        world.examples.answer("unlinked").with("/content/deauthorized", json!(deauthorized))
    })
    .await
}

/// LINE's `POST /user/v1/deauthorize`: whether LINE has withdrawn the permission. The token is worthless afterwards.
fn deauthorize(world: &World, token: &str) -> bool {
    let is_up = world.faults.take(&Route::Deauthorize) == Fault::None;
    let withdrawn = is_up && world.line.deauthorize(token);
    world.book.deauthorization(withdrawn);
    withdrawn
}
