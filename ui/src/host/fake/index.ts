/**
 * A backend in memory, so that the whole interface runs in an ordinary browser and in tests.
 *
 * In a browser the address chooses what it plays: `?many=10000`, `?empty`, `?long`, `?slow=roster`, `?failing`, and
 * `?library=read_only|damaged|locked|newer_schema|not_a_library|internal`.
 */
import type { Code, LibraryEvent, LibraryStatus } from '~/api/wire';
import type { Host } from '../host';
import { backupsAt, healthCommands } from './health';
import { crowd, party, stretched } from './people';
import { rosterCommands } from './roster';
import { refuse, type Commands, type World } from './world';

export interface FakeOptions {
  /** How many characters; the sample party where absent. */
  many?: number;
  library?: Code;
  /** The area whose calls take a minute. */
  slow?: string;
  /** Names and lines of the greatest length. */
  long?: boolean;
  /** Every reading command fails. */
  failing?: boolean;
  now?: () => Date;
}

export interface FakeHost extends Host {
  readonly world: World;
  /** Plays an event of the shell, such as a choice from the menu. */
  emit(event: string, payload: unknown): void;
}

export function fakeHost(options: FakeOptions = {}): FakeHost {
  const now = options.now ?? (() => new Date());
  const hearers = new Map<string, Set<(payload: unknown) => void>>();
  const emit = (event: string, payload: unknown) => {
    for (const hear of hearers.get(event) ?? []) hear(payload);
  };
  const short = options.many === undefined ? party(now()) : crowd(options.many, now());
  const rows = options.long ? short.map(stretched) : short;
  const world: World = {
    rows,
    now,
    status: statusOf(options.library, rows.length, now()),
    writable: () => {
      if (world.status.state === 'closed') refuse(world.status.failure);
      if (world.status.read_only) refuse(world.status.read_only);
    },
    changed: (id) =>
      world.emit({ event: 'document_changed', id, branch: 'main', commit: crypto.randomUUID() }),
    emit: (event: LibraryEvent) => emit('library-event', event),
    packed: () => [],
    run: (command, args) => commands[command]?.(args),
  };
  const commands: Commands = { ...rosterCommands(world), ...healthCommands(world), ...roomFor(world) };

  return {
    kind: 'demo',
    world,
    emit,
    async call<T>(command: string, args: Record<string, unknown> = {}) {
      if (options.slow && command.startsWith(options.slow))
        await new Promise((done) => setTimeout(done, 60_000));
      const run = commands[command];
      if (!run)
        return refuse({ code: 'internal', message: `The demo has no ${command}.`, hint: '', cell: null });
      const needsLibrary = /^(roster|sheet|history|exchange|packs)_/.test(command);
      if (needsLibrary && world.status.state === 'closed') refuse(world.status.failure);
      if (options.failing && needsLibrary && !command.startsWith('exchange_'))
        refuse({
          code: 'internal',
          message: 'The index did not answer.',
          hint: 'Try again; if it stays, run the examination under Settings.',
          cell: null,
        });
      // A copy: nobody may hold on to what the backend holds.
      return structuredClone(run(args) ?? null) as T;
    },
    listen(event, hear) {
      const set = hearers.get(event) ?? new Set();
      hearers.set(event, set.add(hear as (payload: unknown) => void));
      return Promise.resolve(() => void set.delete(hear as (payload: unknown) => void));
    },
    setTitle(title) {
      document.title = title;
      return Promise.resolve();
    },
  };
}

/** Reads the options from the page's address. */
export function fakeOptions(search: string): FakeOptions {
  const asked = new URLSearchParams(search);
  const many = asked.get('many');
  return {
    many: asked.has('empty') ? 0 : many === null ? undefined : Number(many) || 0,
    library: (asked.get('library') as Code | null) ?? undefined,
    slow: asked.get('slow') ?? undefined,
    long: asked.has('long'),
    failing: asked.has('failing'),
  };
}

/** The commands of areas that bring a fake of their own: each `fake/<area>.ts` with a default export adds to them. */
function roomFor(world: World): Commands {
  const areas = import.meta.glob<{ default: (world: World) => Commands }>(['./*.ts', '!./index.ts'], {
    eager: true,
  });
  return Object.assign({}, ...Object.values(areas).map((area) => area.default?.(world) ?? {})) as Commands;
}

function statusOf(code: Code | undefined, characters: number, now: Date): LibraryStatus {
  const folder = '/home/maren/.local/share/forkbeard/library';
  const backups = backupsAt(now);
  const open = { state: 'open', folder, notices: [], characters, backups } as const;
  if (code === undefined) return { ...open, notices: [], read_only: null };
  const readOnly: Partial<Record<Code, [string, string]>> = {
    read_only: [
      'The library can be read, but the disk refused to write.',
      'Free some room or give yourself the right to write in the folder, then open it again.',
    ],
    damaged: [
      'Record 3,914 of the ledger does not match its checksum; everything before and after it can be read.',
      'Put back the newest backup: it fills the hole. Nothing is deleted.',
    ],
  };
  const reason = readOnly[code];
  if (reason)
    return { ...open, notices: [], read_only: { code, message: reason[0], hint: reason[1], cell: null } };
  const words: Partial<Record<Code, [string, string]>> = {
    locked: [
      'Another Forkbeard has this library open.',
      'Close the other window or the running command, then try again.',
    ],
    newer_schema: [
      'This library was written by a newer Forkbeard (schema 7; this one reads up to 4).',
      'Install the newest version; nothing in the folder was touched.',
    ],
    not_a_library: [
      'The folder holds files, but not a library.',
      'Start Forkbeard with another folder, or empty this one.',
    ],
    internal: ['Nothing in the ledger could be read.', 'Put back the newest backup. Nothing is deleted.'],
  };
  const [message, hint] = words[code] ?? [
    'The library could not be opened.',
    'Try again; the log file tells more.',
  ];
  return {
    state: 'closed',
    folder,
    failure: { code, message, hint, cell: null },
    backups: code === 'internal' ? backups : [],
  };
}
