/** The screens of lines that are brought together: what comes in, conflicts decided and left open, versions side by side, the joined lines. */
import { Key } from 'webdriverio';
import { changeElsewhere, chooseLine, goTo, goToPart, isAt, openCharacter, press, sees, seesNoMore, standsOn } from './page.js';
import { HERO } from './screens.js';

/** @typedef {import('./app.js').Browser} Browser */

const POTIONS = '/equipment/inventory/potion-of-healing/quantity';

/** @param {string} name @param {string} rank */
const attuned = (name, rank) => ({ name, rank, kind: 'wondrous item', rarity: 'uncommon', requires_attunement: true, attuned: true });

/** What is changed on the what-if, step by step. */
const ON_THE_WHAT_IF = [
  { '/levels/level-7': { rank: 'z7', class: 'Ranger', subclass: 'Hunter', hit_die: 10, hit_points: 6 } },
  {
    '/equipment/inventory/silvered-scimitar': { name: 'Scimitar, silvered', rank: 'y', weight_lb: 3 },
    '/equipment/currency/gp': 212,
  },
  { [POTIONS]: 5 },
  { '/identity/background': 'Soldier', '/identity/alignment': 'Chaotic Neutral' },
  {
    '/equipment/magical_items/bracers': attuned('Bracers of Archery', 'y'),
    '/equipment/magical_items/warning': attuned('Scimitar of Warning', 'z'),
  },
];

/** What happens on the sheet meanwhile. */
const ON_MAIN = [
  { '/equipment/magical_items/luckstone': attuned('Stone of Good Luck', 'x') },
  { [POTIONS]: 2, '/combat/damage_taken': 6 },
  { '/identity/background': 'Wayfarer', '/identity/alignment': 'Lawful Good' },
];

/**
 * Walks through them, with a character who has a what-if.
 *
 * @param {Browser} page
 * @param {string} whatIf what it is called
 * @param {(name: string) => Promise<void>} visit
 */
export async function walkMerging(page, whatIf, visit) {
  await openCharacter(page, HERO);
  await chooseLine(page, whatIf);
  await standsOn(page, whatIf);
  for (const cells of ON_THE_WHAT_IF) await changeElsewhere(page, HERO, cells);
  await chooseLine(page, 'Compare with main');
  await sees(page, 'Scimitar, silvered');
  await quiet(page);
  await visit('difference');
  await page.keys([Key.Alt, Key.ArrowLeft]);
  await isAt(page, HERO);
  await chooseLine(page, 'main');
  await standsOn(page, 'main');
  for (const cells of ON_MAIN) await changeElsewhere(page, HERO, cells);

  await chooseLine(page, whatIf);
  await standsOn(page, whatIf);
  await press(page, 'Bring into main');
  await sees(page, '0 of 2 resolved');
  await quiet(page);
  await page.keys('n');
  await visit('merge');
  await page.keys('c');
  await page.keys('1');
  await sees(page, '1 of 2 resolved');
  await visit('merge-columns');
  await page.keys('1');
  await sees(page, '0 of 2 resolved');
  await page.keys([Key.Ctrl, Key.Enter]);
  await standsOn(page, 'main');
  await sees(page, '2 conflicts wait');
  await goToPart(page, 'Character');
  await quiet(page);
  await visit('conflict-sheet');
  await page.keys(Key.F8);
  await sees(page, '0 of 2 resolved');
  await page.keys('c');
  await visit('conflict');
  await page.keys(Key.Escape);
  await seesNoMore(page, '0 of 2 resolved');

  await chooseLine(page, 'Side by side');
  await page.$('table[aria-label="Versions side by side"]').waitForDisplayed();
  await visit('board');
  for (const columns of [3, 4]) {
    await press(page, 'Add a column');
    await page.$(`table.of-${columns}`).waitForDisplayed();
  }
  await visit('board-four');
  await press(page, 'To the sheet');
  await goTo(page, 'History');
  await sees(page, whatIf);
  await visit('graph');
}

/** Waits until no message lies over the page. @param {Browser} page */
async function quiet(page) {
  await page.$('[aria-label="Messages"] li').waitForExist({ reverse: true, timeoutMsg: 'the messages stay' });
}
