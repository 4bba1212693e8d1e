//! Files on their way in: each looked at first, then all taken in, with one report for the lot.

use std::path::{Path, PathBuf};

use super::Exchange;
use crate::Failure;
use crate::wire::{FileLook, FilePreview, ImportReport, Imported, ImportedAs, OnDuplicate, ReadAs};

/// A file that somebody wants to bring in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Incoming {
    /// A file on disk, read when it is looked at and again when it is taken in.
    File(PathBuf),
    /// A file whose content was handed over.
    Content {
        /// Its name; may be empty.
        name: String,
        /// What is in it.
        bytes: Vec<u8>,
    },
}

impl Incoming {
    fn name(&self) -> String {
        let name = match self {
            Incoming::File(path) => path.file_name().unwrap_or_default().to_string_lossy(),
            Incoming::Content { name, .. } => Path::new(name)
                .file_name()
                .unwrap_or_default()
                .to_string_lossy(),
        };
        crate::text::line(&name, 200)
    }
}

impl Exchange<'_> {
    /// Tells what each file would become; one that cannot be read is told of beside the others. Writes nothing.
    pub fn look(&self, files: &[Incoming]) -> Vec<FileLook> {
        let look = |file: &Incoming| match self.preview_of(file) {
            Ok(preview) => FileLook::Readable { preview },
            Err(failure) => FileLook::Refused {
                file: file.name(),
                failure,
            },
        };
        files.iter().map(look).collect()
    }

    fn preview_of(&self, file: &Incoming) -> Result<FilePreview, Failure> {
        match file {
            Incoming::File(path) => self.preview_file(path, ReadAs::Auto),
            Incoming::Content { name, bytes } => self.preview(bytes, name, ReadAs::Auto),
        }
    }

    /// Takes in files; one that cannot be read is told of in the report, beside what the others brought.
    pub fn take_in(&self, files: &[Incoming], on: OnDuplicate) -> ImportReport {
        let mut all = ImportReport {
            characters: Vec::new(),
            notices: Vec::new(),
        };
        for file in files {
            let report = match file {
                Incoming::File(path) => self.import_file(path, on),
                Incoming::Content { name, bytes } => self.import_as(bytes, name, ReadAs::Auto, on),
            };
            match report {
                Ok(report) => {
                    all.characters.extend(report.characters);
                    all.notices.extend(report.notices);
                }
                Err(failure) => all.characters.push(Imported {
                    name: file.name(),
                    id: None,
                    handle: None,
                    result: ImportedAs::Refused { failure },
                }),
            }
        }
        all
    }
}
