/** Deeds of the demo host with coins, things and what is prepared. */
import type { Action, Coin, Currency, Item, MagicItem } from '~/features/sheet/model';
import { no, say, set, type Deed } from './table-deed';

/** Does a deed with coins, things or prepared spells; tells whether it was one. */
export function handle(deed: Deed, action: Action): boolean {
  switch (action.do) {
    case 'pay':
      pay(deed, action.price_cp);
      return true;
    case 'pay_coins':
      pay(deed, worth(action.coins));
      return true;
    case 'receive':
      receive(deed, action.coins);
      return true;
    case 'exchange':
      exchange(deed, action.from, action.to, action.count);
      return true;
    case 'move':
      move(deed, action.item, action.container);
      return true;
    case 'use_item':
      useUp(deed, action.item, action.amount);
      return true;
    case 'recover_ammunition':
      recover(deed, action.item, action.spent);
      return true;
    case 'prepare':
    case 'unprepare':
      prepare(deed, action.spell, action.do === 'prepare');
      return true;
    default:
      return false;
  }
}

const COINS = ['pp', 'gp', 'ep', 'sp', 'cp'] as const;
const WORTH: Record<Coin, number> = { pp: 1000, gp: 100, ep: 50, sp: 10, cp: 1 };

const worth = (coins: Partial<Currency>) =>
  COINS.reduce((sum, coin) => sum + WORTH[coin] * (coins[coin] ?? 0), 0);

const inWords = (copper: number) =>
  (['gp', 'sp', 'cp'] as const)
    .map((coin, place) => {
      const count = Math.floor((place === 0 ? copper : copper % (WORTH[coin] * 10)) / WORTH[coin]);
      return count > 0 ? `${count} ${coin}` : '';
    })
    .filter(Boolean)
    .join(' ');

function setPurse(deed: Deed, next: Currency): void {
  const before = deed.view.source.equipment.currency;
  for (const coin of COINS) {
    if (before[coin] === next[coin]) continue;
    set(deed, `/equipment/currency/${coin}`, next[coin]);
    say(deed, coin, before[coin], next[coin]);
  }
}

function pay(deed: Deed, price: number): void {
  const before = deed.view.source.equipment.currency;
  if (price < 1) no('0 is no possible price in copper pieces.', 'It lies from 1 to 2000000000.');
  if (worth(before) < price)
    no(
      `${inWords(price)} cannot be paid with ${inWords(worth(before)) || '0 cp'}.`,
      `${inWords(price - worth(before))} are missing.`,
      '/equipment/currency',
    );
  const next = { ...before };
  let open = price;
  for (const coin of COINS) {
    const given = Math.min(next[coin], Math.floor(open / WORTH[coin]));
    next[coin] -= given;
    open -= given * WORTH[coin];
  }
  const broken = [...COINS].reverse().find((coin) => next[coin] > 0);
  if (open > 0 && broken) {
    next[broken] -= 1;
    let change = WORTH[broken] - open;
    for (const coin of COINS) {
      if (coin === 'ep') continue;
      next[coin] += Math.floor(change / WORTH[coin]);
      change %= WORTH[coin];
    }
    say(deed, 'Change', '', '', `out of 1 ${broken}`, 'note');
  }
  setPurse(deed, next);
  deed.title = `Paid ${inWords(price)}`;
}

function receive(deed: Deed, coins: Partial<Currency>): void {
  if (worth(coins) === 0) no('No coins were received.', 'Say how many.');
  const next = { ...deed.view.source.equipment.currency };
  for (const coin of COINS) next[coin] += coins[coin] ?? 0;
  setPurse(deed, next);
  const words = COINS.filter((coin) => (coins[coin] ?? 0) > 0).map((coin) => `${coins[coin]} ${coin}`);
  deed.title = `Received ${words.join(', ')}`;
}

function exchange(deed: Deed, from: Coin, to: Coin, count: number): void {
  const before = deed.view.source.equipment.currency;
  if (from === to) no('These coins are of the same kind.', 'Name another kind.');
  if (before[from] < count) no(`There are ${before[from]} ${from} and not ${count}.`, 'Exchange fewer.');
  const got = Math.floor((count * WORTH[from]) / WORTH[to]);
  const given = (got * WORTH[to]) / WORTH[from];
  if (got === 0) no(`${count} ${from} do not make a single ${to}.`, `It takes ${WORTH[to] / WORTH[from]}.`);
  setPurse(deed, { ...before, [from]: before[from] - given, [to]: before[to] + got });
  deed.title = `Exchanged ${given} ${from} for ${got} ${to}`;
}

function thingOf(deed: Deed, id: string): { cell: string; thing: Item | MagicItem } {
  const { inventory, magical_items: wonders } = deed.view.source.equipment;
  const item = inventory[id];
  if (item) return { cell: `/equipment/inventory/${id}`, thing: item };
  const wonder = wonders[id];
  if (wonder) return { cell: `/equipment/magical_items/${id}`, thing: wonder };
  return no('This thing is not carried.', 'It may have been removed already.');
}

function move(deed: Deed, id: string, container: string | null): void {
  const { cell, thing } = thingOf(deed, id);
  const was = thing.container === null ? 'carried' : `in ${thingOf(deed, thing.container).thing.name}`;
  if (container === thing.container) no(`${thing.name} lies there already.`);
  if (container === null) {
    set(deed, `${cell}/container`, null);
    say(deed, thing.name, was, 'carried');
    deed.title = `Took out ${thing.name}`;
    return;
  }
  let at: string | null = container;
  for (let depth = 0; at !== null; depth += 1) {
    if (at === id || depth > 4) no(`${thing.name} cannot lie in itself, or so deep.`);
    at = thingOf(deed, at).thing.container;
  }
  const into = thingOf(deed, container).thing;
  if (thing.equipped) {
    set(deed, `${cell}/equipped`, false);
    say(deed, thing.name, 'equipped', 'carried');
  }
  set(deed, `${cell}/container`, container);
  say(deed, thing.name, was, `in ${into.name}`);
  deed.title = `Put ${thing.name} into ${into.name}`;
}

function useUp(deed: Deed, id: string, amount: number): void {
  const { cell, thing } = thingOf(deed, id);
  if (thing.quantity < amount)
    no(`There are ${thing.quantity} of ${thing.name} and not ${amount}.`, 'Use fewer.', `${cell}/quantity`);
  set(deed, `${cell}/quantity`, thing.quantity - amount);
  say(deed, thing.name, thing.quantity, thing.quantity - amount);
  deed.title = `Used ${amount} × ${thing.name}`;
}

function recover(deed: Deed, id: string, spent: number): void {
  const { cell, thing } = thingOf(deed, id);
  const back = Math.floor(spent / 2);
  if (back === 0) no('Of a single piece nothing can be recovered.', 'Half is gathered, rounded down.');
  set(deed, `${cell}/quantity`, thing.quantity + back);
  say(deed, thing.name, thing.quantity, thing.quantity + back, `half of ${spent}`);
  deed.title = `Recovered ${back} × ${thing.name}`;
}

function prepare(deed: Deed, id: string, on: boolean): void {
  const caster = deed.view.sheet.spellcasting.casters.find(({ spells }) =>
    spells.some((spell) => spell.id === id),
  );
  const spell = caster?.spells.find((one) => one.id === id);
  if (!caster || !spell) return no('The character does not have this spell.', 'Add it to the sheet first.');
  const cell = `/spellcasting/spells/${id}/prepared`;
  if (spell.level === 0) no(`${spell.name} is a cantrip, which is always at hand.`);
  if (spell.always_prepared) no(`${spell.name} is always prepared and does not count.`);
  if (spell.prepared === on) no(`${spell.name} is ${on ? '' : 'not '}prepared${on ? ' already' : ''}.`);
  const { prepared_count: count, prepared_limit: limit } = caster;
  if (on && limit !== null && count >= limit)
    no(
      `${caster.class} has ${count} spells prepared, and ${limit} are allowed.`,
      'Take another one out first.',
      cell,
    );
  set(deed, cell, on);
  say(deed, `${caster.class}: prepared`, count, count + (on ? 1 : -1), limit === null ? '' : `of ${limit}`);
  deed.title = on ? `Prepared ${spell.name}` : `No longer prepared: ${spell.name}`;
}
