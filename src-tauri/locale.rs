//! Starts the program again under a locale that the web view understands.

use std::io;

use crate::Environment;

/// Replaces this process by itself with a mended locale, if it needs one; otherwise returns at once.
///
/// A variable of a running process cannot be set safely (other threads may be reading it), so the mended environment
/// is given to a fresh image of the same process: same id, same arguments, same standard streams.
///
/// # Errors
/// Only if the program's own file cannot be run again.
#[cfg(target_os = "linux")]
pub(crate) fn mend(environment: &Environment) -> io::Result<()> {
    use std::os::unix::process::CommandExt;

    let Some(variable) = environment.locale_to_mend() else {
        return Ok(());
    };
    let program = std::env::current_exe()?;
    Err(std::process::Command::new(program)
        .args(std::env::args_os().skip(1))
        .env(variable, "C")
        .exec())
}

/// Does nothing: other web views take the language from the system's settings.
#[cfg(not(target_os = "linux"))]
pub(crate) fn mend(_: &Environment) -> io::Result<()> {
    Ok(())
}
