/** Lines, differences, time and blame in the real window: a what-if is begun, changed, left, compared, looked back on; a step is undone by itself. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Key } from 'webdriverio';
import { withApp } from './app.js';
import {
  bringParty,
  chooseLine,
  chooseStep,
  fieldOf,
  fill,
  goTo,
  goToPart,
  hitPoints,
  isAt,
  openCharacter,
  openWhy,
  press,
  saved,
  sees,
  seesNoMore,
  standsOn,
  takeDamage,
  text,
  type,
  whatIf,
  write,
} from './page.js';

/** @typedef {import('./app.js').Browser} Browser */

const HERO = 'Sorrel Quickfen';
/** Somebody without temporary hit points, whose damage is damage. */
const PLAIN = 'Oru Nine-Stones';

test('who ignores lines never meets the word', async () => {
  await withApp(async ({ page }) => {
    await bringParty(page);
    await openCharacter(page, HERO);
    await takeDamage(page, 2);
    assert.doesNotMatch(await text(page), /branch|what-if|\bmain\b/i);
    await goTo(page, 'History');
    await sees(page, 'Took 2 damage');
    assert.doesNotMatch(await text(page), /branch|what-if/i);
  });
});

test('a what-if is begun, changed, left, compared, and leaves the sheet as it was', async () => {
  await withApp(async ({ page }) => {
    await bringParty(page);
    await openCharacter(page, HERO);
    await goToPart(page, 'Character');
    const before = await fieldOf(page, '/identity/alignment').getValue();
    await whatIf(page, 'twin blades');
    await write(page, '/identity/alignment', 'Lawful Good');
    await saved(page);
    await sees(page, '1 step from main');

    // Back and there again by the palette, without the mouse.
    await page.keys([Key.Ctrl, 'k']);
    await page.$('[role="dialog"]').waitForDisplayed();
    await type(page, 'switch to main');
    await sees(page, 'Switch to main');
    await page.keys(Key.Enter);
    await standsOn(page, 'main');
    await page.waitUntil(async () => (await fieldOf(page, '/identity/alignment').getValue()) === before, {
      timeoutMsg: 'main was changed by the what-if',
    });
    await chooseLine(page, 'twin blades');
    await standsOn(page, 'twin blades');
    await page.waitUntil(async () => (await fieldOf(page, '/identity/alignment').getValue()) === 'Lawful Good');

    await chooseLine(page, 'Compare with main');
    await isAt(page, `History of ${HERO}`);
    await sees(page, '1 change by people');
    await sees(page, 'Lawful Good');
    await page.keys('3');
    await sees(page, '/identity/alignment');
    await page.keys('1');
    await seesNoMore(page, '/identity/alignment');
  });
});

test('the last steps become a proposal and leave main as it stood before them', async () => {
  await withApp(async ({ page }) => {
    await bringParty(page);
    await openCharacter(page, PLAIN);
    const before = await hitPoints(page);
    await takeDamage(page, 5);
    await takeDamage(page, 4);
    await chooseLine(page, 'Make the last steps a proposal');
    await page.$('[role="dialog"]').waitForDisplayed();
    await fill(page, 'Name of the proposal', 'bad luck');
    await page.$('[role="radio"][aria-checked="true"]').click();
    await page.keys(Key.ArrowDown);
    await press(page, 'Move 2 steps');
    await page.$('[role="dialog"]').waitForExist({ reverse: true });
    await page.waitUntil(async () => (await hitPoints(page)) === before, { timeoutMsg: 'the steps stayed on main' });
    await chooseLine(page, 'bad luck');
    await standsOn(page, 'bad luck');
    await page.waitUntil(async () => (await hitPoints(page)) === before - 9);
  });
});

test('a step is undone by itself, marked, looked at as it stood, and one comes back to today', async () => {
  await withApp(async ({ page }) => {
    await bringParty(page);
    await openCharacter(page, PLAIN);
    const before = await hitPoints(page);
    await takeDamage(page, 6);
    await goToPart(page, 'Character');
    await write(page, '/identity/alignment', 'Chaotic Good');
    await saved(page);
    await goTo(page, 'History');

    // The damage of a moment ago goes, the alignment that came later stays.
    await chooseStep(page, 'Took 6 damage');
    await page.keys('r');
    await sees(page, 'Taken back: Took 6 damage');
    await chooseStep(page, 'Took 6 damage');
    await page.keys('t');
    await page.$('[role="dialog"]').waitForDisplayed();
    await fill(page, 'Milestone', 'the trap');
    await page.keys(Key.Enter);
    await page.$('[role="dialog"]').waitForExist({ reverse: true });
    await sees(page, 'the trap');

    await chooseStep(page, 'Took 6 damage');
    await page.keys(Key.Enter);
    const banner = page.$('[aria-label="An older version"]');
    await banner.waitForDisplayed();
    await page.waitUntil(async () => (await banner.getText()).includes('the trap'));
    await page.waitUntil(async () => (await hitPoints(page)) === before - 6, { timeoutMsg: 'it is not as it stood' });
    await page.$('input[type="range"]').click();
    await page.keys(Key.End);
    await page.waitUntil(async () => (await hitPoints(page)) === before, { timeoutMsg: 'the slider did not move it' });
    await press(page, 'Back to today');
    await isAt(page, PLAIN);
    assert.equal(await hitPoints(page), before);
    await goToPart(page, 'Character');
    assert.equal(await fieldOf(page, '/identity/alignment').getValue(), 'Chaotic Good');
  });
});

test('a number tells where it comes from', async () => {
  await withApp(async ({ page }) => {
    await bringParty(page);
    await openCharacter(page, PLAIN);
    await takeDamage(page, 3);
    await openWhy(page, '/combat/current_hp');
    await press(page, 'Where does this come from?');
    await sees(page, 'Took 3 damage');
    await sees(page, 'it rests on');
  });
});

test('the library is put back to before a step, and forward again', async () => {
  await withApp(async ({ page }) => {
    await bringParty(page);
    await openCharacter(page, PLAIN);
    const before = await hitPoints(page);
    await takeDamage(page, 8);
    await page.keys([Key.Ctrl, 'k']);
    await page.$('[role="dialog"]').waitForDisplayed();
    await type(page, 'log of the library');
    await sees(page, 'Log of the library');
    await page.keys(Key.Enter);
    await isAt(page, 'Log of the library');
    await sees(page, 'Took 8 damage');
    await (await page.$$('button*=Back to here').getElements())[0]?.click();
    await page.$('[role="dialog"]').waitForDisplayed();
    await sees(page, 'as in version 1');
    await press(page, 'Put it back');
    await page.$('[role="dialog"]').waitForExist({ reverse: true });
    await openCharacter(page, PLAIN);
    await page.waitUntil(async () => (await hitPoints(page)) === before, { timeoutMsg: 'it was not restored' });
  });
});
