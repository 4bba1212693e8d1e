//! The rules of the game as pure functions: from choices to numbers that explain themselves.
