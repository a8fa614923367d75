//! The screen that the person sees, derived from the state.

use super::{
    effect::Patience,
    screen::{Action, Button, Friend, Inside, Kind, QrImage, Screen, Target, Wait},
    state::{Again, State, Step, Stop, Visit},
};
use crate::core::{
    bind::{Binding, Message},
    device::{Device, LineApp},
    failure::Failure,
    url::Purpose,
};

/// LINE's settings, where a person withdraws an app's permissions (LINE URL scheme).
const AUTHORISED_APPS: &str = "https://line.me/R/nv/connectedApps";

impl State {
    /// The screen that the person sees now.
    #[must_use]
    pub fn screen(&self) -> Screen {
        Screen {
            kind: self.kind(),
            purpose: self.visit.purpose(),
            shop: self.visit.shop.clone(),
            buttons: self.buttons(),
            unlink_url: self.visit.unlink_url(),
            close_by_hand: self.visit.close_by_hand,
        }
    }

    fn kind(&self) -> Kind {
        if let Some(stop) = self.shown_stop() {
            let Stop { failure, copied, .. } = stop;
            return Kind::Failed { failure, code: failure.has_support_code().then(|| stop.support_code()), copied };
        }
        match &self.step {
            Step::InitPause { .. } => Kind::Working(Wait::Slow),
            Step::Pausing { wait, .. } => Kind::Working(*wait),
            Step::Asking(request) => match self.visit.purpose() {
                Purpose::Bind => Kind::Confirm(request.clone()),
                Purpose::Unlink => Kind::Unlink(request.clone()),
            },
            Step::Unlinked(unlinking) => Kind::Unlinked(*unlinking),
            Step::Account { owner, .. } => Kind::Account { name: owner.name.clone() },
            Step::Bound { binding, .. } => Kind::Bound {
                already: binding.already,
                account: self.visit.own_account().and_then(|own| own.name.clone()),
            },
            Step::Elsewhere { qr, astray, copied } => {
                let Device { inside, .. } = self.visit.device;
                let inside = inside.map(|app| Inside { app, browser: self.visit.device.browser() });
                let link = self.link_to_copy();
                Kind::OpenInLine { astray: *astray, inside, link, copied: *copied, qr: qr.clone() }
            }
            Step::Cancelled => Kind::Cancelled,
            _ if self.patience > Patience::Fresh => Kind::Working(Wait::Slow),
            _ => Kind::Working(Wait::Usual),
        }
    }

    /// The stop where the page is, or would be if no more answers came.
    pub(super) fn stop_now(&self) -> Option<Stop> {
        match &self.step {
            Step::Stopped(stop) | Step::Reloading(stop) | Step::Pausing { stop, .. } => Some(stop.clone()),
            Step::Init { .. } | Step::InitPause { .. } => {
                let old = self.visit.device.has_old_line();
                Some(self.stop_at(if old { Failure::LineTooOld } else { Failure::LineInit }, None, Again::Reload))
            }
            Step::Posting(attempt) => Some(self.stop_at(Failure::Unsure, None, Again::Bind(attempt.consent.clone()))),
            _ => None,
        }
    }

    /// The stop that is shown. A person whose patience is over sees the current stop, though the work goes on; if an
    /// answer still comes, the page moves on by itself.
    fn shown_stop(&self) -> Option<Stop> {
        let tells = matches!(self.step, Step::Stopped(_)) || self.patience == Patience::Over;
        self.stop_now().filter(|_| tells)
    }

    fn buttons(&self) -> Vec<Button> {
        let press = Button::press;
        if let Some(stop) = self.shown_stop() {
            let primary = match stop.again {
                Again::Never if stop.failure.is_setup() => press(Action::CopyCode),
                Again::Never => return vec![press(Action::Close)],
                Again::SignIn => self.visit.sign_in_button(),
                Again::Reload | Again::Init | Again::Bind(_) | Again::ByPress | Again::WayIn => press(Action::Retry),
            };
            // LINE itself needs neither this browser's connection to it nor a session here.
            let needs_line = matches!(stop.again, Again::Reload | Again::Init | Again::SignIn);
            let mut buttons = vec![primary];
            buttons.extend(self.visit.way_into_line().filter(|_| needs_line));
            buttons.push(press(Action::Close));
            return buttons;
        }
        match &self.step {
            Step::Asking(_) => match self.visit.purpose() {
                // A bind that was carried out before, perhaps for another account, stands, whatever the person says now.
                Purpose::Bind if self.visit.past().leaves_doubt() => vec![press(Action::Confirm), press(Action::Close)],
                Purpose::Bind => vec![press(Action::Confirm), press(Action::Cancel)],
                Purpose::Unlink => vec![press(Action::Unlink), press(Action::Close)],
            },
            Step::Unlinked(_) => vec![press(Action::Close)],
            Step::Bound { binding, friend } => self.bound_buttons(binding, *friend),
            // LINE may sign in that account again and again; only its app has another one.
            Step::Account { again, .. } => {
                let mut buttons = vec![press(Action::Confirm), press(Action::OtherAccount)];
                buttons.extend(self.visit.way_into_line().filter(|_| *again));
                buttons
            }
            Step::Elsewhere { qr, .. } => {
                let open = self.link_to_open(qr.as_ref()).map(|url| Button::link(Action::OpenLine, url));
                let copy = self.link_to_copy().map(|_| press(Action::CopyLink));
                // Unlinking is only for LINE: another browser may be signed in as somebody else.
                let login = (self.visit.purpose() == Purpose::Bind).then(|| press(Action::Login));
                open.into_iter().chain(copy).chain(login).collect()
            }
            Step::Cancelled => vec![press(Action::Retry), press(Action::Close)],
            _ if self.patience == Patience::Offered && self.stop_now().is_some() => vec![press(Action::Retry)],
            _ => Vec::new(),
        }
    }

    /// The link into LINE, where it is of use.
    fn link_to_open(&self, qr: Option<&QrImage>) -> Option<String> {
        self.visit.liff_url().filter(|_| self.visit.device.line_app.needs_link(qr.is_some()))
    }

    /// The link into LINE where a person may need it elsewhere: LINE may not open from another app's browser, and
    /// unlinking is only for LINE.
    pub(super) fn link_to_copy(&self) -> Option<String> {
        let Step::Elsewhere { qr, .. } = &self.step else { return None };
        match self.visit.purpose() {
            Purpose::Unlink => self.visit.liff_url(),
            Purpose::Bind => self.link_to_open(qr.as_ref()).filter(|_| self.visit.device.inside.is_some()),
        }
    }

    /// The buttons after a bind: the chat and the friend that messages need to arrive, the way back to the shop if it
    /// named one, and "close".
    fn bound_buttons(&self, binding: &Binding, friend: Friend) -> Vec<Button> {
        let asks = binding.message == Message::AwaitingReply && self.visit.is_line_on_a_phone();
        let chat = self.visit.shop.chat_url().filter(|_| asks).map(|url| Button::link(Action::Chat, url));
        let add = self.visit.shop.add_friend_url().filter(|_| friend == Friend::No);
        let back =
            binding.return_url.as_ref().filter(|url| self.visit.shop.owns(url)).map(|url| url.as_str().to_owned());
        let add = add.map(|url| Button::link(Action::AddFriend, url));
        let back = back.map(|url| {
            // In LINE's browser the shop would not know the customer: the cart is empty, and Google refuses the
            // sign-in.
            let target = if self.visit.facts.in_client { Target::Outside(url) } else { Target::Link(url) };
            Button { action: Action::Return, target }
        });
        chat.into_iter().chain(add).chain(back).chain([Button::press(Action::Close)]).collect()
    }
}

impl Visit {
    /// Whether this is LINE's LIFF browser, as the SDK says or the user agent.
    fn is_in_line(&self) -> bool {
        self.facts.in_client || self.device.is_liff
    }

    /// The link into LINE from another browser, unless LINE is certainly on another device.
    fn way_into_line(&self) -> Option<Button> {
        let may_open = !self.is_in_line() && self.device.line_app != LineApp::Elsewhere;
        self.liff_url().filter(|_| may_open).map(|url| Button::link(Action::OpenLine, url))
    }

    /// Where the customer can unlink on this page, or else withdraw the permission in LINE's settings; `None` if only
    /// words can explain it.
    fn unlink_url(&self) -> Option<String> {
        match self.liff_id() {
            Some(liff_id) if self.purpose() == Purpose::Bind && self.shop.can_unlink == Some(true) => {
                Some(self.launch.unlink_url(liff_id))
            }
            _ => self.is_line_on_a_phone().then(|| AUTHORISED_APPS.to_owned()),
        }
    }

    /// Starts over with LINE: in LINE by the LIFF URL, elsewhere by the sign-in.
    fn sign_in_button(&self) -> Button {
        match self.liff_url() {
            Some(url) if self.is_in_line() => Button::link(Action::OpenLine, url),
            _ => Button::press(Action::Login),
        }
    }
}
