//! What else merges two versions of a document: the yardsticks for a merge, each used as well as it can be.

pub mod crdt;
pub mod lines;
pub mod verdicts;
