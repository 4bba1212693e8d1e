// The one list of the shell's commands, by area. The build script makes a permission of each, the shell a handler and a
// TypeScript function; a test holds it against the main window's capability. (Included by both, so no `//!` here.)
macro_rules! every_command {
    ($use:ident) => {
        $use![
            shell::shell_about,
            shell::shell_ready,
            shell::shell_set_color_scheme,
            shell::shell_show_folder,
        ]
    };
}
