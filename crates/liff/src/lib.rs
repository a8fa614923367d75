#![doc = include_str!("../README.md")]
#![deny(missing_docs)]

mod auth;
mod context;
mod environment;
mod error;
mod friendship;
mod i18n;
mod init;
mod message;
mod names;
mod object;
mod permanent_link;
mod permission;
mod plugin;
mod profile;
mod scan;
mod sdk;
mod share;
mod shortcut;
mod template;
mod window;

pub use auth::Claims;
pub use context::{Availability, Colors, Context, ContextType, Feature, MenuColors, ViewType};
pub use environment::{Api, Os};
pub use error::{Error, ErrorCode, Result};
pub use friendship::{Friendship, FriendshipRequest, FriendshipTemplate, OfficialAccount};
pub use init::InitConfig;
pub use message::Message;
pub use permission::{PermissionState, Scope};
pub use profile::Profile;
pub use sdk::Liff;
pub use share::{Recipients, Shared};
pub use template::{AltUri, Buttons, Carousel, Column, ImageAspectRatio, ImageColumn, ImageSize, Template, UriAction};
pub use window::Browser;
