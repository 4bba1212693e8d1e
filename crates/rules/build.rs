//! Turns the content files into JSON, which is read several times faster than TOML each time the program starts.

#![allow(
    clippy::disallowed_methods,
    reason = "cargo tells a build script everything by its environment"
)]

use std::error::Error;
use std::path::Path;
use std::{env, fs};

const CONTENT: &str = "content/srd-5.2";

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed={CONTENT}");
    let out = env::var("OUT_DIR")?;
    for entry in fs::read_dir(CONTENT)? {
        let path = entry?.path();
        if path.extension().is_some_and(|ending| ending == "toml") {
            let table: toml::Table = toml::from_str(&fs::read_to_string(&path)?)
                .map_err(|error| format!("{}: {error}", path.display()))?;
            let name = path.with_extension("json");
            let name = name.file_name().ok_or("a file has a name")?;
            fs::write(Path::new(&out).join(name), serde_json::to_string(&table)?)?;
        }
    }
    Ok(())
}
