//! What the program takes from its environment, randomness too: read here, and passed on.

use std::path::{Path, PathBuf};

use services::{Code, Failure, Settings};

use crate::args::Global;

/// The name of the desktop application's folder in the platform's data folder; both programs work on one library.
const APPLICATION: &str = "org.forkbeard.forkbeard";

/// The environment variables that the program minds.
#[derive(Debug, Clone, Default)]
pub(crate) struct Environment {
    /// `FORKBEARD_DATA`: the folder, where `--data` names none.
    pub(crate) data: Option<PathBuf>,
    /// `CHARACTER_CACHE_TTL_MINUTES`: how long derived sheets stay in memory, as it was written.
    pub(crate) cache_ttl_minutes: Option<String>,
    /// Who is logged in: the author of what is changed here.
    pub(crate) user: Option<String>,
}

impl Environment {
    /// Reads the process's environment; a variable that is empty counts as not set.
    #[allow(
        clippy::disallowed_methods,
        reason = "this host's one place that reads the environment"
    )]
    pub(crate) fn read() -> Environment {
        let set = |name: &str| std::env::var(name).ok().filter(|value| !value.is_empty());
        let data = std::env::var_os("FORKBEARD_DATA").filter(|value| !value.is_empty());
        Environment {
            data: data.map(PathBuf::from),
            cache_ttl_minutes: set(Settings::CACHE_TTL_VARIABLE),
            user: set("USER").or_else(|| set("USERNAME")),
        }
    }

    /// Makes the settings of the library that the arguments mean.
    ///
    /// # Errors
    /// A time to live that is none, or a platform without a folder for data.
    pub(crate) fn settings(&self, global: &Global) -> Result<Settings, Failure> {
        let folder = library_folder(global.data.as_deref().or(self.data.as_deref()))?;
        let said = global.author.as_deref().map(str::trim);
        let said = said.filter(|name| !name.is_empty()).map(str::to_owned);
        let author = said.or_else(|| self.user.clone());
        Settings::new(folder, author.unwrap_or_else(|| "Player".to_owned()))
            .with_cache_ttl_minutes(self.cache_ttl_minutes.as_deref())
    }
}

/// Draws a seed for dice from the system's entropy.
///
/// # Errors
/// A system that gives none.
pub(crate) fn seed() -> Result<u64, Failure> {
    getrandom::u64().map_err(|error| {
        Failure::new(
            Code::Internal,
            format!("The system gives no random numbers: {error}."),
            "Name a number of your own with `--seed N`.",
        )
    })
}

/// Gives the folder of the library: in the named folder, else where the desktop application keeps it.
fn library_folder(named: Option<&Path>) -> Result<PathBuf, Failure> {
    let root = match named {
        Some(folder) => folder.to_owned(),
        None => dirs::data_dir()
            .map(|data| data.join(APPLICATION))
            .ok_or_else(|| {
                Failure::new(
                    Code::Invalid,
                    "This computer names no folder for a program's data.",
                    "Name one with `--data DIR`.",
                )
            })?,
    };
    Ok(root.join("library"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_programs_work_on_one_library() {
        let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tauri.conf.json");
        let shell: serde_json::Value =
            serde_json::from_str(&std::fs::read_to_string(file).unwrap()).unwrap();
        assert_eq!(shell["identifier"], APPLICATION);
    }

    #[test]
    fn the_argument_goes_before_the_variable() {
        let environment = Environment {
            data: Some("variable".into()),
            ..Environment::default()
        };
        let folder = |data: Option<&str>| {
            let global = Global {
                data: data.map(PathBuf::from),
                ..Global::default()
            };
            environment.settings(&global).unwrap().folder
        };
        assert_eq!(
            folder(Some("argument")),
            Path::new("argument").join("library")
        );
        assert_eq!(folder(None), Path::new("variable").join("library"));
    }

    #[test]
    fn somebody_is_always_the_author() {
        for (argument, user, author) in [
            (Some("Maren"), Some("root"), "Maren"),
            (Some(" "), Some("root"), "root"),
            (None, Some("root"), "root"),
            (None, None, "Player"),
        ] {
            let environment = Environment {
                data: Some("x".into()),
                user: user.map(str::to_owned),
                ..Environment::default()
            };
            let global = Global {
                author: argument.map(str::to_owned),
                ..Global::default()
            };
            assert_eq!(environment.settings(&global).unwrap().author, author);
        }
    }

    #[test]
    fn a_time_to_live_that_is_none_is_refused() {
        let environment = Environment {
            data: Some("x".into()),
            cache_ttl_minutes: Some("soon".to_owned()),
            ..Environment::default()
        };
        let failure = environment.settings(&Global::default()).err().unwrap();
        assert!(
            failure.message.contains("CHARACTER_CACHE_TTL_MINUTES"),
            "{failure}"
        );
    }
}
