//! What the readings look like from the other side: in TypeScript and in JSON.

use std::time::Duration;

use specta_typescript::Typescript;
use telemetry::{HealthCheck, Metrics, Problem, Snapshot};

#[test]
fn every_reading_exports_to_typescript_without_null_numbers() {
    let types = specta::Types::default()
        .register::<Snapshot>()
        .register::<HealthCheck>()
        .register::<Problem>();
    let text = Typescript::default()
        .export(&types, specta_serde::Format)
        .unwrap();
    for expected in [
        "p99: number",
        "memory_bytes: number",
        "threads: number | null",
        "hit_rate: number",
    ] {
        assert!(text.contains(expected), "{expected} is missing in:\n{text}");
    }
    let nullable: Vec<_> = text
        .lines()
        .filter(|line| line.contains("number | null"))
        .collect();
    assert_eq!(
        nullable.len(),
        1,
        "only `threads` may be unknown: {nullable:?}"
    );
}

#[test]
fn a_snapshot_survives_json() {
    let metrics = Metrics::new();
    metrics.time("sheet.edit").ok();
    metrics.time("sheet.edit").error();
    metrics.cache("sheets").hit();
    metrics.counter("events").add(3);
    metrics.gauge("queue").set(0.5);
    metrics
        .histogram("import_us")
        .record_duration(Duration::from_millis(3));
    metrics.store().appended(10);
    metrics.store().synced(Duration::from_micros(150), 1);

    let snapshot = metrics.snapshot();
    let json = serde_json::to_string(&snapshot).unwrap();
    assert!(
        !json.contains("null") || snapshot.process.threads.is_none(),
        "{json}"
    );
    assert_eq!(serde_json::from_str::<Snapshot>(&json).unwrap(), snapshot);
}
