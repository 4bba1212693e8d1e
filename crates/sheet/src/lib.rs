//! The vocabulary of a character: typed source, complete sheet, validation and merge policies.
