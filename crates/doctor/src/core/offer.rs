//! The ways to see more than can be seen here: in LINE, or signed in.

use super::facts::{Facts, Init};
use liff_bind::core::{Launch, LiffId, LineApp, QrImage};

/// The ways to see more; at least one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Offer {
    /// The LIFF URL that opens the doctor in LINE.
    pub line_url: Option<String>,
    /// The same as a QR code.
    pub qr: Option<QrImage>,
    /// The URL to come back to from a sign-in here.
    pub sign_in: Option<String>,
}

impl Facts {
    /// The URL for a QR code, where LINE may be on another device.
    #[must_use]
    pub fn qr_url(&self, launch: &Launch) -> Option<String> {
        let liff_id = self.liff_id_to_open().filter(|_| self.device.line_app != LineApp::Here)?;
        Some(launch.qr_url(liff_id, None))
    }

    /// The ways to see more, with the QR code if it could be drawn; `None` if there is no way.
    #[must_use]
    pub fn offer(&self, launch: &Launch, qr: Option<QrImage>) -> Option<Offer> {
        let liff_id = self.liff_id_to_open().filter(|_| self.device.line_app.needs_link(qr.is_some()));
        // Before `liff.init` has resolved, the SDK can't sign in.
        let can_sign_in = self.init == Init::Done && !self.signed_in;
        let offer = Offer {
            line_url: liff_id.map(|id| launch.liff_url(id, None)),
            qr,
            sign_in: can_sign_in.then(|| launch.return_url(None, false)),
        };
        (offer != Offer::default()).then_some(offer)
    }

    fn liff_id_to_open(&self) -> Option<&LiffId> {
        self.liff_id.as_ref().filter(|_| !self.in_client)
    }
}
