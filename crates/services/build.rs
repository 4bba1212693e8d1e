//! Lists the demo party's files, so that one added to the folder is one in the product.

#![allow(clippy::print_stdout)] // how a build script speaks to cargo

use std::fmt::Write as _;
use std::path::Path;

fn main() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../demo/party");
    println!("cargo:rerun-if-changed={}", folder.display());
    let mut files: Vec<_> = std::fs::read_dir(&folder)
        .map(|entries| entries.flatten().map(|entry| entry.path()).collect())
        .unwrap_or_default();
    files.retain(|path| path.extension().is_some_and(|ext| ext == "json"));
    files.sort();
    let mut list = String::from("[");
    for file in files {
        println!("cargo:rerun-if-changed={}", file.display());
        let _ = write!(list, "include_str!({:?}),", file.display().to_string());
    }
    list.push(']');
    let Some(out) = std::env::var_os("OUT_DIR") else {
        return;
    };
    if let Err(error) = std::fs::write(Path::new(&out).join("demo.rs"), list) {
        println!("cargo:warning=the demo party could not be listed: {error}");
    }
}
