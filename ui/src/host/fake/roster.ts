/** The roster and the exchange of the demo host: the same answers as the real ones, over rows in memory. */
import type {
  CharacterRow,
  Facet,
  Failure,
  ImportReport,
  ListQuery,
  NewCharacter,
  RosterPage,
} from '~/api/wire';
import { fold } from '~/kit/options';
import { handleOf, party } from './people';
import { refuse, type Commands, type World } from './world';

export function rosterCommands(world: World): Commands {
  return {
    roster_list: ({ query }) => page(world.rows, query as Required<ListQuery>),
    roster_get: ({ id }) => find(world, id),
    roster_create: ({ character: asked }) => {
      world.writable();
      const wanted = asked as NewCharacter;
      const name = wanted.display_name.trim();
      if (name === '')
        refuse({
          code: 'invalid',
          message: 'A character needs a name.',
          hint: 'Type one; it can be changed at any time.',
          cell: '/record/display_name',
        });
      const handle = wanted.handle?.toLowerCase() ?? free(world, handleOf(name));
      if (world.rows.some((row) => row.handle === handle))
        refuse({
          code: 'handle_taken',
          message: `The handle “${handle}” belongs to another character.`,
          hint: 'Choose another, or leave it empty.',
          cell: '/record/handle',
        });
      const now = world.now().toISOString();
      const row: CharacterRow = {
        id: crypto.randomUUID(),
        handle,
        display_name: name,
        kind: wanted.kind,
        owner: wanted.owner,
        species: '',
        class_line: '',
        classes: [],
        level: 0,
        active: true,
        avatar: null,
        created: now,
        updated: now,
        version_number: 1,
      };
      world.rows.push(row);
      world.changed(row.id);
      return { id: row.id, row };
    },
    roster_duplicate: ({ id }) => {
      world.writable();
      const from = find(world, id);
      const now = world.now().toISOString();
      const row = {
        ...from,
        id: crypto.randomUUID(),
        handle: free(world, from.handle),
        display_name: `${from.display_name} (copy)`,
        active: true,
        created: now,
        updated: now,
        version_number: 1,
      };
      world.rows.push(row);
      world.changed(row.id);
      return { id: row.id, row };
    },
    roster_archive: ({ id }) => setActive(world, id, false),
    roster_restore: ({ id }) => setActive(world, id, true),
    exchange_import_demo: () => {
      world.writable();
      const report: ImportReport = { characters: [], notices: [] };
      for (const row of party(world.now())) {
        if (world.rows.some((kept) => kept.handle === row.handle)) continue;
        world.rows.push(row);
        report.characters.push({
          name: row.display_name,
          id: row.id,
          handle: row.handle,
          result: { what: 'new' },
        });
      }
      world.changed(world.rows[0]?.id ?? '');
      return report;
    },
    exchange_import_opened: () => null,
    exchange_export: () => refuse(noFiles),
  };
}

const noFiles: Failure = {
  code: 'invalid',
  message: 'The demo has no files.',
  hint: 'Install Forkbeard to import and export characters.',
  cell: null,
};

function find(world: World, id: unknown): CharacterRow {
  const row = world.rows.find((candidate) => candidate.id === id);
  return (
    row ??
    refuse({
      code: 'not_found',
      message: 'There is no such character.',
      hint: 'Look through the library; it may have been archived.',
      cell: null,
    })
  );
}

function setActive(world: World, id: unknown, active: boolean): CharacterRow {
  world.writable();
  const row = find(world, id);
  const changed = {
    ...row,
    active,
    updated: world.now().toISOString(),
    version_number: row.version_number + 1,
  };
  world.rows[world.rows.indexOf(row)] = changed;
  world.changed(row.id);
  return changed;
}

function free(world: World, wanted: string): string {
  const taken = new Set(world.rows.map((row) => row.handle));
  if (!taken.has(wanted)) return wanted;
  for (let number = 2; ; number++) if (!taken.has(`${wanted}-${number}`)) return `${wanted}-${number}`;
}

function page(rows: CharacterRow[], query: Required<ListQuery>): RosterPage {
  const shown = rows.filter(
    (row) => query.archived === 'with' || row.active === (query.archived === 'without'),
  );
  const words = fold(query.text).split(/\s+/).filter(Boolean);
  const found = shown.filter((row) => {
    const text = fold(`${row.display_name} ${row.handle} ${row.species} ${row.class_line} ${row.owner}`);
    return (
      words.every((word) => text.includes(word)) &&
      (query.kinds.length === 0 || query.kinds.includes(row.kind)) &&
      (query.owners.length === 0 || query.owners.includes(row.owner)) &&
      (query.classes.length === 0 || row.classes.some((name) => query.classes.includes(name)))
    );
  });
  const key = {
    name: 'display_name',
    level: 'level',
    class: 'class_line',
    owner: 'owner',
    updated: 'updated',
    created: 'created',
  } as const;
  const by = key[query.sort];
  found.sort((a, b) => {
    const [x, y] = [a[by], b[by]];
    const order =
      typeof x === 'number' && typeof y === 'number' ? x - y : String(x).localeCompare(String(y), 'en');
    return (query.descending ? -order : order) || a.display_name.localeCompare(b.display_name, 'en');
  });
  return {
    rows: found.slice(query.offset, query.offset + (query.limit || 100)),
    total: found.length,
    library_total: rows.length,
    kinds: facet(shown.map((row) => row.kind)),
    classes: facet(shown.flatMap((row) => row.classes)),
    owners: facet(shown.map((row) => row.owner).filter(Boolean)),
  };
}

function facet(names: string[]): Facet[] {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return [...counts]
    .map(([name, count]) => ({ name, count }))
    .sort((a, b) => a.name.localeCompare(b.name, 'en'));
}
