/** Every screen that a person can come to, in the order of a tour; the tour photographs them, a test runs axe on them. */
import { Key } from 'webdriverio';
import {
  begin,
  bringParty,
  chooseStep,
  changeElsewhere,
  goTo,
  goToPart,
  isAt,
  openCharacter,
  openWhy,
  press,
  saved,
  sees,
  seesNoMore,
  takeDamage,
  type,
  write,
} from './page.js';

/** @typedef {import('./app.js').Browser} Browser */

/** The parts of the sheet, by their tabs. */
export const PARTS = ['Play', 'Character', 'Equipment', 'Spells', 'Story', 'Record'];

/** Whose sheet the tour shows: two classes, spells, magic items, a history. */
export const HERO = 'Sorrel Quickfen';

/**
 * Walks through all screens of one window and calls `visit` at each.
 *
 * @param {Browser} page with an empty library
 * @param {(name: string) => Promise<void>} visit
 */
export async function walk(page, visit) {
  await sees(page, 'Bring in the demo party');
  await visit('library-empty');
  await bringParty(page);
  await pictures(page);
  await toastsGone(page);
  await visit('library');
  await page.keys('v');
  await sees(page, 'Player character');
  await pictures(page);
  await visit('library-rows');
  await page.keys('v');
  await page.keys('/');
  await type(page, 'zzz');
  await sees(page, 'Nobody answers to that');
  await visit('library-nothing-found');
  await press(page, 'Show everybody');
  await sees(page, HERO);

  await page.keys([Key.Ctrl, 'n']);
  await page.$('[role="dialog"]').waitForDisplayed();
  await visit('new-character');
  await leaveDialog(page);

  await page.keys([Key.Ctrl, 'k']);
  await page.$('[role="dialog"]').waitForDisplayed();
  await type(page, 'so');
  await sees(page, 'Elf (wood)');
  await visit('palette');
  await leaveDialog(page);

  await openCharacter(page, HERO);
  for (const part of PARTS) {
    await goToPart(page, part);
    await pictures(page);
    await visit(`sheet-${part.toLowerCase()}`);
  }
  await goToPart(page, 'Play');
  await openWhy(page, '/combat/armor_class');
  await visit('sheet-why');
  // A visitor that looks into every element may have made it close.
  await page.keys(Key.Escape);
  await page.$('.why').waitForExist({ reverse: true });
  await openWhy(page, '/combat/armor_class');
  await press(page, 'Override…');
  await page.$('aria/Instead').waitForDisplayed();
  await visit('sheet-override');
  await page.keys(Key.Escape);
  await page.$('.why').waitForExist({ reverse: true });

  // A short evening at the table, so that there is something to look back on.
  await takeDamage(page, 7);
  await takeDamage(page, 4);
  await visit('sheet-saved');
  await goToPart(page, 'Character');
  await write(page, '/identity/alignment', 'Chaotic Good');
  await saved(page);
  await begin(page, '/identity/name', 'Sorrel of the Fen');
  await changeElsewhere(page, HERO, { '/identity/name': 'Sorrel the Bell-Breaker' });
  await page.keys(Key.Tab);
  await sees(page, 'Changed in another window');
  await visit('sheet-conflict');
  await press(page, 'Keep mine');
  await saved(page);
  // The name in the library follows the character's own.
  await write(page, '/identity/name', HERO);
  await saved(page);

  for (const other of ['Ottoline Marrowick', 'The Bell Below', 'Old Hask']) {
    await openCharacter(page, other);
    await goToPart(page, 'Play');
    await pictures(page);
    await visit(`sheet-${other.toLowerCase().replaceAll(' ', '-')}`);
  }

  await openCharacter(page, HERO);
  await goTo(page, 'History');
  await isAt(page, `History of ${HERO}`);
  await sees(page, 'Chaotic Good');
  await visit('history');
  await chooseStep(page, 'Imported');
  await press(page, 'Look at it');
  await page.$('main').$('[role="tablist"]').waitForDisplayed();
  await visit('history-version');

  await goTo(page, 'Health');
  await sees(page, 'Checks');
  await visit('health');
  await goTo(page, 'Settings');
  await sees(page, 'Appearance');
  await visit('settings');
  await goTo(page, 'Library');
  await page.keys('?');
  await page.$('[role="dialog"]').waitForDisplayed();
  await visit('shortcuts');
  await leaveDialog(page);
}

/** @param {Browser} page */
async function leaveDialog(page) {
  await page.keys(Key.Escape);
  await page.$('[role="dialog"]').waitForExist({ reverse: true });
}

/** Waits until every picture on show has been drawn. @param {Browser} page */
async function pictures(page) {
  await page.waitUntil(
    () => page.execute(() => [...document.images].every((one) => one.complete && one.naturalWidth > 0)),
    { timeoutMsg: 'a picture was not drawn' },
  );
}

/** @param {Browser} page */
async function toastsGone(page) {
  await seesNoMore(page, 'characters came in');
}
