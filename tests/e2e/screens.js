/** Every screen that a person can come to, in the order of a tour; the tour photographs them, a test runs axe on them. */
import { Key } from 'webdriverio';
import { bringParty, goTo, isAt, openCharacter, press, sees, seesNoMore, type } from './page.js';

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
  await sees(page, 'Ranger 4, Cleric 2');
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
  await openWhy(page);
  await visit('sheet-why');
  await page.keys(Key.Escape);

  for (const other of ['Ottoline Marrowick', 'The Bell Below', 'Old Hask']) {
    await openCharacter(page, other);
    await goToPart(page, 'Play');
    await pictures(page);
    await visit(`sheet-${other.toLowerCase().replaceAll(' ', '-')}`);
  }

  await openCharacter(page, HERO);
  await goTo(page, 'History');
  await isAt(page, `History of ${HERO}`);
  await visit('history');

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

/** @param {Browser} page @param {string} name */
export async function goToPart(page, name) {
  await page.$(`//*[@role="tab"][normalize-space()="${name}"]`).click();
  await page.$(`//*[@role="tab"][@aria-selected="true"][normalize-space()="${name}"]`).waitForExist();
}

/** Asks why the armour class is what it is. @param {Browser} page */
export async function openWhy(page) {
  const number = await page.$('button[aria-haspopup="dialog"]');
  await number.waitForClickable();
  await number.click();
  await page.$('[role="dialog"]').waitForDisplayed();
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
