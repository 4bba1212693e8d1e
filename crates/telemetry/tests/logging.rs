//! The log as a process sets it up: once, for `tracing` and for the `log` crate alike.

use telemetry::{LogError, LogSettings, ProblemLevel, init_logging, request_span};

// One test only: the log belongs to the whole process.
#[test]
fn a_process_logs_into_its_folder_until_the_guard_goes() {
    let folder = tempfile::tempdir().unwrap();
    let settings = LogSettings {
        folder: folder.path().join("logs"),
        level: "info".to_owned(),
        json: false,
        also_stderr: true,
    };
    let guard = init_logging(settings.clone()).unwrap();
    let error = init_logging(settings.clone()).err().unwrap();
    assert!(matches!(error, LogError::AlreadySet), "{error:?}");

    request_span("first").in_scope(|| {
        tracing::info!("from tracing");
        log::info!(target: "sled::pagecache", "sled chatter");
        log::warn!(target: "sled::pagecache", "sled warning");
    });

    let problems = guard.problems().recent();
    assert_eq!(problems.len(), 1, "{problems:?}");
    let problem = &problems[0];
    assert_eq!(problem.level, ProblemLevel::Warn);
    assert_eq!(problem.message, "sled warning");
    assert_eq!(problem.target, "sled::pagecache");
    assert_eq!(problem.request.as_deref(), Some("first"));

    drop(guard);
    let text: String = std::fs::read_dir(&settings.folder)
        .unwrap()
        .map(|entry| std::fs::read_to_string(entry.unwrap().path()).unwrap())
        .collect();
    assert!(
        text.contains("from tracing") && text.contains("request{id=first}"),
        "{text}"
    );
    assert!(text.contains("sled warning"), "{text}");
    assert!(!text.contains("sled chatter"), "{text}");
}
