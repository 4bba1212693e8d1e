/** What happened before the demo began: several evenings for everybody, and for Sorrel a life with what-ifs and a merge. */
import type { CellEdit, Source } from '~/features/sheet/model';
import { read, withEdits } from '~/features/sheet/path';
import { afterTwelve, asBeforeBoth, meanwhile, onBlades } from './merging-past';
import { commit, step, tipOf, type Commit, type Doc, type Step } from './lines-doc';
import type { World } from './world';

const MINUTE = 60_000;
const DAY = 864e5;
const set = (path: string, value: unknown): CellEdit => ({ op: 'set', path, value });
const remove = (path: string): CellEdit => ({ op: 'remove', path });

/** A few evenings that end where the character stands now. */
export function past(world: World, doc: Doc, author: string): void {
  const now = world.now().getTime();
  const at = (days: number, minute: number, path: string, value: unknown, who = author) =>
    step(world, doc, [set(path, value)], { time: now - days * DAY + minute * MINUTE, author: who });
  const { combat, identity, equipment } = tipOf(doc).source;
  const { gp } = equipment.currency;
  at(9, 0, '/identity/personality/ideals', identity.personality.ideals || 'Keep the lamp lit.');
  at(9, 4, '/equipment/currency/gp', gp + 60);
  at(9, 11, '/equipment/currency/gp', gp);
  at(5, 0, '/combat/damage_taken', combat.damage_taken + 16, 'DM');
  at(5, 8, '/combat/damage_taken', combat.damage_taken + 7);
  at(5, 21, '/combat/exhaustion', 1, 'DM');
  at(5, 40, '/combat/exhaustion', 0);
  at(1, 0, '/combat/temporary_hp', 8);
  at(1, 3, '/combat/temporary_hp', combat.temporary_hp);
  at(0.02, 0, '/combat/damage_taken', combat.damage_taken);
}

/** How Sorrel began: four levels, few coins, no cloak. */
export function asSorrelBegan(now: Source): Source {
  const cloak = '/equipment/magical_items/cloak';
  return withEdits(now, [
    remove('/levels/level-5'),
    remove('/levels/level-6'),
    remove(cloak),
    ...Object.keys(now.conditions).map((id) => remove(`/conditions/${id}`)),
    set('/equipment/currency/gp', 120),
    set('/equipment/inventory/potion/quantity', 1),
    set('/identity/xp', 2700),
    set('/combat/damage_taken', 0),
    set('/combat/temporary_hp', 0),
    set('/identity/personality/backstory', now.identity.personality.backstory.split('\n')[0] ?? ''),
    set('/notes', ''),
  ]);
}

export function sorrelsPast(world: World, doc: Doc, author: string, now12: Source): void {
  const to = afterTwelve(now12);
  const now = world.now().getTime();
  const make = (days: number, minute: number, edits: CellEdit[], how: Step = {}) =>
    step(world, doc, edits, { time: now - days * DAY + minute * MINUTE, author, ...how });
  const tag = (made: Commit, name: string, days: number) =>
    doc.tags.unshift({
      id: name.toLowerCase().replaceAll(' ', '-'),
      name,
      commit: made.line.id,
      author: 'DM',
      time: new Date(now - days * DAY).toISOString(),
    });
  const branch = (name: string, title: string, archived = false) =>
    doc.branches.set(name, { name, title, head: tipOf(doc, 'main').line.id, archived, request: null });
  const [nine, ten, eleven, twelve] = [9, 10, 11, 12].map((number) => ({ session: `session ${number}` }));
  const dm = { author: 'DM' };

  make(35, 0, [set('/equipment/currency/gp', 180)], { ...nine, ...dm });
  make(35, 24, [set('/combat/damage_taken', 14)], nine);
  make(35, 70, [set('/combat/damage_taken', 0)], { ...nine, kind: 'edit', title: 'Long rest' });
  tag(make(35, 96, [set('/identity/xp', 6500)], { ...nine, ...dm }), 'as of session 9', 35);
  make(33, 0, [set('/levels/level-5', to.levels['level-5'])], { kind: 'level_up', title: 'Level 5: Cleric' });
  make(28, 0, [set('/combat/exhaustion', 1)], { ...ten, ...dm });
  make(28, 12, [set('/equipment/inventory/potion/quantity', 2)], ten);
  make(28, 45, [set('/combat/exhaustion', 0)], ten);
  tag(make(28, 81, [set('/identity/xp', 9800)], { ...ten, ...dm }), 'before the Barrow', 27);

  branch('barrow-loot', 'loot of the Hollow Barrow');
  const cloak = to.equipment.magical_items.cloak;
  make(21, 0, [set('/equipment/magical_items/cloak', cloak)], { ...dm, branch: 'barrow-loot' });
  make(21, 6, [set('/equipment/currency/gp', 430)], { ...dm, branch: 'barrow-loot' });
  make(20, 0, asBeforeBoth(to), { title: 'Wrote of the Barrow' });
  make(20, 9, [set('/combat/damage_taken', 12)]);
  const loot = tipOf(doc, 'barrow-loot');
  commit(
    world,
    doc,
    withEdits(tipOf(doc).source, [
      set('/equipment/magical_items/cloak', cloak),
      set('/equipment/currency/gp', 430),
    ]),
    [],
    {
      ...dm,
      kind: 'merge',
      title: 'Brought in: loot of the Hollow Barrow',
      time: now - 19 * DAY,
      also: [loot.line.id],
      request: 'Loot of the Hollow Barrow',
    },
  );
  doc.branches.delete('barrow-loot');

  make(14, 0, [set('/combat/damage_taken', 0)], { ...eleven, title: 'Long rest' });
  make(14, 33, [set('/equipment/inventory/potion/quantity', 4)], eleven);
  make(14, 60, [set('/equipment/currency/gp', 412)], eleven);
  tag(make(14, 95, [set('/identity/xp', to.identity.xp)], { ...eleven, ...dm }), 'as of session 11', 13);
  branch('oath-of-the-reeds', 'oath of the reeds', true);
  make(13, 0, [set('/identity/background', 'Acolyte')], { branch: 'oath-of-the-reeds' });
  make(13, 4, [set('/identity/alignment', 'Lawful Good')], { branch: 'oath-of-the-reeds' });
  make(12, 0, [set('/levels/level-6', to.levels['level-6'])], { kind: 'level_up', title: 'Level 6: Cleric' });

  branch('twin-blades', 'twin blades');
  const blades = { branch: 'twin-blades' };
  make(3, 0, [set('/levels/level-7', { ...to.levels['level-4'], rank: '7', hit_points: 6 })], {
    ...blades,
    kind: 'level_up',
    title: 'Level 7: Ranger 5',
  });
  const sword = {
    ...to.equipment.inventory.shortsword,
    rank: '25',
    name: 'Scimitar, silvered',
    weight_lb: 3,
  };
  make(3, 5, [set('/equipment/inventory/scimitar', sword), set('/equipment/currency/gp', 312)], {
    ...blades,
    title: 'Bought a silvered scimitar',
  });
  make(3, 9, [set('/actions/weapons/scimitar/name', 'Scimitar, silvered')], blades);
  make(
    3,
    15,
    [set('/identity/personality/ideals', 'Nobody is left on the causeway, and nobody walks it alone.')],
    blades,
  );
  onBlades(world, doc, author);

  make(1, 0, [set('/combat/damage_taken', 16)], { ...twelve, ...dm });
  make(1, 8, [set('/conditions/poisoned', to.conditions.poisoned)], { ...twelve, ...dm });
  make(
    1,
    20,
    [
      set('/equipment/inventory/potion/quantity', to.equipment.inventory.potion?.quantity),
      set('/combat/damage_taken', 9),
    ],
    {
      ...twelve,
      title: 'Drank a Potion of Healing',
    },
  );
  make(1, 31, [set('/combat/temporary_hp', 8)], twelve);
  make(1, 37, [set('/combat/temporary_hp', to.combat.temporary_hp)], twelve);
  make(1, 52, [set('/conditions/hm', to.conditions.hm)], twelve);
  meanwhile(world, doc, author, to);
  tag(make(1, 120, [set('/notes', to.notes)], twelve), 'as of session 12', 0.9);
  make(0.02, 0, [set('/combat/damage_taken', to.combat.damage_taken + 3)]);
  commit(world, doc, to, [], { time: now - 0.01 * DAY, author });
}

/** The parts of which somebody with as much as anybody could have began with nothing. */
const FULL = [
  '/equipment/inventory',
  '/equipment/magical_items',
  '/spellcasting/spells',
  '/actions/features',
  '/actions/weapons',
  '/conditions',
];

export function bare(now: Source): Source {
  return withEdits(
    now,
    FULL.map((path) => set(path, {})),
  );
}

export function everything(now: Source): CellEdit[] {
  return FULL.flatMap((path) =>
    Object.entries(read(now, path) as object).map(([id, value]) => set(`${path}/${id}`, value)),
  );
}

/** Thousands of versions, for looking at long histories: `?deep=10000`. */
export function longLife(world: World, doc: Doc, author: string, count: number): void {
  const begin = Date.parse(tipOf(doc).line.time) + MINUTE;
  const every = (20 * DAY) / count;
  const { source } = tipOf(doc);
  for (let index = 0; index < count; index += 1) {
    const [before, after] = [(index * 7) % 40, ((index + 1) * 7) % 40];
    commit(world, doc, source, [], {
      time: begin + index * every,
      author: index % 90 < 50 ? author : 'DM',
      title: `HP ${before} → ${after}`,
      changes: [
        {
          path: '/combat/damage_taken',
          label: 'HP',
          tone: 'changed',
          before: `${before}`,
          after: `${after}`,
        },
      ],
      session: index % 90 < 60 ? `session ${Math.floor(index / 90)}` : null,
    });
  }
}
