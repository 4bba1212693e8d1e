//! The cell path: the one address in the system.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// Addresses a cell of a document, written as a JSON Pointer (RFC 6901): `/equipment/inventory/0192f…/quantity`.
///
/// Lists of things are maps from a stable id to the thing, so a segment is always a name and never a position.
/// At most 16 segments of at most 200 bytes each; the empty path is the whole document.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CellPath {
    segments: Vec<String>,
}

/// Says why a text is not a cell path.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PathError {
    /// The text does not begin with `/`.
    #[error("a cell path begins with `/`, like `/identity/name`")]
    NoSlash,
    /// A segment is empty, as in `/identity//name`.
    #[error("a cell path has no empty part")]
    EmptySegment,
    /// More than [`CellPath::MAX_DEPTH`] segments.
    #[error("a cell path has at most {} parts", CellPath::MAX_DEPTH)]
    TooDeep,
    /// A segment longer than [`CellPath::MAX_SEGMENT`] bytes.
    #[error("a part of a cell path has at most {} bytes", CellPath::MAX_SEGMENT)]
    TooLong,
    /// A `~` that is not `~0` or `~1`.
    #[error("in a cell path `~` is written `~0` and `/` inside a name `~1`")]
    BadEscape,
    /// A control character.
    #[error("a cell path has no control characters")]
    Control,
}

impl CellPath {
    /// The most segments a path may have.
    pub const MAX_DEPTH: usize = 16;
    /// The most bytes one segment may have.
    pub const MAX_SEGMENT: usize = 200;

    /// Names the whole document.
    pub fn root() -> Self {
        CellPath::default()
    }

    /// Reads a path from segments that need no unescaping.
    pub fn from_segments<I, S>(segments: I) -> Self
    where
        I: IntoIterator<Item = S>,
        S: Into<String>,
    {
        CellPath {
            segments: segments.into_iter().map(Into::into).collect(),
        }
    }

    /// Gives the segments from the outermost inwards.
    pub fn segments(&self) -> &[String] {
        &self.segments
    }

    /// Tells whether the path names the whole document.
    pub fn is_root(&self) -> bool {
        self.segments.is_empty()
    }

    /// Gives the path one level further in.
    pub fn child(&self, segment: &str) -> CellPath {
        let mut segments = Vec::with_capacity(self.segments.len() + 1);
        segments.extend_from_slice(&self.segments);
        segments.push(segment.to_owned());
        CellPath { segments }
    }

    /// Gives the path one level further out; `None` at the root.
    pub fn parent(&self) -> Option<CellPath> {
        let (_, rest) = self.segments.split_last()?;
        Some(CellPath {
            segments: rest.to_vec(),
        })
    }

    /// Gives the innermost segment; `None` at the root.
    pub fn last(&self) -> Option<&str> {
        self.segments.last().map(String::as_str)
    }

    /// Tells whether this path is the other or lies inside it.
    pub fn is_within(&self, other: &CellPath) -> bool {
        self.segments.starts_with(&other.segments)
    }
}

impl fmt::Display for CellPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for segment in &self.segments {
            f.write_str("/")?;
            if segment.contains(['~', '/']) {
                f.write_str(&segment.replace('~', "~0").replace('/', "~1"))?;
            } else {
                f.write_str(segment)?;
            }
        }
        Ok(())
    }
}

impl FromStr for CellPath {
    type Err = PathError;

    fn from_str(text: &str) -> Result<Self, PathError> {
        if text.is_empty() {
            return Ok(CellPath::root());
        }
        let rest = text.strip_prefix('/').ok_or(PathError::NoSlash)?;
        let mut segments = Vec::new();
        for part in rest.split('/') {
            if segments.len() == Self::MAX_DEPTH {
                return Err(PathError::TooDeep);
            }
            segments.push(unescape(part)?);
        }
        Ok(CellPath { segments })
    }
}

fn unescape(part: &str) -> Result<String, PathError> {
    if part.is_empty() {
        return Err(PathError::EmptySegment);
    }
    if part.len() > CellPath::MAX_SEGMENT {
        return Err(PathError::TooLong);
    }
    if part.chars().any(char::is_control) {
        return Err(PathError::Control);
    }
    if !part.contains('~') {
        return Ok(part.to_owned());
    }
    let mut out = String::with_capacity(part.len());
    let mut chars = part.chars();
    while let Some(c) = chars.next() {
        match c {
            '~' => match chars.next() {
                Some('0') => out.push('~'),
                Some('1') => out.push('/'),
                _ => return Err(PathError::BadEscape),
            },
            c => out.push(c),
        }
    }
    Ok(out)
}

impl Serialize for CellPath {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for CellPath {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<'de, str>::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn bad_paths_are_told_apart() {
        for (text, error) in [
            ("identity", PathError::NoSlash),
            ("/identity//name", PathError::EmptySegment),
            ("/", PathError::EmptySegment),
            ("/a~2", PathError::BadEscape),
            ("/a~", PathError::BadEscape),
            ("/a\u{7}", PathError::Control),
            (&"/a".repeat(17), PathError::TooDeep),
            (&format!("/{}", "a".repeat(201)), PathError::TooLong),
        ] {
            assert_eq!(text.parse::<CellPath>(), Err(error), "{text}");
        }
    }

    proptest! {
        #[test]
        fn text_round_trips(segments in prop::collection::vec("[a-z~/ é0-9]{1,12}", 0..8)) {
            let path = CellPath::from_segments(segments);
            prop_assert_eq!(path.to_string().parse::<CellPath>(), Ok(path));
        }
    }
}
