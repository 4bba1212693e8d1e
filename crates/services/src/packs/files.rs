//! Packs as files: taken in, written out.

use history::{Action, CommitKind, Tree};
use rules::content::{self, MAX_PACK_BYTES, Written, key};
use sheet::{MAX_LINE, MAX_NAME, PackSource};

use super::shelf::is_own;
use super::view::in_order;
use super::{Packs, limits, text_of, tip, too_large};
use crate::wire::{PackText, PackView};
use crate::{Code, Failure};

/// The most files of one pack.
const MAX_FILES: usize = 200;

impl Packs<'_> {
    /// Takes in the files of a pack. One whose id the library has becomes a newer version of that pack.
    ///
    /// # Errors
    /// Files that are too many, too large, or no TOML; the id of a pack that stands in the program. Things that cannot be
    /// understood are taken in as they are and told of.
    pub fn import(&self, files: &[PackText]) -> Result<PackView, Failure> {
        self.library.timed("packs.import", || {
            let (head, mut things) = parts(files)?;
            let says = |field: &str| {
                let text = head.get(field).and_then(toml::Value::as_str);
                crate::text::line(text.unwrap_or_default(), MAX_LINE)
            };
            let file = files.first().map_or("Pack", |file| file.name.as_str());
            let stem = file.rsplit(['/', '\\']).next().unwrap_or(file);
            let stem = stem.strip_suffix(".toml").unwrap_or(stem);
            let name = [says("name"), says("id"), stem.to_owned()];
            let name = name.into_iter().find(|name| !name.trim().is_empty());
            let name = crate::text::line(&name.unwrap_or_default(), MAX_NAME);
            if is_own(&says("id")) {
                return Err(Failure::new(
                    Code::Invalid,
                    format!("`{}` is the pack that stands in the program.", says("id")),
                    "Give the pack an id of its own; it may replace whatever it likes.",
                ));
            }
            let id = [says("id"), name.clone()];
            let id = id.into_iter().find(|id| !id.is_empty()).unwrap_or_default();
            let mut source = PackSource::new(&sheet::handle_from(&id), &name);
            source.pack = sheet::PackSays {
                version: says("version"),
                license: says("license"),
                attribution: says("attribution"),
            };
            let known = self.library.pack_called(&source.record.handle)?;
            if let Some(row) = &known {
                // What is still there keeps its id, so that its history goes on.
                let read = self.library.read_pack(tip(row)?)?;
                for (id, (kind, name)) in &read.names {
                    let same = |part: &Written| part.kind == *kind && key(&part.name) == key(name);
                    if let Some(at) = things.iter().position(same) {
                        source.things.insert(id.clone(), text_of(things.remove(at)));
                    }
                }
            }
            for part in things {
                let id = self.library.settings.clock.new_id().to_string();
                source.things.insert(id, text_of(part));
            }
            limits(&source)?;
            match known {
                None => self.make(source, CommitKind::Import),
                Some(row) => {
                    let tree = self.library.tree(tip(&row)?)?;
                    let ours = Tree::from_value(
                        serde_json::to_value(&source).map_err(Failure::internal)?,
                    )?;
                    let title = match source.pack.version.as_str() {
                        "" => "Took in its files anew".to_owned(),
                        version => format!("Took in version {version} of its files"),
                    };
                    let (kind, action) = (CommitKind::Import, Action::Import);
                    self.land(&row, &tree, &ours, kind, action, Some(&title))
                }
            }
        })
    }

    /// Writes a pack as one file that [`Packs::import`] reads.
    ///
    /// # Errors
    /// A pack that is not there.
    pub fn export(&self, id: &str) -> Result<String, Failure> {
        self.library.timed("packs.export", || {
            let row = self.pack(id)?;
            let read = self.library.read_pack(tip(&row)?)?;
            let source = &read.source;
            let head = toml::Table::from_iter(
                [
                    ("id", &source.record.handle),
                    ("name", &source.record.display_name),
                    ("version", &source.pack.version),
                    ("license", &source.pack.license),
                    ("attribution", &source.pack.attribution),
                ]
                .map(|(name, text)| (name.to_owned(), toml::Value::from(text.as_str()))),
            );
            let head = toml::Table::from_iter([("pack".to_owned(), toml::Value::Table(head))]);
            let mut file = toml::to_string(&head).map_err(Failure::internal)?;
            for (_, thing) in in_order(&read) {
                file.push('\n');
                if toml::from_str::<toml::Table>(&thing.text).is_ok() {
                    file.push_str(thing.text.trim());
                    file.push('\n');
                } else {
                    // What is no TOML would take the whole file with it.
                    file.push_str("# This could not be read:\n");
                    for line in thing.text.trim().lines() {
                        file.push_str(&format!("# {line}\n"));
                    }
                }
            }
            Ok(file)
        })
    }

    /// Writes a pack to a file; an existing file is replaced only when the new one is complete.
    ///
    /// # Errors
    /// See [`Packs::export`]; also a place that cannot be written.
    pub fn export_to(&self, id: &str, path: &std::path::Path) -> Result<(), Failure> {
        let text = self.export(id)?;
        vault::write_atomically(path, text.as_bytes())
            .map_err(|error| crate::exchange::file_failure(path, "written", &error))
    }
}

/// Takes the files of a pack apart: what it says of itself, and its things.
fn parts(files: &[PackText]) -> Result<(toml::Table, Vec<Written>), Failure> {
    if files.is_empty() || files.len() > MAX_FILES {
        return Err(Failure::new(
            Code::Invalid,
            format!(
                "A pack has 1 to {MAX_FILES} files; these are {}.",
                files.len()
            ),
            "Choose the TOML files of one pack.",
        ));
    }
    let bytes: usize = files.iter().map(|file| file.text.len()).sum();
    if bytes > MAX_PACK_BYTES {
        return Err(too_large());
    }
    let mut head = toml::Table::new();
    let mut things = Vec::new();
    for file in files {
        let Some(parts) = content::written(&file.text) else {
            // Read once more for the place of the first fault.
            let problem = content::read_pack([(file.name.as_str(), file.text.as_str())]).err();
            let problem = problem.and_then(|all| all.into_iter().next());
            let what = problem.map_or_else(String::new, |one| {
                format!(", {}: {}", one.place, one.message)
            });
            return Err(Failure::new(
                Code::Invalid,
                format!(
                    "`{}` is no TOML{}.",
                    crate::text::line(&file.name, 120),
                    crate::text::line(&what, 300)
                ),
                "Mend the file and take it in again; nothing was taken in.",
            ));
        };
        for part in parts {
            if part.kind == "pack" {
                let table = toml::from_str::<toml::Table>(&part.text).unwrap_or_default();
                if let Some(toml::Value::Table(own)) = table.get("pack") {
                    head.extend(own.clone());
                }
            } else {
                things.push(part);
            }
        }
    }
    if things.is_empty() && head.is_empty() {
        return Err(Failure::new(
            Code::Invalid,
            "The files hold no things of a pack.",
            "A thing begins with the header of its kind, `[[spell]]`; a pack with `[pack]`.",
        ));
    }
    Ok((head, things))
}
