//! The span that carries a request's id from the window down to the disk.

use std::fmt;

use tracing::{Span, error_span};

/// The name of the span that carries a request's id.
pub(crate) const REQUEST: &str = "request";

/// The field of that span which holds the id.
pub(crate) const ID: &str = "id";

/// Makes the span that one request runs in: `request{id=…}`.
///
/// A host makes it where the request arrives and enters it around the call of a service; every log
/// line and every [`Problem`](crate::Problem) from inside names the id. Work handed to another
/// thread takes `tracing::Span::current()` along and enters it there.
///
/// ```
/// let span = telemetry::request_span("7f3a");
/// span.in_scope(|| tracing::info!("saved"));
/// ```
pub fn request_span(id: impl fmt::Display) -> Span {
    // The highest level, so that no filter that lets a warning through can take its request away.
    error_span!("request", id = %id)
}
