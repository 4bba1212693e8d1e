/** The builder's list: every choice of a built character under the thing that offers it, each with how much is open. */
import { ordered } from '../keyed';
import type { CasterEntry, CharacterPack, ChoiceState, Level, SheetView, Source, StartOffer } from '../model';
import { holds, pointer } from '../path';
import { METHODS } from './scores';

export type StepKind = 'choice' | 'scores' | 'level' | 'spells' | 'start' | 'level-up' | 'packs';

export interface Step {
  /** The cell it is about; also what the list knows it by. */
  key: string;
  kind: StepKind;
  title: string;
  /** What stands there now, in a few words. */
  now: string;
  /** How much is still to choose. */
  open: number;
  /** There is something to see: a choice made, a level taken. */
  done: boolean;
  /** Something of it does not add up. */
  wrong: boolean;
  /** Belongs to the step before it. */
  under?: boolean;
  choice?: ChoiceState;
  caster?: CasterEntry;
  level?: LevelAt;
}

export interface LevelAt {
  id: string;
  /** Counted from 1, all classes together. */
  place: number;
  /** As the choices name it: `Fighter 3`. */
  label: string;
  thing: Level;
  last: boolean;
}

export interface Group {
  name: string;
  steps: Step[];
}

export const SCORES = '/abilities/scores';
export const START = '/equipment';
export const LEVEL_UP = '/levels';
export const PACKS = '/build/packs';

/** The levels in their order, each with the name that its choices give as their source. */
export function levelsOf(source: Source): LevelAt[] {
  const counts = new Map<string, number>();
  const all = ordered(source.levels);
  return all.map(({ id, thing }, index) => {
    const count = (counts.get(thing.class) ?? 0) + 1;
    counts.set(thing.class, count);
    const label = thing.class === '' ? `Level ${index + 1}` : `${thing.class} ${count}`;
    return { id, place: index + 1, label, thing, last: index === all.length - 1 };
  });
}

/** The cantrips of a caster that were chosen, not given. */
export function cantripsOf(caster: CasterEntry): number {
  return caster.spells.filter((spell) => spell.level === 0 && !isGiven(spell)).length;
}

export function isGiven(spell: { id: string; always_prepared: boolean }): boolean {
  return spell.always_prepared || spell.id.startsWith('given-');
}

/** How many cantrips and prepared spells a caster may still take. */
export function spellsOpen(caster: CasterEntry): number {
  const left = (limit: number | null, count: number) => Math.max(0, (limit ?? 0) - count);
  return left(caster.cantrip_limit, cantripsOf(caster)) + left(caster.prepared_limit, caster.prepared_count);
}

/** How many choices of a character are open: picks of the rules, cantrips and prepared spells. */
export function openOf(view: SheetView): number {
  const { choices, spellcasting } = view.sheet;
  const casters = spellcasting.casters.filter((caster) => caster.id !== '');
  return (
    choices.reduce((sum, choice) => sum + choice.open, 0) +
    casters.reduce((sum, caster) => sum + spellsOpen(caster), 0)
  );
}

/** The name of a choice, once where it repeats what offers it: `Divine Order: Divine Order`. */
function titled(name: string): string {
  const [before, after, ...more] = name.split(': ');
  return more.length === 0 && before !== undefined && before === after ? before : name;
}

/** Lays everything out that can be built. */
export function groupsOf(
  view: SheetView,
  source: Source,
  offers: readonly StartOffer[],
  packs: readonly CharacterPack[] = [],
): Group[] {
  const { sheet, findings } = view;
  const wrongAt = (key: string) =>
    findings.some((finding) => finding.severity !== 'note' && holds(key, finding.cell));
  const left = new Set(sheet.choices);
  const step = (choice: ChoiceState, under: boolean): Step => {
    left.delete(choice);
    return {
      key: choice.cell,
      kind: 'choice',
      title: titled(choice.name),
      now: choice.picks.map((pick) => pick.name).join(', '),
      open: choice.open,
      done: choice.open === 0,
      wrong: wrongAt(choice.cell) || choice.picks.some((pick) => pick.barred !== ''),
      under,
      choice,
    };
  };
  const cell = (path: string) => sheet.choices.filter((choice) => choice.cell === path);
  const from = (name: string) => sheet.choices.filter((choice) => choice.source === name && left.has(choice));

  const identity: Step[] = [];
  for (const [path, name] of [
    ['/identity/species', source.identity.species],
    ['/identity/background', source.identity.background],
  ] as const) {
    for (const choice of cell(path)) identity.push(step(choice, false));
    if (name !== '') for (const choice of from(name)) identity.push(step(choice, true));
  }

  const levels = levelsOf(source).flatMap((level): Step[] => {
    const named = cell(`/levels/${level.id}/class`);
    for (const choice of named) left.delete(choice);
    const dice =
      level.place === 1
        ? ''
        : level.thing.hit_points === null
          ? 'fixed hit points'
          : `rolled ${level.thing.hit_points}`;
    const head: Step = {
      key: `/levels/${level.id}`,
      kind: 'level',
      title: level.label,
      now: level.thing.class === '' ? '' : dice,
      open: named.reduce((sum, choice) => sum + choice.open, 0),
      done: level.thing.class !== '',
      wrong: false,
      choice: named[0],
      level,
    };
    const own = new Set([...cell(`/levels/${level.id}/subclass`), ...from(level.label)]);
    return [head, ...[...own].map((choice) => step(choice, true))];
  });

  const spells = sheet.spellcasting.casters
    .filter((caster) => caster.id !== '' && (caster.cantrip_limit !== null || caster.prepared_limit !== null))
    .map((caster): Step => {
      const key = `/spellcasting/casters${pointer(caster.id)}`;
      const parts = [
        caster.cantrip_limit === null ? '' : `${cantripsOf(caster)} of ${caster.cantrip_limit} cantrips`,
        caster.prepared_limit === null ? '' : `${caster.prepared_count} of ${caster.prepared_limit} prepared`,
      ];
      return {
        key,
        kind: 'spells',
        title: `${caster.class} spells`,
        now: parts.filter(Boolean).join(', '),
        open: spellsOpen(caster),
        done: spellsOpen(caster) === 0,
        wrong:
          wrongAt(key) || caster.spells.some((spell) => wrongAt(`/spellcasting/spells${pointer(spell.id)}`)),
        caster,
      };
    });

  const others = [...left].map((choice) => step(choice, false));
  const taken = offers.filter((offer) => offer.taken);
  const start: Step = {
    key: START,
    kind: 'start',
    title: 'Starting equipment',
    now: taken.map((offer) => `${offer.source} ${offer.option}`).join(', '),
    open: 0,
    done: taken.length > 0,
    wrong: false,
  };
  const scores: Step = {
    key: SCORES,
    kind: 'scores',
    title: 'Ability scores',
    now: METHODS.find((method) => method.value === source.build.scores_by)?.label ?? '',
    open: 0,
    done: true,
    wrong: wrongAt(SCORES),
  };
  const up: Step = {
    key: LEVEL_UP,
    kind: 'level-up',
    title: 'Level up',
    now: '',
    open: 0,
    done: false,
    wrong: findings.some((finding) => finding.cell === LEVEL_UP && finding.severity !== 'note'),
  };
  const rules: Step = {
    key: PACKS,
    kind: 'packs',
    title: 'Packs',
    now: packsNow(packs),
    open: 0,
    done: false,
    wrong: wrongAt(PACKS) || packs.some(({ state }) => state === 'missing'),
  };
  return [
    { name: 'Identity', steps: identity },
    { name: 'Abilities', steps: [scores] },
    { name: 'Levels', steps: [...levels, up] },
    { name: 'Spells', steps: spells },
    { name: 'Equipment', steps: [start] },
    { name: 'Other', steps: others },
    { name: 'Rules', steps: [rules] },
  ].filter((group) => group.steps.length > 0);
}

/** What a character is built on in a few words; that something newer waits comes first. */
function packsNow(packs: readonly CharacterPack[]): string {
  const newer = packs.filter(({ state }) => state === 'newer');
  if (newer.length > 0) return `newer: ${newer.map(({ name }) => name).join(', ')}`;
  return packs
    .filter(({ state }) => state !== 'available')
    .map(({ name }) => name)
    .join(', ');
}

/** Finds the step that a cell belongs to: its own, or the nearest that holds it. */
export function stepFor(steps: readonly Step[], cell: string): Step | undefined {
  const within = steps.filter((step) => holds(step.key, cell));
  within.sort((a, b) => b.key.length - a.key.length);
  return within[0];
}
