//! Power cut: the library lies on a loop-mounted image; the image is copied while the writer stands still after an acknowledgement, and
//! the copy is what a machine would find after its power came back. Needs root.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use crate::Outcome;
use crate::kill::{Writer, examine};

/// An ext4 file system in a file, mounted.
struct Mounted {
    place: PathBuf,
}

impl Mounted {
    fn mount(image: &Path, place: &Path) -> Result<Mounted, String> {
        std::fs::create_dir_all(place).map_err(|error| error.to_string())?;
        sh("mount", &["-o", "loop", &text(image), &text(place)])?;
        Ok(Mounted {
            place: place.to_owned(),
        })
    }
}

impl Drop for Mounted {
    fn drop(&mut self) {
        for _ in 0..50 {
            if sh("umount", &[&text(&self.place)]).is_ok() {
                return;
            }
            std::thread::sleep(Duration::from_millis(20));
        }
    }
}

fn text(path: &Path) -> String {
    path.display().to_string()
}

fn sh(program: &str, arguments: &[&str]) -> Result<(), String> {
    let output = Command::new(program)
        .args(arguments)
        .output()
        .map_err(|error| format!("{program}: {error}"))?;
    if output.status.success() {
        Ok(())
    } else {
        Err(format!(
            "{program}: {}",
            String::from_utf8_lossy(&output.stderr).trim()
        ))
    }
}

/// Cuts the power so many times; where images cannot be mounted, says so and does nothing.
pub fn run(program: &Path, runs: u32, seed: u64) -> Outcome {
    let mut outcome = Outcome::default();
    if let Err(why) = cuts(program, runs, seed, &mut outcome) {
        outcome
            .notes
            .push(format!("power cuts were skipped: {why}"));
    }
    outcome
}

fn cuts(program: &Path, runs: u32, seed: u64, outcome: &mut Outcome) -> Result<(), String> {
    let mut random = fastrand::Rng::with_seed(seed);
    let folder = tempfile::tempdir().map_err(|error| error.to_string())?;
    let (image, copy) = (
        folder.path().join("disk.img"),
        folder.path().join("copy.img"),
    );
    for run in 0..runs {
        // A fresh disk for every fifth run, a used one for the others.
        if run % 5 == 0 {
            let file = std::fs::File::create(&image).map_err(|error| error.to_string())?;
            file.set_len(192 << 20).map_err(|error| error.to_string())?;
            sh("mkfs.ext4", &["-q", "-F", &text(&image)])?;
        }
        let disk = Mounted::mount(&image, &folder.path().join("disk"))?;
        let writer = Writer::start(program, &disk.place.join("library"));
        let mut acks: Vec<_> = writer.first().into_iter().collect();
        std::thread::sleep(Duration::from_millis(random.u64(0..700)));
        let pid = writer.child.id().to_string();
        sh("kill", &["-STOP", &pid])?;
        acks.extend(writer.said());
        sh("cp", &["--sparse=always", &text(&image), &text(&copy)])?;
        sh("kill", &["-CONT", &pid])?;
        drop(writer.kill());
        drop(disk);
        outcome.runs += 1;
        outcome.acknowledged += acks.len() as u64;
        let after = Mounted::mount(&copy, &folder.path().join("after"))?;
        examine(
            &after.place.join("library"),
            &acks,
            outcome,
            &format!("cut {run}"),
        );
    }
    Ok(())
}
