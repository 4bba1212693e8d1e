//! Open conflicts.
