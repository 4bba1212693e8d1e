//! Where a library lies and what it runs with.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use telemetry::Metrics;

use crate::{Clock, Code, Failure};

/// Says where a library lies and what it runs with; the environment is read by the hosts.
#[derive(Clone)]
pub struct Settings {
    /// The folder.
    pub folder: PathBuf,
    /// Who sits at this computer; the author of changes.
    pub author: String,
    /// How long a cached sheet, list or thumbnail is kept.
    pub cache_ttl: Duration,
    /// Where time and ids come from.
    pub clock: Arc<dyn Clock>,
    /// Where figures go.
    pub metrics: Arc<Metrics>,
}

impl Settings {
    /// How long cached things are kept where nothing else is said: 15 minutes.
    pub const CACHE_TTL: Duration = Duration::from_secs(15 * 60);

    /// Names the environment variable by which hosts let a person choose another time to live.
    pub const CACHE_TTL_VARIABLE: &str = "CHARACTER_CACHE_TTL_MINUTES";

    /// Settings for a folder, with the machine's clock and fresh figures.
    pub fn new(folder: impl Into<PathBuf>, author: impl Into<String>) -> Settings {
        Settings {
            folder: folder.into(),
            author: author.into(),
            cache_ttl: Settings::CACHE_TTL,
            clock: Arc::new(crate::SystemClock),
            metrics: Arc::new(Metrics::new()),
        }
    }

    /// Takes the time to live from the value of [`Settings::CACHE_TTL_VARIABLE`]; 1 to 1,440 minutes.
    ///
    /// # Errors
    /// A value that is no such number.
    pub fn with_cache_ttl_minutes(mut self, text: Option<&str>) -> Result<Settings, Failure> {
        if let Some(text) = text {
            let minutes = text
                .trim()
                .parse::<u64>()
                .ok()
                .filter(|m| (1..=1_440).contains(m));
            let minutes = minutes.ok_or_else(|| {
                Failure::new(
                    Code::Invalid,
                    format!(
                        "{} is `{}`.",
                        Settings::CACHE_TTL_VARIABLE,
                        text.chars().take(40).collect::<String>()
                    ),
                    "Set it to a number of minutes from 1 to 1440, or leave it out for 15.",
                )
            })?;
            self.cache_ttl = Duration::from_secs(minutes * 60);
        }
        Ok(self)
    }
}
