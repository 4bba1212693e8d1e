/** What people do with packs of a house's own, in their words. */
import { fill, goTo, press, sees, type } from './page.js';

/** @typedef {import('./app.js').Browser} Browser */

/**
 * Makes an empty pack; it opens.
 *
 * @param {Browser} page
 * @param {string} name
 */
export async function makePack(page, name) {
  await goTo(page, 'Homebrew');
  await press(page, 'New pack');
  await page.$('[role="dialog"]').waitForDisplayed();
  await fill(page, 'Name', name);
  await press(page, 'Make pack');
  await page.$('[role="dialog"]').waitForExist({ reverse: true });
  await sees(page, name);
}

/**
 * Adds a thing to the open pack and writes its name over the template's.
 *
 * @param {Browser} page
 * @param {string} kind as the menu calls it: `Spell`
 * @param {string} name
 */
export async function addNamed(page, kind, name) {
  const add = page.$('//button[normalize-space()="Add" or normalize-space()="Add a thing"]');
  await add.waitForClickable();
  await add.click();
  const item = page.$(`//*[@role="menuitem"][normalize-space()="${kind}"]`);
  await item.waitForClickable();
  await item.click();
  await page.$('.cm-content').waitForDisplayed();
  // The name is marked, to be written over.
  await page.waitUntil(() => page.execute(() => (getSelection()?.toString() ?? '').startsWith('New ')), {
    timeoutMsg: 'the name of the new thing is not marked',
  });
  await type(page, name);
  await previews(page, name);
}

/**
 * Waits until the preview shows a thing.
 *
 * @param {Browser} page
 * @param {string} name
 */
export async function previews(page, name) {
  await page.waitUntil(async () => (await page.$('[aria-label="Preview"]').getText()).includes(name), {
    timeoutMsg: `the preview does not show "${name}"`,
  });
}

/** Waits until what was typed stands in the library. @param {Browser} page @param {string} name */
export async function listed(page, name) {
  await page
    .$(`//main//button[normalize-space()="${name}" or .//*[normalize-space()="${name}"]]`)
    .waitForDisplayed({ timeoutMsg: `"${name}" is not listed` });
}

/**
 * Opens a pack by its line on the shelf.
 *
 * @param {Browser} page
 * @param {string} name
 */
export async function openPack(page, name) {
  const line = page.$(`//ul[@aria-label="Packs"]//*[self::button or self::a][contains(normalize-space(), "${name}")]`);
  await line.waitForClickable();
  await line.click();
}

/** Leaves the open pack for the shelf. @param {Browser} page */
export async function toShelf(page) {
  await goTo(page, 'Homebrew');
  await page.$('ul[aria-label="Packs"]').waitForDisplayed();
}
