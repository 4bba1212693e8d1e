//! What the commands share.

use std::{path::PathBuf, sync::Arc};

use crate::{
    calls::Calls, commands::shell::About, desktop::Desktop, opened::Opened, watchdog::Watchdog,
};

/// What the commands share: made once, in the setup, before the page can call.
pub(crate) struct Shell {
    /// The folder of the library.
    pub(crate) library: PathBuf,
    /// The folder of the log files.
    pub(crate) logs: PathBuf,
    /// The way to the services.
    pub(crate) calls: Calls,
    /// The desktop around the window.
    pub(crate) desktop: Arc<dyn Desktop>,
    /// Documents that wait for the page.
    pub(crate) opened: Opened,
    /// What watches the page.
    pub(crate) watchdog: Watchdog,
}

impl Shell {
    /// Says what this program is and where it keeps things.
    pub(crate) fn about(&self) -> About {
        About {
            version: env!("CARGO_PKG_VERSION").to_owned(),
            platform: format!("{} {}", std::env::consts::OS, std::env::consts::ARCH),
            library: self.library.display().to_string(),
            logs: self.logs.display().to_string(),
        }
    }
}
