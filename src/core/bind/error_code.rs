//! The error codes of the bind API.

use crate::core::named;

named! {
    /// A cause that the bind API names: `errorCode` (`docs/bind-api/openapi.yaml`). Without a known one, the page goes
    /// by the status.
    pub enum ErrorCode {
        InvalidRequestBody = "INVALID_REQUEST_BODY",
        BindTokenMissing = "BIND_TOKEN_MISSING",
        BindTokenInvalid = "BIND_TOKEN_INVALID",
        VisitorNotFound = "VISITOR_NOT_FOUND",
        IdTokenExpired = "ID_TOKEN_EXPIRED",
        IdTokenInvalid = "ID_TOKEN_INVALID",
        AccessTokenInvalid = "ACCESS_TOKEN_INVALID",
        IdTokenAudienceMismatch = "ID_TOKEN_AUDIENCE_MISMATCH",
        LiffIdUnknown = "LIFF_ID_UNKNOWN",
        LiffIdWrongModule = "LIFF_ID_WRONG_MODULE",
        BindTokenExpired = "BIND_TOKEN_EXPIRED",
        BindTokenUsed = "BIND_TOKEN_USED",
        VisitorBoundToOtherLine = "VISITOR_BOUND_TO_OTHER_LINE",
        MemberIdConflict = "MEMBER_ID_CONFLICT",
        ConsentRequired = "CONSENT_REQUIRED",
        BindingDisabled = "BINDING_DISABLED",
        UnlinkDisabled = "UNLINK_DISABLED",
        ChannelNotConnected = "CHANNEL_NOT_CONNECTED",
        ProviderMismatch = "PROVIDER_MISMATCH",
        OriginNotAllowed = "ORIGIN_NOT_ALLOWED",
        RateLimited = "RATE_LIMITED",
        IdempotencyInProgress = "IDEMPOTENCY_IN_PROGRESS",
        IdempotencyKeyReused = "IDEMPOTENCY_KEY_REUSED",
        LineUnavailable = "LINE_UNAVAILABLE",
        InternalError = "INTERNAL_ERROR",
    }
}
