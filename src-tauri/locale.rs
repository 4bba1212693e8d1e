//! Starts the program again in an environment that the web view understands.

use std::io;

use crate::Environment;

/// Replaces this process by itself in a mended environment, if it needs one; otherwise returns at once.
///
/// A variable of a running process cannot be set safely (other threads may be reading it), so the mended environment
/// is given to a fresh image of the same process: same id, same arguments, same standard streams.
///
/// # Errors
/// Only if the program's own file cannot be run again.
#[cfg(target_os = "linux")]
pub(crate) fn mend(environment: &Environment) -> io::Result<()> {
    use std::os::unix::process::CommandExt;

    let variables = environment.to_mend();
    if variables.is_empty() {
        return Ok(());
    }
    let program = std::env::current_exe()?;
    Err(std::process::Command::new(program)
        .args(std::env::args_os().skip(1))
        .envs(variables)
        .exec())
}

/// Does nothing: other web views take the language, and how to paint, from the system's settings.
#[cfg(not(target_os = "linux"))]
pub(crate) fn mend(_: &Environment) -> io::Result<()> {
    Ok(())
}
