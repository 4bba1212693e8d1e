/** How the characters of the demo host stand to packs: what each is built on, what a newer version would change. */
import type {
  CellEdit,
  CharacterPack,
  EditOutcome,
  PackDifference,
  PackReview,
  SheetView,
} from '~/features/sheet/model';
import { withEdits } from '~/features/sheet/path';
import type { PackDoc } from './packs';
import { derive } from './sheet-rules';
import { refuse, type Commands, type World } from './world';

/** Packs that quick characters of the demo are built on besides the SRD: one that has moved on, one that is gone. */
export const DEMO_PACKS: CellEdit[] = [
  { op: 'set', path: '/build/packs/lanternfall', value: 'version 3' },
  { op: 'set', path: '/build/packs/moss-and-bone', value: '2.0' },
  { op: 'set', path: '/combat/hp_maximum_bonus', value: 2 },
];

const LABELS: Readonly<Record<string, string>> = {
  '/combat/hp_maximum': 'Hit point maximum',
  '/combat/current_hp': 'Hit points',
};

const date = (time: string) => new Date(time).toLocaleDateString('en-GB', { day: 'numeric', month: 'long' });

export function packsOfCharacters(
  world: World,
  library: ReadonlyMap<string, PackDoc>,
  compare: (doc: PackDoc, from: string, to: string) => PackDifference[],
): { countOf: (doc: PackDoc) => number; commands: Commands } {
  /** The characters that were ever asked about, by what they are built on. */
  const built = new Map<string, readonly string[]>();
  const show = (id: unknown): SheetView => {
    const view = world.run('sheet_show', { id }) as SheetView;
    built.set(String(id), Object.keys(view.source.build.packs));
    return view;
  };
  const byPack = (pack: string) => [...library.values()].find((doc) => doc.pack === pack);
  const at = (doc: PackDoc, said: string) =>
    doc.versions.find((version) => version.commit === said || `version ${version.number}` === said);

  function standing(view: SheetView): CharacterPack[] {
    const on = Object.entries(view.source.build.packs).map(([pack, said]): CharacterPack => {
      if (pack.startsWith('srd'))
        return { pack, id: null, name: 'SRD 5.2.1', version: said, state: 'current' };
      const doc = byPack(pack);
      const version = doc && at(doc, said);
      if (!doc || !version)
        return { pack, id: doc?.id ?? null, name: doc ? nameOf(doc) : pack, version: said, state: 'missing' };
      const newest = doc.versions.at(-1) === version;
      return {
        pack,
        id: doc.id,
        name: nameOf(doc),
        version: `version ${version.number}, of ${date(version.time)}`,
        state: !doc.active ? 'archived' : newest ? 'current' : 'newer',
      };
    });
    const off = [...library.values()]
      .filter((doc) => doc.active && !(doc.pack in view.source.build.packs))
      .map((doc): CharacterPack => ({
        pack: doc.pack,
        id: doc.id,
        name: nameOf(doc),
        version: null,
        state: 'available',
      }));
    return [...on, ...off];
  }

  const nameOf = (doc: PackDoc) => doc.versions.at(-1)?.head.name ?? doc.pack;

  function known(pack: unknown): PackDoc {
    return (
      byPack(String(pack)) ??
      refuse({
        code: 'not_found',
        message: `The library has no pack “${String(pack)}”.`,
        hint: 'Import it under Homebrew.',
        cell: null,
      })
    );
  }

  /** The demo's rules know one thing of the demo's packs: the hit points that Wickbearer gives. */
  function edits(doc: PackDoc): CellEdit[] {
    const version = doc.versions.at(-1);
    const points = /maximum grows by (\d+)/.exec(version?.texts.map(({ text }) => text).join() ?? '')?.[1];
    return [
      { op: 'set', path: `/build/packs/${doc.pack}`, value: version?.commit ?? '' },
      ...(points === undefined
        ? []
        : [{ op: 'set', path: '/combat/hp_maximum_bonus', value: Number(points) } as const]),
    ];
  }

  const write = (id: unknown, changes: CellEdit[], message: string) => {
    const request = { id, branch: null, base: show(id).commit, changes, message };
    const outcome = world.run('sheet_edit', { request }) as EditOutcome;
    show(id);
    return outcome;
  };

  return {
    countOf: (doc) => [...built.values()].filter((packs) => packs.includes(doc.pack)).length,
    commands: {
      sheet_packs: ({ id }) => standing(show(id)),
      sheet_pack_review: ({ id, pack }): PackReview => {
        const view = show(id);
        const doc = known(pack);
        const from = at(doc, view.source.build.packs[doc.pack] ?? '') ?? doc.versions[0];
        const to = doc.versions.at(-1)?.commit ?? '';
        const [before, after] = [derive(view.source), derive(withEdits(view.source, edits(doc)))];
        const stats = Object.keys(after.stats).filter(
          (cell) => before.stats[cell]?.value !== after.stats[cell]?.value,
        );
        const moved = standing(view).find((one) => one.pack === doc.pack);
        return {
          pack: moved ?? { pack: doc.pack, id: doc.id, name: nameOf(doc), version: null, state: 'available' },
          commit: to,
          differences: compare(doc, from?.commit ?? to, to),
          changes: stats.map((path) => ({
            path,
            label: LABELS[path] ?? path.split('/').at(-1)?.replaceAll('_', ' ') ?? path,
            tone: 'consequence',
            before: String(before.stats[path]?.value ?? ''),
            after: String(after.stats[path]?.value ?? ''),
          })),
          findings:
            doc.pack === 'house-rules'
              ? [
                  {
                    cell: '/build/packs/house-rules',
                    severity: 'warning',
                    message: 'House rules replaces Fireball, and 3 of its things cannot be used.',
                    hint: 'Open the pack under Homebrew: each problem stands at its line.',
                  },
                ]
              : [],
        };
      },
      sheet_pack_take: ({ id, pack }) => {
        const doc = known(pack);
        return write(id, edits(doc), `Took over ${nameOf(doc)}, version ${doc.versions.length}`);
      },
      sheet_pack_drop: ({ id, pack }) => {
        const doc = byPack(String(pack));
        const changes: CellEdit[] = [{ op: 'remove', path: `/build/packs/${String(pack)}` }];
        if (doc && edits(doc).length > 1)
          changes.push({ op: 'set', path: '/combat/hp_maximum_bonus', value: 0 });
        return write(id, changes, `No longer built on ${doc ? nameOf(doc) : String(pack)}`);
      },
    },
  };
}
