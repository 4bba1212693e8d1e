/** The compendium: searched while one types, read, followed from thing to thing, and put on a sheet from beside it. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Key } from 'webdriverio';
import { Home, withApp } from './app.js';
import { takeLevel } from './building.js';
import { goTo, goToPart, isAt, openCharacter, press, saved, sees, type } from './page.js';
import { pressLabelled, quickCharacter } from './table.js';

/** @typedef {import('./app.js').Browser} Browser */

/**
 * Waits until the thing that is read has a name.
 *
 * @param {Browser} page
 * @param {string} name
 */
async function reads(page, name) {
  const pane = page.$(`.pane [role="region"][aria-label="${name}"]`);
  await pane.waitForDisplayed({ timeoutMsg: `"${name}" is not shown` });
  return pane.getText();
}

/** Waits until the cursor stands in a search. @param {Browser} page */
async function searching(page) {
  await page.waitUntil(() => page.execute(() => document.activeElement?.getAttribute('type') === 'search'), {
    timeoutMsg: 'the cursor did not go to the search',
  });
}

test('Fireball is found by its name, opened, and leads on to who casts it', async () => {
  await withApp(async ({ page }) => {
    await goTo(page, 'Compendium');
    await page.keys('/');
    await searching(page);
    await type(page, 'fireball');
    await page.$('//*[@aria-label="Things found"]//button[.//*[normalize-space()="Fireball"]]').waitForDisplayed();
    await page.keys(Key.ArrowDown);
    const text = await reads(page, 'Fireball');
    assert.match(text, /8d6/);
    assert.match(text, /Dexterity/);
    await page.$('.pane dl').$('button=Wizard').click();
    assert.match(await reads(page, 'Wizard'), /Arcane Recovery/);
    await page.keys([Key.Alt, Key.ArrowLeft]);
    await reads(page, 'Fireball');
  });
});

test('what nobody knows is said so, and everything can be shown again', async () => {
  await withApp(async ({ page }) => {
    await goTo(page, 'Compendium');
    await page.keys('/');
    await searching(page);
    await type(page, 'zzzz');
    await sees(page, 'Nothing like that');
    await press(page, 'Show everything');
    await page.$('[aria-label="Things found"] button.thing').waitForDisplayed();
  });
});

test('a spell and a sword are added from beside the sheet, and are there after a restart', async () => {
  const home = await Home.make();
  const name = 'Odo Fennimore';
  const onSheet = (/** @type {Browser} */ page, /** @type {string} */ list, /** @type {string} */ thing) =>
    page.$(`//*[@data-cell="${list}"]//*[normalize-space()="${thing}"]`);
  try {
    await withApp(
      async ({ page }) => {
        await quickCharacter(page, { name, levels: ['Wizard', 'Wizard', 'Wizard', 'Wizard'] });
        await openCharacter(page, name);
        await takeLevel(page, '5: Wizard');
        await goToPart(page, 'Spells');
        await press(page, 'Add from the compendium');
        await page.$('aside[aria-label="Add spells"]').waitForDisplayed();
        await searching(page);
        await type(page, 'fireball');
        await pressLabelled(page, 'Add Fireball');
        await sees(page, 'Added Fireball');
        await onSheet(page, '/spellcasting/spells', 'Fireball').waitForDisplayed();
        await page.keys(Key.Escape);

        await goToPart(page, 'Equipment');
        await press(page, 'Add from the compendium');
        await page.$('aside[aria-label="Add equipment"]').waitForDisplayed();
        await searching(page);
        await type(page, 'longsword');
        await pressLabelled(page, 'Add Longsword');
        await sees(page, 'Added Longsword');
        await saved(page);
      },
      { home },
    );
    await withApp(
      async ({ page }) => {
        await openCharacter(page, name);
        await goToPart(page, 'Spells');
        await onSheet(page, '/spellcasting/spells', 'Fireball').waitForDisplayed();
        await goToPart(page, 'Play');
        await page.$('[aria-label="Cast Fireball"]').waitForExist();
        await isAt(page, name);
        await goToPart(page, 'Equipment');
        await sees(page, 'Longsword');
      },
      { home },
    );
  } finally {
    await home.remove();
  }
});
