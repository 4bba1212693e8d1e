/** Reads coins as they are said at the table: `−15 gp`, `+3 sp 4 cp`, `12`. What they are worth, the rules say. */
import type { Coin, Currency } from '../model';

export const COINS: readonly { coin: Coin; name: string }[] = [
  { coin: 'pp', name: 'Platinum' },
  { coin: 'gp', name: 'Gold' },
  { coin: 'ep', name: 'Electrum' },
  { coin: 'sp', name: 'Silver' },
  { coin: 'cp', name: 'Copper' },
];

export interface Written {
  /** The sign before them, if there is one. */
  sign: '+' | '-' | null;
  coins: Currency;
}

/** The first letter of a coin is enough; a number alone is gold. */
const KINDS: Record<string, Coin> = { p: 'pp', g: 'gp', e: 'ep', s: 'sp', c: 'cp', '': 'gp' };

/** Answers nothing for what names no coins. */
export function readCoins(text: string): Written | null {
  const clean = text.trim().toLowerCase().replace(/[−–]/g, '-');
  const read = /^([+-]?)\s*(.*)$/.exec(clean);
  const rest = read?.[2] ?? '';
  const terms = rest.match(/\d+\s*(?:[pgesc]p?\b)?/g) ?? [];
  if (terms.length === 0 || rest.replace(/\d+\s*(?:[pgesc]p?\b)?/g, '').replace(/[\s,;&]|and/g, '') !== '')
    return null;
  const coins: Currency = { pp: 0, gp: 0, ep: 0, sp: 0, cp: 0 };
  for (const term of terms) {
    const kind = KINDS[term.replace(/[\d\s]/g, '').charAt(0)] ?? 'gp';
    coins[kind] += Number(term.replace(/\D/g, ''));
  }
  if (COINS.every(({ coin }) => coins[coin] === 0)) return null;
  return { sign: read?.[1] === '+' ? '+' : read?.[1] === '-' ? '-' : null, coins };
}

/** Writes coins, the dearest first: `1 pp, 3 sp`; empty where there are none. */
export function spokenCoins(coins: Currency, between = ', '): string {
  return COINS.filter(({ coin }) => coins[coin] > 0)
    .map(({ coin }) => `${coins[coin]} ${coin}`)
    .join(between);
}
