//! `beard`.
fn main() {}
