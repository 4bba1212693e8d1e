/** Holds every function of the API to the commands that the shell really has, by name and by argument. */
import { readFileSync } from 'node:fs';
import { beforeEach, describe, expect, it } from 'vitest';
import { useHost } from '~/host/host';

/** What the generated bindings say: each command with the names of its arguments. */
const bindings = new Map(
  [
    ...readFileSync('src/wire/bindings.ts', 'utf8').matchAll(
      /__TAURI_INVOKE<.*>\("([a-z_]+)"(?:, \{ ?([^}]*?) ?\})?\)/g,
    ),
  ].map(([, command, args]) => [
    command ?? '',
    (args ?? '')
      .split(',')
      .map((name) => name.trim())
      .filter(Boolean),
  ]),
);

type Area = Record<string, (...args: unknown[]) => unknown>;
const areas = import.meta.glob<Area>(['./*.ts', '!./wire.ts', '!./*.test.ts'], { eager: true });
const functions = Object.entries(areas).flatMap(([file, area]) =>
  Object.entries(area)
    .filter(([, value]) => typeof value === 'function')
    .map(([name, call]) => ({ name: `${file.slice(2, -3)}.${name}`, call })),
);

/** Stands in for any answer: a sheet, what became of an edit, what came of a deed. */
const SHEET = { edition: '1', view: { edition: '1' }, edit: null };

const called: { command: string; args: string[] }[] = [];

/** Stands in for any argument: ids, requests, pictures. */
const anything = Object.assign(new Blob(['x']), { id: 'x', from: null, limit: 1, cell: null });
// jsdom's blobs cannot be read.
Object.defineProperty(anything, 'arrayBuffer', { value: () => Promise.resolve(new ArrayBuffer(1)) });

describe('the API', () => {
  beforeEach(() => {
    called.length = 0;
    useHost({
      kind: 'demo',
      call: (command, args = {}) => {
        called.push({ command, args: Object.keys(args) });
        return Promise.resolve(SHEET as never);
      },
      listen: () => Promise.resolve(() => {}),
      setTitle: () => Promise.resolve(),
    });
  });

  it('was read from the bindings', () => expect(bindings.size).toBeGreaterThan(30));

  it.each(functions)('$name calls a command that exists, with its arguments', async ({ call }) => {
    await call(...Array.from({ length: Math.max(call.length, 3) }, () => anything));
    expect(called).toHaveLength(1);
    for (const { command, args } of called) {
      const declared = bindings.get(command);
      expect(declared, `no command ${command}`).toBeDefined();
      for (const name of args) expect(declared, `${command} takes no “${name}”`).toContain(name);
    }
  });
});
