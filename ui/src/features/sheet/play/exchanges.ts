/** The spell slots that an exchange is about. Whether it is allowed is said when it is made. */
import type { CompleteSheet, ExchangeEntry, ExchangeGain, ExchangePrice } from '../model';

type Slots = CompleteSheet['spellcasting']['spell_slots'];

const byLevel = (slots: Slots) =>
  Object.entries(slots)
    .flatMap(([level, slot]) => (slot && slot.max > 0 ? [{ level: Number(level), ...slot }] : []))
    .sort((a, b) => a.level - b.level);

/** Slots that can be given, with how many are left of each. */
export function slotsGiven(slots: Slots, pays: ExchangePrice): { level: number; left: number }[] {
  if (pays.of !== 'slot') return [];
  return byLevel(slots)
    .filter(({ level }) => level >= pays.least && level <= pays.most)
    .map(({ level, current }) => ({ level, left: current }));
}

/** Spent slots that can come back. */
export function slotsBack(slots: Slots, gains: ExchangeGain): { level: number; spent: number }[] {
  if (gains.of !== 'slots') return [];
  return byLevel(slots)
    .filter(({ level, max, current }) => level <= gains.most && current < max)
    .map(({ level, max, current }) => ({ level, spent: max - current }));
}

/** What chosen slots come to, as the rules count them: their levels together. */
export function levelsOf(wanted: Record<string, number>): number {
  return Object.entries(wanted).reduce((sum, [level, count]) => sum + Number(level) * count, 0);
}

/** Says what is given and what comes of it: `3 Sorcery Points → a level 2 slot`. */
export function spokenExchange({ pays, gains }: Pick<ExchangeEntry, 'pays' | 'gains'>): string {
  return [given(pays), gained(gains)].filter((part) => part !== '').join(' → ');
}

export function given(pays: ExchangePrice): string {
  switch (pays.of) {
    case 'nothing':
      return '';
    case 'uses':
      return `${pays.amount} ${pays.name}`;
    case 'slot':
      return 'a spell slot';
    case 'pact_slot':
      return 'a pact slot';
    case 'hit_die':
      return 'a hit die';
  }
}

function gained(gains: ExchangeGain): string {
  switch (gains.of) {
    case 'uses':
      return `${gains.amount ?? 'all'} ${gains.name}${gains.by_level ? ' for each of its levels' : ''}`;
    case 'up_to':
      return `${gains.name} up to ${gains.least}`;
    case 'slot':
      return `a level ${gains.level} slot`;
    case 'slots':
      return `slots of ${gains.levels} levels together`;
    case 'pact_slots':
      return `${gains.count} pact ${gains.count === 1 ? 'slot' : 'slots'}`;
  }
}
