//! Holds values against the schema: what a cell cannot hold is refused, with what would be right.

use history::CellPath;
use history::conflicts::{Open, SECTION};
use serde_json::Value;

use super::{Field, Keys, MAX_ID, MAX_NAME, MAX_PROSE, Shape, cells};
use crate::derived;
use crate::error::{CellError, shorten};
use crate::handle;
use crate::source::FORMAT;

/// Refuses a value that a cell of the source cannot hold.
///
/// The value may be a single cell's, or the object of a whole entry or section. Services call it for each cell of an
/// edit, so that a document stored under looser limits can still be opened and mended.
///
/// # Errors
/// A cell that is not there, a value of the wrong type, out of range, too long, or with control characters. The error
/// names the innermost cell at fault.
pub fn check_cell(path: &CellPath, value: &Value) -> Result<(), CellError> {
    let mut at = Walk { path: Vec::new() };
    let mut shape = &Shape::Record(cells::SOURCE);
    for segment in path.segments() {
        shape = at.enter(shape, segment)?;
        at.path.push(segment);
    }
    at.check(shape, value)
}

/// Refuses a whole document that holds what it cannot; see [`check_cell`].
///
/// # Errors
/// See [`check_cell`].
pub fn check_document(document: &Value) -> Result<(), CellError> {
    check_cell(&CellPath::root(), document)
}

struct Walk<'a> {
    path: Vec<&'a str>,
}

impl<'a> Walk<'a> {
    /// Steps from a shape into the cell of a name.
    fn enter(&mut self, shape: &'static Shape, name: &'a str) -> Result<&'static Shape, CellError> {
        match shape {
            Shape::Optional(inner) => self.enter(inner, name),
            Shape::Record(fields) => match fields.iter().find(|field| field.name == name) {
                Some(field) => Ok(&field.shape),
                None => Err(self.unknown(fields, name)),
            },
            Shape::Keyed(inner) => {
                self.id(name)?;
                Ok(inner)
            }
            Shape::Map(keys, inner) => {
                self.key(*keys, name)?;
                Ok(inner)
            }
            Shape::Set(keys) => {
                self.key(*keys, name)?;
                Ok(&Shape::Flag)
            }
            Shape::Free => Ok(&Shape::Free),
            _ => Err(self.error(
                "this cell holds one value and no cells".to_owned(),
                "Set the cell itself.",
            )),
        }
    }

    fn check(&mut self, shape: &'static Shape, value: &'a Value) -> Result<(), CellError> {
        match (shape, value) {
            (Shape::Optional(_), Value::Null) => Ok(()),
            (Shape::Optional(inner), value) => self.check(inner, value),
            (Shape::Conflict, value) => self.conflict(value),
            (Shape::Free, Value::Object(_)) => Ok(()),
            (Shape::Free, _) if self.path.len() > 1 => Ok(()),
            (
                Shape::Record(_) | Shape::Keyed(_) | Shape::Map(..) | Shape::Set(_),
                Value::Object(map),
            ) => {
                for (name, value) in map {
                    let inner = self.enter(shape, name)?;
                    self.path.push(name);
                    self.check(inner, value)?;
                    self.path.pop();
                }
                Ok(())
            }
            (Shape::Flag, Value::Bool(_)) => Ok(()),
            (Shape::Integer(min, max), Value::Number(number)) => {
                // A float without a fraction is the integer it is.
                let whole = number.as_i64().or_else(|| {
                    number
                        .as_f64()
                        .filter(|n| n.fract() == 0.0 && n.abs() < 1e15)
                        .map(|n| {
                            #[allow(
                                clippy::cast_possible_truncation,
                                reason = "guarded just before"
                            )]
                            let whole = n as i64;
                            whole
                        })
                });
                match whole {
                    Some(n) if (*min..=*max).contains(&n) => Ok(()),
                    _ => Err(self.range(&number.to_string(), shape)),
                }
            }
            (Shape::Number(min, max), Value::Number(number)) => match number.as_f64() {
                Some(n) if (*min..=*max).contains(&n) => Ok(()),
                _ => Err(self.range(&number.to_string(), shape)),
            },
            (_, Value::String(text)) => self.text(shape, text),
            (shape, value) => Err(self.wrong_type(shape, value)),
        }
    }

    fn text(&mut self, shape: &'static Shape, text: &str) -> Result<(), CellError> {
        match shape {
            Shape::Line(max) => {
                if text.len() > *max && text.chars().count() > *max {
                    let found = text.chars().count();
                    return Err(self.error(
                        format!("{found} characters are too many for this cell"),
                        &format!("At most {max} characters fit."),
                    ));
                }
                self.no_controls(text, false)
            }
            Shape::Prose => {
                if text.len() > MAX_PROSE {
                    return Err(self.error(
                        format!("{} bytes of text are too many for this cell", text.len()),
                        &format!("At most {} KB fit; move part of it to another note.", MAX_PROSE / 1024),
                    ));
                }
                self.no_controls(text, true)
            }
            Shape::Handle => match handle::problem(text) {
                None => Ok(()),
                Some(problem) => Err(self.error(
                    format!("`{}` is not a handle: {problem}", shorten(text)),
                    "A handle has 1 to 60 lower-case letters, digits and single `-` between them, like \
                     `sorrel-quickfen`.",
                )),
            },
            Shape::Format if text == FORMAT => Ok(()),
            Shape::Format => Err(self.error(
                format!("`{}` is not a format that this Forkbeard reads", shorten(text)),
                &format!("It reads `{FORMAT}`; a newer Forkbeard may have written this."),
            )),
            Shape::OneOf(names) if names.contains(&text) => Ok(()),
            Shape::OneOf(names) => Err(self.error(
                format!("`{}` is not one of the values of this cell", shorten(text)),
                &format!("It holds one of: {}.", names.join(", ")),
            )),
            Shape::Asset => {
                let hex = |c: char| c.is_ascii_digit() || ('a'..='f').contains(&c);
                if text.len() == 64 && text.chars().all(hex) {
                    return Ok(());
                }
                Err(self.error(
                    format!("`{}` does not name a picture of the library", shorten(text)),
                    "Pictures are named by their content hash, 64 hexadecimal digits in lower case.",
                ))
            }
            Shape::Reference => self.id(text),
            _ => Err(self.wrong_type(shape, &Value::String(String::new()))),
        }
    }

    fn no_controls(&self, text: &str, several_lines: bool) -> Result<(), CellError> {
        let allowed = |c: char| several_lines && matches!(c, '\n' | '\t');
        // Bytes first: almost every text is free of them, and the scan is cheap.
        if !text.bytes().any(|b| !(0x20..0x7f).contains(&b)) {
            return Ok(());
        }
        match text.chars().find(|c| c.is_control() && !allowed(*c)) {
            None => Ok(()),
            Some(c) if c == '\n' || c == '\t' => Err(self.error(
                "this cell holds one line without tabs".to_owned(),
                "Put longer text into the notes or the description.",
            )),
            Some(c) => Err(self.error(
                format!(
                    "the text holds the control character U+{:04X}",
                    u32::from(c)
                ),
                "Take it out; it often comes with text pasted from elsewhere.",
            )),
        }
    }

    fn id(&self, id: &str) -> Result<(), CellError> {
        let plain = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
        if !id.is_empty() && id.len() <= MAX_ID && id.chars().all(plain) {
            return Ok(());
        }
        Err(self.error(
            format!("`{}` cannot be the id of a thing", shorten(id)),
            &format!("An id has 1 to {MAX_ID} letters a-z, digits, `-` and `_`."),
        ))
    }

    fn key(&self, keys: Keys, key: &str) -> Result<(), CellError> {
        match keys {
            Keys::OneOf(names) if names.contains(&key) => Ok(()),
            Keys::OneOf(names) => Err(self.error(
                format!("`{}` is not one of the names of this cell", shorten(key)),
                &format!("It has: {}.", names.join(", ")),
            )),
            Keys::Name => {
                let fits = !key.trim().is_empty()
                    && key.chars().count() <= MAX_NAME
                    && !key.chars().any(char::is_control);
                if fits {
                    return Ok(());
                }
                Err(self.error(
                    format!("`{}` cannot be a name here", shorten(key)),
                    &format!("A name is one line of 1 to {MAX_NAME} characters."),
                ))
            }
            Keys::Path => match key.parse::<CellPath>() {
                Ok(path) if !path.is_root() => Ok(()),
                _ => Err(self.error(
                    format!("`{}` is not the path of a cell", shorten(key)),
                    "It is named by the path of the cell it is about, like `/combat/armor_class`.",
                )),
            },
            Keys::Conflict => match key.starts_with('#') {
                true => Ok(()),
                false => self.key(Keys::Path, key),
            },
        }
    }

    /// Holds a conflict that waits against what its cell may hold: whichever side is chosen has to fit.
    fn conflict(&self, value: &Value) -> Result<(), CellError> {
        let name = self.path.last().copied().unwrap_or_default();
        let Some(open) = Open::read(name, value) else {
            return Err(self.error(
                "this is no conflict that could be decided".to_owned(),
                "It holds what there was before as `base`, and as `sides` a list of who set what.",
            ));
        };
        let sides = open.sides.iter().filter_map(|side| side.value.as_ref());
        for value in open.base.iter().chain(sides) {
            if open.path.segments().first().is_some_and(|s| s == SECTION) {
                return Err(self.error(
                    "a conflict is not about another conflict".to_owned(),
                    "Decide the one that is there.",
                ));
            }
            check_cell(&open.path, value)?;
        }
        Ok(())
    }

    fn unknown(&self, fields: &'static [Field], name: &str) -> CellError {
        let mut cell = self.here();
        cell.push('/');
        cell.push_str(&escape(name));
        if derived::is_derived_text(&cell) {
            return CellError {
                message: "this number is computed and not written".to_owned(),
                hint: format!(
                    "Change what it is made of, or set it by hand at `{}`.",
                    derived::override_path_text(&cell)
                ),
                cell,
            };
        }
        let names: Vec<&str> = fields.iter().map(|field| field.name).collect();
        let close = similar::get_close_matches(name, &names, 1, 0.6);
        let hint = match close.first() {
            Some(close) => format!("Did you mean `{close}`?"),
            None => format!("There are: {}.", names.join(", ")),
        };
        CellError {
            cell,
            message: format!("there is no cell `{}` here", shorten(name)),
            hint,
        }
    }

    fn range(&self, found: &str, shape: &Shape) -> CellError {
        self.error(
            format!("{} does not fit this cell", shorten(found)),
            &wants(shape),
        )
    }

    fn wrong_type(&self, shape: &Shape, value: &Value) -> CellError {
        let found = match value {
            Value::Null => "nothing (`null`)",
            Value::Bool(_) => "true or false",
            Value::Number(_) => "a number",
            Value::String(_) => "text",
            Value::Array(_) => "a list",
            Value::Object(_) => "an object",
        };
        self.error(format!("{found} does not fit this cell"), &wants(shape))
    }

    fn error(&self, message: String, hint: &str) -> CellError {
        CellError {
            cell: self.here(),
            message,
            hint: hint.to_owned(),
        }
    }

    fn here(&self) -> String {
        self.path.iter().fold(String::new(), |mut out, segment| {
            out.push('/');
            out.push_str(&escape(segment));
            out
        })
    }
}

fn escape(segment: &str) -> String {
    segment.replace('~', "~0").replace('/', "~1")
}

/// Says what a cell takes, as a sentence.
fn wants(shape: &Shape) -> String {
    match shape {
        Shape::Integer(min, max) => format!("It holds a whole number from {min} to {max}."),
        Shape::Number(min, max) => format!("It holds a number from {min} to {max}."),
        Shape::Flag => "It holds true or false.".to_owned(),
        Shape::OneOf(names) => format!("It holds one of: {}.", names.join(", ")),
        Shape::Format => format!("It holds the text `{FORMAT}`."),
        Shape::Line(_) | Shape::Handle | Shape::Asset | Shape::Reference => {
            "It holds one line of text.".to_owned()
        }
        Shape::Prose => "It holds text.".to_owned(),
        Shape::Optional(inner) => format!("{} `null` leaves it open.", wants(inner)),
        Shape::Record(_) => "It holds an object of named cells.".to_owned(),
        Shape::Keyed(_) => {
            "It holds an object of things by their ids; a list has no ids, so two people could not \
             change it at once."
                .to_owned()
        }
        Shape::Map(..) => "It holds an object of values by their names.".to_owned(),
        Shape::Set(_) => {
            "It holds an object in which each member is mapped to true, like {\"Common\": true}."
                .to_owned()
        }
        Shape::Conflict => "It holds an open conflict, with its base and its sides.".to_owned(),
        Shape::Free => "It holds an object.".to_owned(),
    }
}
