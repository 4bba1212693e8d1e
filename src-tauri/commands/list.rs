// The one list of the shell's commands, by area. The build script makes a permission of each, the shell a handler and a
// TypeScript function; a test holds it against the main window's capability. (Included by both, so no `//!` here.)
macro_rules! every_command {
    ($use:ident) => {
        $use![
            shell::shell_about,
            shell::shell_ready,
            shell::shell_set_color_scheme,
            shell::shell_show_folder,
            roster::roster_list,
            roster::roster_get,
            roster::roster_create,
            roster::roster_duplicate,
            roster::roster_archive,
            roster::roster_restore,
            sheet::sheet_show,
            sheet::sheet_show_at,
            sheet::sheet_vocabulary,
            sheet::sheet_edit,
            sheet::sheet_undo,
            sheet::sheet_redo,
            sheet::sheet_rollback,
            history::history_list,
            history::history_compare,
            assets::assets_thumbnail,
            assets::assets_put,
            exchange::exchange_import,
            exchange::exchange_import_opened,
            exchange::exchange_import_text,
            exchange::exchange_import_demo,
            exchange::exchange_export,
            health::health_status,
            health::health_view,
            health::health_doctor,
            health::health_backups,
            health::health_backup,
            health::health_restore,
            health::health_reopen,
        ]
    };
}
