/** Which spells of a list are shown. */
import { fold } from '~/kit/options';
import type { Entry, Spell } from '../model';

export interface SpellFilter {
  text: string;
  only: 'all' | 'ready' | 'ritual' | 'concentration';
  /** A caster's id, or all. */
  caster: string;
}

export function filtered(
  spells: readonly Entry<Spell>[],
  filter: SpellFilter,
  first: string | undefined,
): Entry<Spell>[] {
  const text = fold(filter.text.trim());
  return spells.filter(({ thing }) => {
    if (text !== '' && !fold(`${thing.name} ${thing.school}`).includes(text)) return false;
    if (filter.caster !== 'all' && (thing.caster ?? first) !== filter.caster) return false;
    if (filter.only === 'ready') return thing.level === 0 || thing.prepared || thing.always_prepared;
    return filter.only === 'all' || thing[filter.only];
  });
}

/** Gathers spells by their level, cantrips first. */
export function byLevel(spells: readonly Entry<Spell>[]): { level: number; spells: Entry<Spell>[] }[] {
  const levels = [...new Set(spells.map(({ thing }) => thing.level))].sort((a, b) => a - b);
  return levels.map((level) => ({ level, spells: spells.filter(({ thing }) => thing.level === level) }));
}
