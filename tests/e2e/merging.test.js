/** Lines brought together in the real window: the level and the loot, conflicts that wait and are decided, the board. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Key } from 'webdriverio';
import { withApp } from './app.js';
import { takeLevel } from './building.js';
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
import { pressLabelled, quickCharacter } from './table.js';

/** @typedef {import('./app.js').Browser} Browser */

const HERO = 'Sorrel Quickfen';
const PLAIN = 'Oru Nine-Stones';
const ALIGNMENT = '/identity/alignment';

/** The most hit points that the open sheet shows. @param {Browser} page */
const mostHitPoints = async (page) => Number(await page.$('[data-cell="/combat/hp_maximum"]').getText());

/** Puts a thing of the compendium into the pack. @param {Browser} page @param {string} name */
async function loot(page, name) {
  await goToPart(page, 'Equipment');
  await press(page, 'Add from the compendium');
  await page.$('aside[aria-label="Add equipment"]').waitForDisplayed();
  await page.waitUntil(() => page.execute(() => document.activeElement?.tagName === 'INPUT'));
  await type(page, name.toLowerCase());
  await pressLabelled(page, `Add ${name}`);
  await sees(page, `Added ${name}`);
  await page.keys(Key.Escape);
  await saved(page);
}

/** Waits until a field holds a value. @param {Browser} page @param {string} cell @param {string} value */
async function holds(page, cell, value) {
  await page.waitUntil(async () => (await fieldOf(page, cell).getValue()) === value, {
    timeoutMsg: `${cell} is not "${value}"`,
  });
}

/** Where the focus stands, in the words of the element. @param {Browser} page */
const focused = (page) => page.execute(() => document.activeElement?.textContent?.trim() ?? '');

/** Two lines with another alignment each, and damage taken on main; one stands on main. @param {Browser} page */
async function apart(page) {
  await bringParty(page);
  await openCharacter(page, PLAIN);
  await goToPart(page, 'Character');
  await write(page, ALIGNMENT, 'True Neutral');
  await saved(page);
  await whatIf(page, 'a darker road');
  await write(page, ALIGNMENT, 'Chaotic Evil');
  await saved(page);
  await chooseLine(page, 'main');
  await standsOn(page, 'main');
  await write(page, ALIGNMENT, 'Lawful Good');
  await saved(page);
  await takeDamage(page, 3);
}

test('after one button the character is leveled up with all the new loot still in the inventory', async () => {
  await withApp(async ({ page }) => {
    const name = 'Mira Thornway';
    await quickCharacter(page, { name, levels: ['Fighter', 'Fighter', 'Fighter', 'Fighter'] });
    await openCharacter(page, name);
    const before = await mostHitPoints(page);

    // The player levels up at home.
    await whatIf(page, 'level five');
    await takeLevel(page, '5: Fighter');
    await goToPart(page, 'Play');
    await page.waitUntil(async () => (await mostHitPoints(page)) > before);
    const raised = await mostHitPoints(page);

    // Meanwhile the DM hands out loot, and the fight goes on.
    await chooseLine(page, 'main');
    await standsOn(page, 'main');
    await page.waitUntil(async () => (await mostHitPoints(page)) === before);
    await loot(page, 'Longsword');
    const gold = Number(await fieldOf(page, '/equipment/currency/gp').getValue());
    await write(page, '/equipment/currency/gp', String(gold + 120));
    await saved(page);
    await takeDamage(page, 7);

    // One button.
    await chooseLine(page, 'level five');
    await standsOn(page, 'level five');
    await press(page, 'Bring into main');
    await sees(page, 'no conflicts');
    await sees(page, 'The rules have nothing against it');
    await press(page, 'Bring it in');
    await sees(page, '“level five” is in main now');
    await isAt(page, name);
    await standsOn(page, 'main');
    await sees(page, 'Fighter 5');
    assert.equal(await mostHitPoints(page), raised);
    assert.equal(await hitPoints(page), raised - 7);
    await goToPart(page, 'Equipment');
    await sees(page, 'Longsword');
    await holds(page, '/equipment/currency/gp', String(gold + 120));
    assert.doesNotMatch(await text(page), /conflict/i);

    // And one undo takes it back whole, with the loot where it was.
    await page.keys([Key.Ctrl, 'z']);
    await page.waitUntil(async () => (await mostHitPoints(page)) === before, { timeoutMsg: 'it was not taken back' });
    assert.equal(await hitPoints(page), before - 7);
    await sees(page, 'Fighter 4');
    await sees(page, 'Longsword');
    await holds(page, '/equipment/currency/gp', String(gold + 120));
    await page.keys([Key.Ctrl, Key.Shift, 'z']);
    await sees(page, 'Fighter 5');

    // Later it still goes by itself, and what came after it stays.
    await takeDamage(page, 2);
    await goTo(page, 'History');
    await chooseStep(page, 'Brought in level five');
    await press(page, 'Undo just this');
    await sees(page, 'Taken back: Brought in level five');
    await goTo(page, 'Sheet');
    await sees(page, 'Fighter 4');
    await page.waitUntil(async () => (await hitPoints(page)) === before - 9, { timeoutMsg: 'the later damage went too' });
  });
});

test('a conflict waits on the sheet while play goes on, and is decided by keyboard', async () => {
  await withApp(async ({ page }) => {
    await apart(page);
    await chooseLine(page, 'a darker road');
    await standsOn(page, 'a darker road');
    await press(page, 'Bring into main');
    await sees(page, '1 conflict');
    await sees(page, '0 of 1 resolved');
    // By keys from here on: with the conflict left open.
    await page.keys([Key.Ctrl, Key.Enter]);
    await isAt(page, PLAIN);
    await standsOn(page, 'main');
    await sees(page, '1 conflict waits');

    // The sheet computes and is played on; the cell shows what was, mine and theirs.
    const hurt = await hitPoints(page);
    await takeDamage(page, 2);
    assert.equal(await hitPoints(page), hurt - 2);
    await goToPart(page, 'Character');
    await holds(page, ALIGNMENT, 'Lawful Good');
    const chip = '[role="group"][aria-label="Conflict: Alignment"]';
    await page.$(chip).waitForDisplayed();
    const words = await page.execute((at) => document.querySelector(at)?.textContent ?? '', chip);
    assert.equal(words.replaceAll(/\s+/g, ' ').trim(), 'before True Neutral keep main Lawful Good take a darker road Chaotic Evil');

    await page.keys(Key.F8);
    await sees(page, '0 of 1 resolved');
    assert.equal(await focused(page), 'Alignment');
    await page.keys('c');
    await page.$('section[aria-labelledby="conflicts-title"] dl').waitForDisplayed();
    await page.keys('2');
    await sees(page, 'All decided.');
    await holds(page, ALIGNMENT, 'Chaotic Evil');
    assert.equal(await focused(page), 'Back to the sheet');
    await page.keys(Key.Enter);
    await seesNoMore(page, 'All decided.');
    assert.equal(await hitPoints(page), hurt - 2);

    // Taken back it waits again; at the cell itself it is decided by one press, and another edit goes on top.
    await page.keys([Key.Ctrl, 'z']);
    await sees(page, '1 conflict waits');
    await holds(page, ALIGNMENT, 'Lawful Good');
    await page.$(chip).$('button*=True Neutral').click();
    await holds(page, ALIGNMENT, 'True Neutral');
    await seesNoMore(page, '1 conflict waits');
    await write(page, '/identity/background', 'Hermit');
    await saved(page);
    await holds(page, ALIGNMENT, 'True Neutral');
  });
});

test('a conflict is decided before it is brought in; brought in, it is taken out by its message', async () => {
  await withApp(async ({ page }) => {
    await apart(page);
    await chooseLine(page, 'a darker road');
    await standsOn(page, 'a darker road');
    await press(page, 'Bring into main');
    await sees(page, '0 of 1 resolved');
    await page.keys('n');
    await page.keys('e');
    await fill(page, 'Alignment: another value', 'Neutral Evil');
    await page.keys(Key.Enter);
    await sees(page, '1 of 1 resolved');
    await press(page, 'Bring it in');
    await standsOn(page, 'main');
    await goToPart(page, 'Character');
    await holds(page, ALIGNMENT, 'Neutral Evil');
    assert.doesNotMatch(await text(page), /conflict waits/);
    // The way back goes back to the line on which one stood.
    await page.$('//li[.//p[contains(., "is in main now")]]//button[normalize-space()="Undo"]').click();
    await standsOn(page, 'a darker road');
    await holds(page, ALIGNMENT, 'Chaotic Evil');
    await chooseLine(page, 'main');
    await standsOn(page, 'main');
    await holds(page, ALIGNMENT, 'Lawful Good');
  });
});

test('what-ifs stand side by side, and a single cell is picked from one to the other by keys', async () => {
  await withApp(async ({ page }) => {
    await bringParty(page);
    await openCharacter(page, HERO);
    await goToPart(page, 'Character');
    const before = await fieldOf(page, ALIGNMENT).getValue();
    await whatIf(page, 'twin blades');
    await write(page, ALIGNMENT, 'Lawful Good');
    await saved(page);
    await takeDamage(page, 4);
    await chooseLine(page, 'Side by side');
    await page.$('table[aria-label="Versions side by side"]').waitForDisplayed();
    await page.keys('d');
    await page.$('//tr[th[contains(., "Alignment")]]').waitForDisplayed();

    // From the first cell by arrows to what the what-if has, and onto main.
    await page.$('[role="gridcell"][tabindex="0"]').click();
    const stands = () =>
      page.execute(() => {
        const cell = document.activeElement?.closest('td');
        return `${cell?.closest('tr')?.querySelector('th .label')?.textContent} ${cell?.cellIndex}`;
      });
    for (let row = 0; row < 30 && !(await stands()).includes('Alignment'); row += 1) await page.keys(Key.ArrowDown);
    await page.keys(Key.ArrowRight);
    assert.match(await stands(), /Alignment.* 2$/);
    await page.keys(Key.Enter);
    await sees(page, 'Alignment is on main now');
    await page.$('//tr[th[contains(., "Alignment")]]').waitForExist({ reverse: true });
    await press(page, 'To the sheet');
    await chooseLine(page, 'main');
    await standsOn(page, 'main');
    await goToPart(page, 'Character');
    await holds(page, ALIGNMENT, 'Lawful Good');
    await page.keys([Key.Ctrl, 'z']);
    await holds(page, ALIGNMENT, before);
    await goTo(page, 'History');
    await sees(page, 'Alignment');
  });
});
