import { expect, test } from 'vitest';
import { readCoins, spokenCoins } from './coins';

const purse = { pp: 0, gp: 0, ep: 0, sp: 0, cp: 0 };

test.each([
  ['15', { sign: null, coins: { ...purse, gp: 15 } }],
  ['−15 gp', { sign: '-', coins: { ...purse, gp: 15 } }],
  ['-15gp', { sign: '-', coins: { ...purse, gp: 15 } }],
  ['+3 sp 4 cp', { sign: '+', coins: { ...purse, sp: 3, cp: 4 } }],
  ['+ 2p, 1 E and 7 s', { sign: '+', coins: { ...purse, pp: 2, ep: 1, sp: 7 } }],
  ['3 gp 2 gp', { sign: null, coins: { ...purse, gp: 5 } }],
])('%s is read', (text, written) => {
  expect(readCoins(text)).toEqual(written);
});

test.each(['', '-', 'gp', '0 gp', '15 dollars', '5 gp!', '1d6 gp', '5 -3 gp', '1.5 gp'])(
  '%s is no coins',
  (text) => {
    expect(readCoins(text)).toBeNull();
  },
);

test('coins are written the dearest first', () => {
  expect(spokenCoins({ ...purse, cp: 30, gp: 412, sp: 7 })).toBe('412 gp, 7 sp, 30 cp');
  expect(spokenCoins(purse)).toBe('');
});
