//! Tells Tauri which commands exist, so that a window reaches only those its capability lists, and which files the
//! binary is made of.

use std::{error::Error, fs};

include!("commands/list.rs");

/// The names alone, each being the last word of its path.
macro_rules! names {
    ($($area:ident :: $command:ident),* $(,)?) => { &[$(stringify!($command)),*] };
}

/// What the page and the window's rights are made of; a change in any of them rebuilds the binary.
const INGREDIENTS: [&str; 5] = [
    "src-tauri/capabilities",
    "src-tauri/commands/list.rs",
    "tauri.conf.json",
    "icons",
    "ui/dist",
];

#[allow(clippy::print_stdout, reason = "how a build script speaks to cargo")]
fn main() -> Result<(), Box<dyn Error>> {
    // The embedded page's folder has to exist; an empty one builds, and the window then says what is missing.
    fs::create_dir_all("ui/dist")?;
    for path in INGREDIENTS {
        println!("cargo:rerun-if-changed={path}");
    }
    tauri_build::try_build(
        tauri_build::Attributes::new()
            .capabilities_path_pattern("src-tauri/capabilities/**/*")
            .app_manifest(
                tauri_build::AppManifest::new()
                    .commands(every_command!(names))
                    .permissions_path_pattern("src-tauri/permissions/**/*"),
            ),
    )?;
    Ok(())
}
