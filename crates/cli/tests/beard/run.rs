//! Runs the real program on a library in a folder that goes away with the test.

use std::ffi::OsStr;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde_json::Value;
use tempfile::TempDir;

/// A library in a folder of its own.
pub(crate) struct Beard {
    folder: TempDir,
}

/// What a run of the program ended with and wrote.
#[derive(Debug)]
pub(crate) struct Ran {
    pub(crate) code: Option<i32>,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl Beard {
    pub(crate) fn new() -> Beard {
        Beard {
            folder: TempDir::new().unwrap(),
        }
    }

    /// Begins with one character, `bran`.
    pub(crate) fn with_bran() -> Beard {
        let beard = Beard::new();
        beard.does([
            "new",
            "Bran Ironbough",
            "--handle",
            "bran",
            "--owner",
            "Tom",
        ]);
        beard
    }

    /// Begins with a character who has something of everything, `sorrel-quickfen`.
    pub(crate) fn with_sorrel() -> Beard {
        let beard = Beard::new();
        let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/beard/fixtures/sorrel.json");
        beard.does(["import".as_ref(), file.as_os_str()]);
        beard
    }

    /// Begins with the demo party.
    pub(crate) fn with_party() -> Beard {
        let beard = Beard::new();
        beard.does(["import", "--demo"]);
        beard
    }

    /// The folder that `--data` names.
    pub(crate) fn path(&self) -> &Path {
        self.folder.path()
    }

    /// The folder of the library itself.
    pub(crate) fn library(&self) -> PathBuf {
        self.path().join("library")
    }

    /// Prepares a run; the environment of whoever runs the tests plays no part in it.
    pub(crate) fn command<S: AsRef<OsStr>>(&self, words: impl IntoIterator<Item = S>) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_beard"));
        for name in [
            "FORKBEARD_DATA",
            "CHARACTER_CACHE_TTL_MINUTES",
            "NO_COLOR",
            "CLICOLOR_FORCE",
        ] {
            command.env_remove(name);
        }
        command
            .env("TZ", "UTC")
            .env("USER", "Maren")
            .arg("--data")
            .arg(self.path())
            .args(words);
        command
    }

    /// Runs the program.
    pub(crate) fn run<S: AsRef<OsStr>>(&self, words: impl IntoIterator<Item = S>) -> Ran {
        finish(&mut self.command(words))
    }

    /// Runs the program with something on its standard input.
    pub(crate) fn fed<S: AsRef<OsStr>>(
        &self,
        words: impl IntoIterator<Item = S>,
        input: &[u8],
    ) -> Ran {
        let mut child = self
            .command(words)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        child.stdin.take().unwrap().write_all(input).unwrap();
        Ran::of(child.wait_with_output().unwrap())
    }

    /// Runs what must work, in silence on standard error; gives what it printed.
    pub(crate) fn does<S: AsRef<OsStr>>(&self, words: impl IntoIterator<Item = S>) -> String {
        let ran = self.run(words);
        assert_eq!((ran.code, ran.err.as_str()), (Some(0), ""), "{ran:?}");
        ran.out
    }

    /// Runs what must work with `--json`; gives what it printed.
    pub(crate) fn json<S: AsRef<OsStr>>(&self, words: impl IntoIterator<Item = S>) -> Value {
        let words: Vec<_> = words
            .into_iter()
            .map(|word| word.as_ref().to_owned())
            .collect();
        let out = self.does(std::iter::once(OsStr::new("--json").to_owned()).chain(words));
        serde_json::from_str(&out).unwrap()
    }

    /// Runs what must be refused with a code; gives the sentence, and holds the JSON of the error against it.
    pub(crate) fn refuses<S: AsRef<OsStr> + Clone>(
        &self,
        code: i32,
        words: impl IntoIterator<Item = S>,
    ) -> Value {
        let words: Vec<S> = words.into_iter().collect();
        let ran = self.run(&words);
        assert_eq!(ran.code, Some(code), "{ran:?}");
        assert!(ran.err.starts_with("error: "), "{ran:?}");
        let mut with_json = vec![OsStr::new("--json").to_owned()];
        with_json.extend(words.iter().map(|word| word.as_ref().to_owned()));
        let told = self.run(with_json);
        assert_eq!(told.code, Some(code), "{told:?}");
        let failure: Value = serde_json::from_str(told.err.lines().next().unwrap()).unwrap();
        for cell in ["code", "message", "hint", "cell"] {
            assert!(failure.get(cell).is_some(), "{failure} has no `{cell}`");
        }
        failure
    }
}

impl Ran {
    fn of(output: std::process::Output) -> Ran {
        Ran {
            code: output.status.code(),
            out: String::from_utf8(output.stdout).unwrap(),
            err: String::from_utf8(output.stderr).unwrap(),
        }
    }
}

/// Runs a prepared command to its end.
pub(crate) fn finish(command: &mut Command) -> Ran {
    Ran::of(command.output().unwrap())
}

/// The folder of the demo party's files.
pub(crate) fn party() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../demo/party")
}
