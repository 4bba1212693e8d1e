//! The newest warnings and errors, kept in memory so that a panel can show them.

use std::collections::VecDeque;
use std::fmt::{self, Write};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Instant;

use serde::{Deserialize, Serialize};
use specta::Type;
use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id};
use tracing::{Event, Level, Subscriber};
use tracing_subscriber::Layer;
use tracing_subscriber::layer::Context;
use tracing_subscriber::registry::LookupSpan;

use crate::request::{ID, REQUEST};

/// How many problems are kept.
const KEPT: usize = 200;

/// A longer text is cut, so that one huge debug print cannot fill the memory.
const LONGEST_TEXT: usize = 2_000;

/// A warning or an error that was logged.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Type)]
pub struct Problem {
    /// Counts problems since the start, from 1: a key for lists.
    pub number: u32,
    /// How bad it is.
    pub level: ProblemLevel,
    /// Seconds between the event and this reading.
    // Always finite, and so a bare `number` rather than `number | null`.
    #[specta(type = u32)]
    pub age_s: f64,
    /// The module that told it.
    pub target: String,
    /// The message, with its fields as `name=value` after it.
    pub message: String,
    /// The id of the request it happened in, if any.
    pub request: Option<String>,
}

/// How bad a problem is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum ProblemLevel {
    /// Something is not as it should be; the work went on.
    Warn,
    /// Something did not get done.
    Error,
}

/// Keeps the last 200 warnings and errors; clones share one list.
#[derive(Clone, Debug, Default)]
pub struct Problems(Arc<Mutex<Ring>>);

#[derive(Debug, Default)]
struct Ring {
    told: u32,
    newest_last: VecDeque<(Instant, Problem)>,
}

impl Problems {
    /// Makes an empty list.
    pub fn new() -> Self {
        Self::default()
    }

    /// Returns the kept problems, newest first.
    pub fn recent(&self) -> Vec<Problem> {
        let now = Instant::now();
        let aged = |(at, problem): &(Instant, Problem)| Problem {
            age_s: now.saturating_duration_since(*at).as_secs_f64(),
            ..problem.clone()
        };
        self.lock().newest_last.iter().rev().map(aged).collect()
    }

    /// Returns the layer that fills this list with the warnings and errors of a subscriber.
    pub fn layer<S>(&self) -> impl Layer<S> + use<S>
    where
        S: Subscriber + for<'a> LookupSpan<'a>,
    {
        ProblemsLayer(self.clone())
    }

    fn push(&self, mut problem: Problem) {
        let mut ring = self.lock();
        ring.told = ring.told.saturating_add(1);
        problem.number = ring.told;
        if ring.newest_last.len() == KEPT {
            ring.newest_last.pop_front();
        }
        ring.newest_last.push_back((Instant::now(), problem));
    }

    fn lock(&self) -> MutexGuard<'_, Ring> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

struct ProblemsLayer(Problems);

/// The id of a request, kept with its span.
struct RequestId(String);

impl<S> Layer<S> for ProblemsLayer
where
    S: Subscriber + for<'a> LookupSpan<'a>,
{
    fn on_new_span(&self, attributes: &Attributes<'_>, id: &Id, context: Context<'_, S>) {
        if attributes.metadata().name() != REQUEST {
            return;
        }
        let mut found = FindId(None);
        attributes.record(&mut found);
        if let (Some(request), Some(span)) = (found.0, context.span(id)) {
            span.extensions_mut().replace(RequestId(request));
        }
    }

    fn on_event(&self, event: &Event<'_>, context: Context<'_, S>) {
        let level = match *event.metadata().level() {
            Level::ERROR => ProblemLevel::Error,
            Level::WARN => ProblemLevel::Warn,
            _ => return,
        };
        let mut text = Text::default();
        event.record(&mut text);
        let request = context.event_scope(event).and_then(|mut scope| {
            scope.find_map(|span| span.extensions().get::<RequestId>().map(|id| id.0.clone()))
        });
        self.0.push(Problem {
            number: 0,
            level,
            age_s: 0.0,
            target: text
                .log_target
                .take()
                .unwrap_or_else(|| event.metadata().target().to_owned()),
            message: text.finish(),
            request,
        });
    }
}

/// Picks the id out of a request span's fields.
struct FindId(Option<String>);

impl Visit for FindId {
    fn record_debug(&mut self, field: &Field, value: &dyn fmt::Debug) {
        if field.name() == ID {
            self.0 = Some(format!("{value:?}"));
        }
    }
}

/// Gathers an event's message and fields into one line.
#[derive(Default)]
struct Text {
    message: String,
    fields: String,
    /// Records that come through the `log` crate carry their module here.
    log_target: Option<String>,
}

impl Text {
    fn finish(self) -> String {
        let text = match (self.message.is_empty(), self.fields.is_empty()) {
            (_, true) => self.message,
            (true, false) => self.fields,
            (false, false) => format!("{} {}", self.message, self.fields),
        };
        match text.char_indices().nth(LONGEST_TEXT) {
            Some((end, _)) => format!("{}…", &text[..end]),
            None => text,
        }
    }
}

impl Visit for Text {
    fn record_str(&mut self, field: &Field, value: &str) {
        match field.name() {
            "log.target" => self.log_target = Some(value.to_owned()),
            "message" => self.message = value.to_owned(),
            _ => self.record_debug(field, &value),
        }
    }

    fn record_debug(&mut self, field: &Field, value: &dyn fmt::Debug) {
        // Writing into a `String` cannot fail.
        let _ = match field.name() {
            "message" => write!(self.message, "{value:?}"),
            // Where in the source a `log` record was written: the target says enough.
            name if name.starts_with("log.") => Ok(()),
            name => {
                let gap = if self.fields.is_empty() { "" } else { " " };
                write!(self.fields, "{gap}{name}={value:?}")
            }
        };
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use tracing::{error, info, warn};
    use tracing_subscriber::layer::SubscriberExt;

    use super::*;
    use crate::request_span;

    fn problems_of(work: impl FnOnce()) -> Vec<Problem> {
        let problems = Problems::new();
        let subscriber = tracing_subscriber::registry().with(problems.layer());
        tracing::subscriber::with_default(subscriber, work);
        problems.recent()
    }

    #[test]
    fn warnings_and_errors_are_kept_newest_first() {
        let problems = problems_of(|| {
            warn!(target: "vault", free = 12, disk = "sda", "little space");
            info!("nothing to see");
            error!(code = 7);
        });
        let lines: Vec<_> = problems
            .iter()
            .map(|p| (p.number, p.level, &*p.message))
            .collect();
        assert_eq!(
            lines,
            [
                (2, ProblemLevel::Error, "code=7"),
                (1, ProblemLevel::Warn, r#"little space free=12 disk="sda""#),
            ]
        );
        assert_eq!(problems[1].target, "vault");
        assert!(problems.iter().all(|p| p.request.is_none()));
    }

    #[test]
    fn a_problem_names_the_innermost_request() {
        let problems = problems_of(|| {
            let outer = request_span("outer");
            let inner = outer.in_scope(|| request_span(42));
            outer.in_scope(|| warn!("one"));
            inner.in_scope(|| tracing::info_span!("sync").in_scope(|| warn!("two")));
        });
        let requests: Vec<_> = problems.iter().map(|p| p.request.as_deref()).collect();
        assert_eq!(requests, [Some("42"), Some("outer")]);
    }

    #[test]
    fn a_huge_text_is_cut_between_characters() {
        let problems = problems_of(|| warn!("{}", "ß".repeat(1_000_000)));
        assert_eq!(problems[0].message.chars().count(), LONGEST_TEXT + 1);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(24))]
        #[test]
        fn the_newest_two_hundred_stay(told in 0..600_u32) {
            let problems = problems_of(|| (1..=told).for_each(|n| warn!("{n}")));
            let expected: Vec<u32> = (1..=told).rev().take(KEPT).collect();
            let numbers: Vec<u32> = problems.iter().map(|p| p.number).collect();
            prop_assert_eq!(&numbers, &expected);
            let messages: Vec<u32> = problems.iter().map(|p| p.message.parse().unwrap()).collect();
            prop_assert_eq!(&messages, &expected);
        }
    }
}
