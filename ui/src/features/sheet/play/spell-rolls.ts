/** What a spell rolls, in the sheet's words. Dice, bonuses and levels come from the sheet as they are. */
import type { CasterEntry, SpellDice, SpellEntry, SpellRoll } from '../model';
import { abbreviated } from '../words';

/** One roll of a spell at a level: its place among the spell's rolls, and what is rolled there. */
export interface SpellDraw {
  place: number;
  roll: SpellRoll;
  dice: SpellDice;
}

/** What a spell rolls when it is cast at a level; without a level at its own. */
export function draws(spell: SpellEntry, level = spell.level): SpellDraw[] {
  return (spell.rolls ?? []).flatMap((roll, place) => {
    const dice = roll.at.findLast((one) => one.level <= level) ?? roll.at[0];
    return dice && dice.text !== '' ? [{ place, roll, dice }] : [];
  });
}

/** Those of the casting itself. */
export function atOnce(spell: SpellEntry, level?: number): SpellDraw[] {
  return draws(spell, level).filter(({ roll }) => roll.when === '');
}

const POINTS: Record<SpellRoll['kind'], string> = {
  damage: '',
  healing: 'hit points',
  temporary: 'temporary hit points',
  maximum: 'hit points and maximum',
};

/** What the dice are of: `fire`, `hit points`. */
export function kindOf({ roll }: SpellDraw): string {
  return roll.kind === 'damage' ? roll.damage_type : POINTS[roll.kind];
}

export function words(draw: SpellDraw): string {
  return `${draw.dice.text} ${kindOf(draw)}`;
}

/** The levels at which a spell of slots rolls something else, with the highest that the sheet names. */
export function levels(spell: SpellEntry): number[] {
  const all = (spell.rolls ?? []).flatMap((roll) => roll.at.map(({ level }) => level));
  return [...new Set(all)].sort((a, b) => a - b);
}

/** The saves a spell asks for: `Dex`, `Con or Wis`. */
export function savesOf(spell: SpellEntry): string {
  return (spell.saves ?? []).map((save) => abbreviated(save)).join(' or ');
}

/** The caster of a spell. */
export function casterOf(casters: readonly CasterEntry[], spell: SpellEntry): CasterEntry | undefined {
  return casters.find((caster) => caster.spells.some(({ id }) => id === spell.id));
}
