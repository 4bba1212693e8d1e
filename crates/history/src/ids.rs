//! Identities: names of documents, commits and trees, each its own type so that none is taken for another.

use std::fmt;
use std::str::FromStr;

use serde::de::Visitor;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use uuid::Uuid;

/// Says why a text is not an identity.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{text}` is not a {what}")]
pub struct IdError {
    what: &'static str,
    text: String,
}

impl IdError {
    fn new(what: &'static str, text: &str) -> Self {
        // Whatever was sent may be huge; an error message is not.
        IdError {
            what,
            text: text.chars().take(80).collect(),
        }
    }
}

macro_rules! uuid_id {
    ($(#[$doc:meta])* $name:ident, $what:literal) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub Uuid);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl FromStr for $name {
            type Err = IdError;

            fn from_str(text: &str) -> Result<Self, IdError> {
                Uuid::parse_str(text).map($name).map_err(|_| IdError::new($what, text))
            }
        }
    };
}

uuid_id!(
    /// Names a document (a character, a journal entry…) for ever; a version 7 UUID.
    DocumentId, "document id");
impl DocumentId {
    /// Names a document that belongs to this one, the same on every machine: a version 8 UUID, made of the blake3 digest of both.
    pub fn companion(self, what: &str) -> DocumentId {
        let Hash(digest) = Hash::of(&[self.0.as_bytes(), what.as_bytes()].concat());
        let mut bytes = [0; 16];
        bytes.copy_from_slice(&digest[..16]);
        DocumentId(uuid::Builder::from_custom_bytes(bytes).into_uuid())
    }
}

uuid_id!(
    /// Names one command in the operation log; a version 7 UUID.
    OperationId, "operation id");
uuid_id!(
    /// Names a change across its amendments: the commit changes, the change id stays; a version 7 UUID.
    ChangeId, "change id");
uuid_id!(
    /// Names the play session a commit happened in; a version 7 UUID.
    SessionId, "session id");

/// Holds a blake3 digest, 32 bytes; shown and serialised as 64 lower-case hexadecimal digits.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Hash(pub [u8; 32]);

impl Hash {
    /// Digests some bytes with blake3.
    pub fn of(bytes: &[u8]) -> Hash {
        Hash(*blake3::hash(bytes).as_bytes())
    }
}

impl fmt::Display for Hash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(blake3::Hash::from_bytes(self.0).to_hex().as_str())
    }
}

impl fmt::Debug for Hash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let hex = blake3::Hash::from_bytes(self.0).to_hex();
        write!(f, "#{}", &hex[..12])
    }
}

impl FromStr for Hash {
    type Err = IdError;

    fn from_str(text: &str) -> Result<Self, IdError> {
        blake3::Hash::from_hex(text)
            .map(|hash| Hash(*hash.as_bytes()))
            .map_err(|_| IdError::new("hash of 64 hexadecimal digits", text))
    }
}

impl Serialize for Hash {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(blake3::Hash::from_bytes(self.0).to_hex().as_str())
    }
}

impl<'de> Deserialize<'de> for Hash {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_str(Hexadecimal)
    }
}

/// Reads a digest without a copy of its digits.
struct Hexadecimal;

impl Visitor<'_> for Hexadecimal {
    type Value = Hash;

    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("64 hexadecimal digits")
    }

    fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<Hash, E> {
        text.parse().map_err(E::custom)
    }
}

macro_rules! hash_id {
    ($(#[$doc:meta])* $name:ident, $what:literal) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub Hash);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl FromStr for $name {
            type Err = IdError;

            fn from_str(text: &str) -> Result<Self, IdError> {
                text.parse().map($name).map_err(|_| IdError::new($what, text))
            }
        }
    };
}

hash_id!(
    /// Names a commit: the blake3 digest of its canonical JSON.
    CommitId, "commit id");
hash_id!(
    /// Names the content of a document: the root hash of its tree; equal exactly for equal content.
    TreeId, "tree id");

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_companion_has_the_same_name_everywhere_and_no_other_has_it() {
        let one = DocumentId(Uuid::from_u128(1));
        let book = one.companion("book");
        assert_eq!(book.to_string(), "f019a9c7-d0a0-8b75-b2e8-e0b32cd1a5ac");
        assert_eq!(book, one.companion("book"));
        assert_ne!(book, one.companion("purse"));
        assert_ne!(book, DocumentId(Uuid::from_u128(2)).companion("book"));
        assert_eq!(book.0.get_version_num(), 8);
    }

    #[test]
    fn hash_text_round_trips_and_refuses_rubbish() {
        let id = CommitId(Hash::of(b"sorrel"));
        assert_eq!(id.to_string().parse::<CommitId>(), Ok(id));
        let json = serde_json::to_string(&id).unwrap();
        assert_eq!(serde_json::from_str::<CommitId>(&json).unwrap(), id);
        let error = "x"
            .repeat(10_000)
            .parse::<CommitId>()
            .unwrap_err()
            .to_string();
        assert!(error.contains("commit id") && error.len() < 200, "{error}");
        assert!("42".parse::<DocumentId>().is_err());
    }
}
