//! What the command line may say.

use std::path::{Path, PathBuf};

use clap::Parser;

/// Character sheets and campaign memory with history, for 5E tables, offline.
#[derive(Debug, Clone, PartialEq, Eq, Parser)]
#[command(name = "forkbeard", version, about)]
pub struct Arguments {
    /// Keep the library in this folder instead of the usual one
    #[arg(long, value_name = "DIR")]
    pub data: Option<PathBuf>,

    /// Forkbeard documents (.forkbeard) to open
    #[arg(value_name = "FILE")]
    pub files: Vec<PathBuf>,

    /// Seconds that the page may take to start before the window says that it did not
    #[arg(long, value_name = "SECONDS", default_value_t = 30, hide = true)]
    pub page_deadline: u16,

    /// Answer every file dialog with this path instead of showing it (the tests cannot click native dialogs)
    #[arg(long, value_name = "PATH", hide = true)]
    pub answer_file_dialogs: Option<PathBuf>,
}

impl Arguments {
    /// Gives what another start of the program was called with; its relative paths count from `folder`.
    ///
    /// # Errors
    /// The sentence that clap would have printed.
    pub fn of_another_start(words: &[String], folder: &Path) -> Result<Self, String> {
        let mut arguments = Self::try_parse_from(words).map_err(|error| error.to_string())?;
        arguments.files = arguments
            .files
            .iter()
            .map(|file| local_path(file, folder))
            .collect();
        Ok(arguments)
    }
}

/// Gives the file that a desktop's `%U` means: a `file:` address or a path, relative to `folder`.
pub(crate) fn local_path(file: &Path, folder: &Path) -> PathBuf {
    let address = file.to_str().filter(|text| text.starts_with("file:"));
    match address.and_then(|text| tauri::Url::parse(text).ok()?.to_file_path().ok()) {
        Some(path) => path,
        None => folder.join(file),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(words: &[&str]) -> Result<Arguments, clap::Error> {
        Arguments::try_parse_from(std::iter::once("forkbeard").chain(words.iter().copied()))
    }

    #[test]
    fn help_and_version_are_answers_and_not_mistakes() {
        for (word, kind) in [
            ("--help", clap::error::ErrorKind::DisplayHelp),
            ("--version", clap::error::ErrorKind::DisplayVersion),
        ] {
            assert_eq!(parse(&[word]).unwrap_err().kind(), kind);
        }
    }

    #[test]
    fn an_unknown_option_is_a_mistake() {
        let error = parse(&["--dtaa", "x"]).unwrap_err();
        assert_eq!(error.kind(), clap::error::ErrorKind::UnknownArgument);
    }

    #[test]
    fn a_folder_and_files_are_taken() {
        let arguments = parse(&["--data", "lib", "a.forkbeard", "b.forkbeard"]).unwrap();
        assert_eq!(arguments.data, Some("lib".into()));
        assert_eq!(
            arguments.files,
            [PathBuf::from("a.forkbeard"), "b.forkbeard".into()]
        );
    }

    #[test]
    fn files_of_another_start_count_from_its_folder() {
        let words = [
            "forkbeard",
            "a.forkbeard",
            "/b.forkbeard",
            "file:///c%20d.forkbeard",
        ];
        let words = words.map(String::from);
        let arguments = Arguments::of_another_start(&words, Path::new("/home/mira")).unwrap();
        let expected = ["/home/mira/a.forkbeard", "/b.forkbeard", "/c d.forkbeard"];
        assert_eq!(arguments.files, expected.map(PathBuf::from));
    }
}
