/** The shapes that cross to the backend. */

export type Kind = 'character' | 'npc' | 'monster';

export type Code =
  | 'not_found'
  | 'invalid'
  | 'handle_taken'
  | 'too_large'
  | 'nothing_to_undo'
  | 'conflict'
  | 'read_only'
  | 'disk_full'
  | 'locked'
  | 'newer_schema'
  | 'not_a_library'
  | 'damaged'
  | 'busy'
  | 'internal';

export interface Failure {
  code: Code;
  message: string;
  hint: string;
  cell: string | null;
}

export interface CharacterRow {
  id: string;
  handle: string;
  display_name: string;
  kind: Kind;
  owner: string;
  species: string;
  class_line: string;
  classes: string[];
  level: number;
  active: boolean;
  avatar: string | null;
  created: string;
  updated: string;
  version_number: number;
}

export type Archived = 'without' | 'only' | 'with';
export type SortBy = 'name' | 'level' | 'class' | 'owner' | 'updated' | 'created';

export interface ListQuery {
  text: string;
  kinds: Kind[];
  classes: string[];
  owners: string[];
  archived: Archived;
  sort: SortBy;
  descending: boolean;
  offset: number;
  limit: number;
}

export interface Facet {
  name: string;
  count: number;
}

export interface RosterPage {
  rows: CharacterRow[];
  total: number;
  library_total: number;
  kinds: Facet[];
  classes: Facet[];
  owners: Facet[];
}

export interface NewCharacter {
  display_name: string;
  handle: string | null;
  kind: Kind;
  owner: string;
}

export type ImportedAs =
  | { what: 'new' }
  | { what: 'copy' }
  | { what: 'updated' }
  | { what: 'skipped' }
  | { what: 'refused'; failure: Failure };

export interface Imported {
  name: string;
  id: string | null;
  handle: string | null;
  result: ImportedAs;
}

export interface ImportReport {
  characters: Imported[];
  notices: string[];
}

export interface BackupInfo {
  name: string;
  time: string;
  bytes: number;
  verified: boolean;
}

export type LibraryStatus =
  | { state: 'open'; folder: string; read_only: Failure | null; notices: string[]; characters: number }
  | { state: 'closed'; folder: string; failure: Failure; backups: BackupInfo[] };

export interface DoctorReport {
  healthy: boolean;
  records: number;
  commits: number;
  documents: number;
  millis: number;
  problems: string[];
  rebuilt: boolean;
}

export type HealthState = 'ok' | 'warn' | 'fail';

export interface HealthCheck {
  id: string;
  title: string;
  state: HealthState;
  detail: string;
  advice: string | null;
}

export interface Distribution {
  count: number;
  mean: number;
  p50: number;
  p95: number;
  p99: number;
  max: number;
}

export interface CommandFigures {
  name: string;
  count: number;
  errors: number;
  p50: number;
  p95: number;
  p99: number;
  max: number;
}

export interface CacheFigures {
  name: string;
  hits: number;
  misses: number;
  hit_rate: number;
}

export interface Snapshot {
  commands: CommandFigures[];
  caches: CacheFigures[];
  store: {
    appends: number;
    appended_bytes: number;
    sync: Distribution;
    group_size: Distribution;
    replays: number;
    replayed_records: number;
    replay_us: number;
    ledger_bytes: number;
    index_bytes: number;
  };
  process: { cpu_percent: number; memory_bytes: number; threads: number | null; uptime_s: number };
  counters: { name: string; count: number }[];
  gauges: { name: string; value: number }[];
  histograms: { name: string; distribution: Distribution }[];
}

export interface HealthView {
  figures: Snapshot;
  checks: HealthCheck[];
  time: string;
}

export type LibraryEvent =
  { event: 'document_changed'; id: string; branch: string; commit: string } | { event: 'library_changed' };

export interface About {
  version: string;
  platform: string;
  library: string;
  logs: string;
}

export type MenuAction =
  | 'new_character'
  | 'import'
  | 'export'
  | 'undo'
  | 'redo'
  | 'show_library'
  | 'show_history'
  | 'show_health'
  | 'show_palette'
  | 'show_shortcuts'
  | 'show_about';
