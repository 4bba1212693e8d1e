//! Commands about pictures.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

use serde_json::Value;
use services::assets::MAX_BYTES;
use services::wire::CellEdit;
use services::{Code, Failure};

use crate::args::sheet::Portrait;
use crate::console::Trouble;
use crate::session::Session;
use crate::sheet;

/// Keeps a picture and makes it the one that a character is shown with.
pub(crate) fn portrait(session: &mut Session<'_>, wanted: &Portrait) -> Result<(), Trouble> {
    // Looked up first, so that a mistyped name leaves no picture behind.
    let (library, _) = session.find(&wanted.name)?;
    let kept = library.assets().put(&read(&wanted.file)?)?;
    let change = CellEdit::Set {
        path: "/record/avatar".to_owned(),
        value: Value::from(kept.hash),
    };
    sheet::change(session, &wanted.name, &wanted.change, vec![change])
}

/// Reads a file, or standard input for `-`, up to one byte past the limit, which is enough for the services to refuse it.
fn read(file: &Path) -> Result<Vec<u8>, Failure> {
    let mut bytes = Vec::new();
    let limit = MAX_BYTES as u64 + 1;
    let done = if file.as_os_str() == "-" {
        io::stdin().lock().take(limit).read_to_end(&mut bytes)
    } else {
        File::open(file).and_then(|open| open.take(limit).read_to_end(&mut bytes))
    };
    done.map_err(|error| {
        let code = match error.kind() {
            io::ErrorKind::NotFound => Code::NotFound,
            _ => Code::Invalid,
        };
        Failure::new(
            code,
            format!("`{}` cannot be read: {error}.", file.display()),
            "Check the name, and that you may open it.",
        )
    })?;
    Ok(bytes)
}
