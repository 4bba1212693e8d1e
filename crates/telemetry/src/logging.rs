//! Sets up the log: files by day, optionally standard error, and the list of recent problems.

use std::io;
use std::path::PathBuf;

use tracing::Subscriber;
use tracing::level_filters::LevelFilter;
use tracing_appender::non_blocking::{ErrorCounter, WorkerGuard};
use tracing_appender::rolling::{RollingFileAppender, Rotation};
use tracing_subscriber::filter::{EnvFilter, ParseError};
use tracing_subscriber::fmt;
use tracing_subscriber::fmt::writer::BoxMakeWriter;
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::registry::Registry;
use tracing_subscriber::util::SubscriberInitExt;
use tracing_subscriber::{Layer, registry};

use crate::problems::Problems;
use crate::scalar::narrow;

/// One file a day; the oldest goes when an eighth is begun.
const FILES_KEPT: usize = 7;

/// What stands when the caller asks for nothing.
const DEFAULT_LEVEL: &str = "info";

/// Said before the caller's own directives, which can overrule it. At its own level sled tells of
/// every page it touches and floods the log.
const QUIET: &str = "sled=warn";

/// How and where to log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LogSettings {
    /// Folder for the files `forkbeard.<date>.log`; made if it is missing.
    pub folder: PathBuf,
    /// Filter directives as `tracing` reads them, such as `info` or `info,vault=debug`; empty
    /// means `info`. sled logs from warnings upward unless it is named here.
    pub level: String,
    /// Whether each line is a JSON object.
    pub json: bool,
    /// Whether the lines also go to standard error.
    pub also_stderr: bool,
}

/// The log could not be set up.
#[derive(Debug, thiserror::Error)]
pub enum LogError {
    /// The filter directives cannot be read.
    #[error(
        "the log level {level:?} cannot be read ({source}); write for example \"info\" or \"info,vault=debug\""
    )]
    Level {
        /// The directives as they were given.
        level: String,
        /// What is wrong with them.
        source: ParseError,
    },
    /// The folder cannot be made or written to.
    #[error("the log folder {folder} cannot be used ({source}); make it writable or name another", folder = folder.display())]
    Folder {
        /// The folder as it was given.
        folder: PathBuf,
        /// What the operating system said.
        source: io::Error,
    },
    /// The process already logs.
    #[error("the log is already set up; set it up once, where the process starts")]
    AlreadySet,
}

/// Keeps the log running; lines still in memory are written when it is dropped.
#[must_use = "the log ends when its guard is dropped: keep it as long as the process runs"]
pub struct LogGuard {
    problems: Problems,
    lost: ErrorCounter,
    // Held for its drop, which waits for the writer.
    _worker: WorkerGuard,
}

impl LogGuard {
    /// Returns the list of recent warnings and errors; clones share it.
    pub fn problems(&self) -> Problems {
        self.problems.clone()
    }

    /// Returns how many lines were not written because the disk fell too far behind.
    pub fn lost_lines(&self) -> u32 {
        narrow(self.lost.dropped_lines() as u64)
    }
}

/// Sets up the log of this process, records of the `log` crate included; keep the guard.
///
/// Lines are written by a thread of their own: a slow disk costs log lines
/// ([`LogGuard::lost_lines`]), never the time of a command. Warnings and errors reach
/// [`LogGuard::problems`] whatever the level.
///
/// # Errors
/// [`LogError`] if the level cannot be read, the folder cannot be used, or the process already
/// logs.
pub fn init_logging(settings: LogSettings) -> Result<LogGuard, LogError> {
    let (subscriber, guard) = build(settings)?;
    subscriber.try_init().map_err(|_| LogError::AlreadySet)?;
    Ok(guard)
}

/// Builds the subscriber without making it the process's own, so that tests can have several.
fn build(settings: LogSettings) -> Result<(impl Subscriber + Send + Sync, LogGuard), LogError> {
    let LogSettings {
        folder,
        level,
        json,
        also_stderr,
    } = settings;
    let filter = || {
        filter(&level).map_err(|source| LogError::Level {
            level: level.clone(),
            source,
        })
    };
    // The level before the folder: a mistyped level leaves nothing behind.
    let file_filter = filter()?;
    let stderr_filter = also_stderr.then(filter).transpose()?;

    let (writer, worker) = tracing_appender::non_blocking(open(folder)?);
    let lost = writer.error_counter();
    let problems = Problems::new();

    let mut layers: Vec<Box<dyn Layer<Registry> + Send + Sync>> = vec![
        lines(json, BoxMakeWriter::new(writer))
            .with_filter(file_filter)
            .boxed(),
        problems.layer().with_filter(LevelFilter::WARN).boxed(),
    ];
    if let Some(filter) = stderr_filter {
        layers.push(
            lines(json, BoxMakeWriter::new(io::stderr))
                .with_filter(filter)
                .boxed(),
        );
    }
    let guard = LogGuard {
        problems,
        lost,
        _worker: worker,
    };
    Ok((registry().with(layers), guard))
}

fn filter(level: &str) -> Result<EnvFilter, ParseError> {
    let level = if level.trim().is_empty() {
        DEFAULT_LEVEL
    } else {
        level
    };
    let asked = EnvFilter::builder().parse(level)?;
    // Who asks for errors only, or for nothing, must not get sled's warnings on top.
    if asked
        .max_level_hint()
        .is_some_and(|loudest| loudest <= LevelFilter::WARN)
    {
        return Ok(asked);
    }
    EnvFilter::builder().parse(format!("{QUIET},{level}"))
}

fn open(folder: PathBuf) -> Result<RollingFileAppender, LogError> {
    let opened = std::fs::create_dir_all(&folder).and_then(|()| {
        RollingFileAppender::builder()
            .rotation(Rotation::DAILY)
            .filename_prefix("forkbeard")
            .filename_suffix("log")
            .max_log_files(FILES_KEPT)
            .build(&folder)
            .map_err(io::Error::other)
    });
    opened.map_err(|source| LogError::Folder { folder, source })
}

fn lines(json: bool, writer: BoxMakeWriter) -> Box<dyn Layer<Registry> + Send + Sync> {
    let layer = fmt::layer().with_writer(writer).with_ansi(false);
    if json {
        layer
            .json()
            .flatten_event(true)
            .with_current_span(false)
            .boxed()
    } else {
        layer.boxed()
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use tracing::{debug, error, info, warn};

    use super::*;
    use crate::request_span;

    fn settings(folder: &Path, level: &str) -> LogSettings {
        LogSettings {
            folder: folder.to_owned(),
            level: level.to_owned(),
            json: false,
            also_stderr: false,
        }
    }

    fn files(folder: &Path) -> Vec<String> {
        let mut names: Vec<String> = std::fs::read_dir(folder)
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        names
    }

    /// What `work` logs into the file, and the problems it left.
    fn logged(settings: LogSettings, work: impl FnOnce()) -> (String, Vec<crate::Problem>) {
        let folder = settings.folder.clone();
        let (subscriber, guard) = build(settings).unwrap();
        tracing::subscriber::with_default(subscriber, work);
        let problems = guard.problems();
        assert_eq!(guard.lost_lines(), 0);
        drop(guard);
        let text = files(&folder)
            .iter()
            .map(|name| std::fs::read_to_string(folder.join(name)).unwrap())
            .collect();
        (text, problems.recent())
    }

    #[test]
    fn the_level_decides_what_is_written_and_sled_is_quiet_by_default() {
        for (level, expected) in [
            ("", vec!["app info", "sled warn"]),
            ("warn", vec!["sled warn"]),
            ("debug", vec!["app info", "app debug", "sled warn"]),
            (
                "info,sled=debug",
                vec!["app info", "sled debug", "sled warn"],
            ),
            ("error", vec![]),
            ("off", vec![]),
        ] {
            let folder = tempfile::tempdir().unwrap();
            let (text, problems) = logged(settings(folder.path(), level), || {
                info!(target: "app", "app info");
                debug!(target: "app", "app debug");
                debug!(target: "sled", "sled debug");
                warn!(target: "sled", "sled warn");
            });
            let all = ["app info", "app debug", "sled debug", "sled warn"];
            let written: Vec<_> = all.into_iter().filter(|line| text.contains(line)).collect();
            assert_eq!(written, expected, "level {level:?} wrote:\n{text}");
            assert_eq!(
                problems.len(),
                1,
                "level {level:?}: a warning is a problem at any level"
            );
        }
    }

    #[test]
    fn each_json_line_names_its_request() {
        let folder = tempfile::tempdir().unwrap();
        let settings = LogSettings {
            json: true,
            ..settings(folder.path(), "warn")
        };
        let (text, problems) = logged(settings, || {
            request_span("7f3a").in_scope(|| error!(cell = "/combat/current_hp", "not saved"));
        });
        let line: serde_json::Value = serde_json::from_str(text.trim()).unwrap();
        assert_eq!(line["message"], "not saved");
        assert_eq!(line["cell"], "/combat/current_hp");
        assert_eq!(line["spans"][0]["name"], "request");
        assert_eq!(line["spans"][0]["id"], "7f3a");
        assert_eq!(problems[0].request.as_deref(), Some("7f3a"));
    }

    #[test]
    fn a_level_that_cannot_be_read_is_told_and_leaves_nothing_behind() {
        let folder = tempfile::tempdir().unwrap();
        let error = build(settings(&folder.path().join("logs"), "vault=loud"))
            .err()
            .unwrap();
        let text = error.to_string();
        assert!(
            text.contains("vault=loud") && text.contains("write for example"),
            "{text}"
        );
        assert_eq!(files(folder.path()), [""; 0]);
    }

    #[test]
    fn a_folder_that_cannot_be_made_is_told() {
        let folder = tempfile::tempdir().unwrap();
        let taken = folder.path().join("taken");
        std::fs::write(&taken, "a file, not a folder").unwrap();
        let error = build(settings(&taken, "info")).err().unwrap();
        assert!(matches!(error, LogError::Folder { .. }), "{error:?}");
        assert!(error.to_string().contains("name another"), "{error}");
    }

    #[test]
    fn seven_files_are_kept_and_strangers_are_left_alone() {
        let folder = tempfile::tempdir().unwrap();
        for day in 1..=9 {
            let name = format!("forkbeard.2020-01-0{day}.log");
            std::fs::write(folder.path().join(name), "old").unwrap();
        }
        std::fs::write(folder.path().join("notes.txt"), "mine").unwrap();
        logged(settings(folder.path(), "info"), || info!("today"));

        let (logs, others): (Vec<_>, Vec<_>) = files(folder.path())
            .into_iter()
            .partition(|name| name.ends_with(".log"));
        assert_eq!(logs.len(), FILES_KEPT, "{logs:?}");
        assert_eq!(others, ["notes.txt"]);
    }
}
