//! Files of other programs: recognised, looked at before anything is written, taken in with their original kept.

use std::path::Path;

use ::exchange::{Fate, Format, Import};
use serde_json::{Map, Value, json};

use super::{CharactersFile, Exchange, MARK, VERSION, name_of, parse, read_file};
use crate::wire::{FilePreview, ImportReport, ReadAs};
use crate::{Code, Failure};

/// Says what a file is to be read as.
fn format(bytes: &[u8], file_name: &str, read_as: ReadAs) -> Format {
    match read_as {
        ReadAs::Auto => ::exchange::detect(bytes, file_name),
        ReadAs::Forkbeard => Format::Forkbeard,
        ReadAs::Foundry => Format::Foundry,
    }
}

/// Tells whether a file is another program's; what is nobody's is held to be ours, so that it is refused in our words.
pub(super) fn is_foreign(bytes: &[u8], file_name: &str, read_as: ReadAs) -> bool {
    format(bytes, file_name, read_as) == Format::Foundry
}

impl Exchange<'_> {
    /// Tells what a file would become, and of another program's file what becomes of each of its parts; writes nothing.
    ///
    /// # Errors
    /// Bytes that are too many, no JSON, or of no kind that is read.
    pub fn preview(
        &self,
        bytes: &[u8],
        file_name: &str,
        read_as: ReadAs,
    ) -> Result<FilePreview, Failure> {
        self.library.timed("exchange.preview", || {
            let file = crate::text::line(file_name, 200);
            if is_foreign(bytes, file_name, read_as) {
                let import = self.read_foreign(bytes)?;
                return Ok(FilePreview {
                    file,
                    format: import.format,
                    characters: import.documents.iter().map(name_of).collect(),
                    report: Some(import.report),
                    portraits: import.portraits,
                });
            }
            let own = parse(bytes)?;
            Ok(FilePreview {
                file,
                format: Format::Forkbeard,
                characters: own.characters.iter().map(name_of).collect(),
                report: None,
                portraits: Vec::new(),
            })
        })
    }

    /// Looks at a file on disk; see [`Exchange::preview`].
    ///
    /// # Errors
    /// See [`Exchange::preview`]; also a file that is not there.
    pub fn preview_file(&self, path: &Path, read_as: ReadAs) -> Result<FilePreview, Failure> {
        let (bytes, name) = read_file(path)?;
        self.preview(&bytes, &name, read_as)
    }

    fn read_foreign(&self, bytes: &[u8]) -> Result<Import, Failure> {
        let clock = &self.library.settings.clock;
        let mut ids = || clock.new_id().to_string();
        let content = self.library.content()?;
        ::exchange::read(bytes, &content, &mut ids)
            .map_err(|refusal| Failure::new(Code::Invalid, refusal.message, refusal.hint))
    }

    /// Reads another program's file into a file of ours, keeps its original, and says so.
    pub(super) fn take_foreign(
        &self,
        bytes: &[u8],
        report: &mut ImportReport,
    ) -> Result<CharactersFile, Failure> {
        let import = self.read_foreign(bytes)?;
        let original = self.library.pictures.put(bytes)?.to_string();
        let count = |fate| import.report.count(fate);
        let built = if import.report.built {
            "It is built under the rules"
        } else {
            "Its sheet is written by hand"
        };
        report.notices.push(format!(
            "{}. {built}: {} parts are understood, {} are content of the rules, {} are kept as text, {} are not used. The \
             original is kept.",
            import.report.source,
            count(Fate::Understood),
            count(Fate::Mapped),
            count(Fate::KeptAsText),
            count(Fate::NotUsed),
        ));
        let mut characters = import.documents;
        for character in &mut characters {
            let from = json!({ "from": import.report.source, "original": original });
            if let Value::Object(document) = character {
                document.insert("extra".to_owned(), json!({ "imported": from }));
            }
        }
        Ok(CharactersFile {
            forkbeard: MARK.to_owned(),
            version: VERSION,
            characters,
            assets: Map::new(),
            bare: false,
        })
    }
}
