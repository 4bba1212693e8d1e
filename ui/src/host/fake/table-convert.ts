/** Exchanges of the demo host: what a character may give for what, and how it is done. */
import { ordered } from '~/features/sheet/keyed';
import type { ExchangeEntry, Source } from '~/features/sheet/model';
import { no, type Deed } from './table-deed';
import { count, supplyOf } from './table-supply';

/** What the features of a character allow. The demo knows that of wizards. */
export function exchangesOf(source: Source): ExchangeEntry[] {
  const level = Object.values(source.levels).filter((one) => one.class === 'Wizard').length;
  return ordered(source.actions.features)
    .filter(({ thing }) => thing.name === 'Arcane Recovery')
    .map(({ id, thing }) => ({
      id: 'arcane-recovery',
      name: thing.name,
      source: `Wizard ${level}`,
      on: 'short_rest',
      limit: `/actions/features/${id}/uses/used`,
      pays: { of: 'nothing' },
      gains: { of: 'slots', levels: Math.ceil(level / 2), most: 5 },
    }));
}

const slot = (deed: Deed, level: string | number) => supplyOf(deed, `/spellcasting/slots/${level}/used`);

/** Makes an exchange; `slots` names the slots it is about, by level. */
export function convert(deed: Deed, id: string, slots: Partial<Record<string, number>>): void {
  const exchange =
    deed.view.sheet.actions.exchanges?.find((one) => one.id === id) ??
    no('The character has no such exchange.', 'It comes with a feature; look at what there is.');
  const about = Object.entries(slots).flatMap(([level, times]) => (times ? [[level, times] as const] : []));
  const level = pay(deed, exchange, about);
  gain(deed, exchange, level, about);
  if (exchange.limit !== null) count(deed, supplyOf(deed, exchange.limit), -1);
  deed.title = exchange.name;
}

type About = readonly (readonly [level: string, times: number])[];

/** Takes the price; answers the level of the slot that was given, 0 without one. */
function pay(deed: Deed, { name, pays }: ExchangeEntry, about: About): number {
  switch (pays.of) {
    case 'nothing':
      return 0;
    case 'uses':
      count(deed, supplyOf(deed, pays.counter), -pays.amount, name);
      return 0;
    case 'pact_slot':
      count(deed, supplyOf(deed, '/spellcasting/pact/used'), -1, name);
      return 0;
    case 'hit_die': {
      const { hit_dice_remaining } = deed.view.sheet.combat;
      const [die] = Object.entries(hit_dice_remaining).find(([, left]) => left > 0) ?? [];
      if (die === undefined)
        return no(`${name} takes a hit die, and none is left.`, 'A long rest brings them back.');
      count(deed, supplyOf(deed, `/combat/hit_dice_used/${die}`), -1, name);
      return 0;
    }
    case 'slot': {
      const level = Number(about[0]?.[0] ?? no(`${name} takes one spell slot.`, 'Name its level.'));
      if (level < pays.least || level > pays.most)
        no(
          `${name} does not take a level ${level} slot.`,
          `Name one of level ${pays.least} to ${pays.most}.`,
        );
      count(deed, slot(deed, level), -1, name);
      return level;
    }
  }
}

function gain(deed: Deed, { name, gains }: ExchangeEntry, level: number, about: About): void {
  switch (gains.of) {
    case 'uses': {
      const supply = supplyOf(deed, gains.counter);
      count(deed, supply, (gains.amount ?? supply.max) * (gains.by_level ? level : 1), name);
      return;
    }
    case 'up_to': {
      const supply = supplyOf(deed, gains.counter);
      if (supply.left >= gains.least) no(`${supply.name}: ${supply.left} are left already.`);
      count(deed, supply, gains.least - supply.left, name);
      return;
    }
    case 'slot':
      count(deed, slot(deed, gains.level), 1, name);
      return;
    case 'pact_slots':
      count(deed, supplyOf(deed, '/spellcasting/pact/used'), gains.count, name);
      return;
    case 'slots': {
      const sum = about.reduce((levels, [of, times]) => levels + Number(of) * times, 0);
      if (sum === 0) no(`${name} brings spell slots back.`, 'Choose which.');
      if (sum > gains.levels)
        no(
          `${name} brings back slots of ${gains.levels} levels together, and ${sum} were chosen.`,
          'Choose fewer or lower ones.',
        );
      for (const [of, times] of about) {
        const supply = slot(deed, of);
        if (times > supply.max - supply.left)
          no(`${supply.name}: ${supply.max - supply.left} are spent.`, 'No more than that come back.');
        count(deed, supply, times, name);
      }
    }
  }
}
