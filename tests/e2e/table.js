/** What people do with a sheet at the table, in their words. */
import { Key } from 'webdriverio';
import { press, saved, type } from './page.js';

/** @typedef {import('./app.js').Browser} Browser */

/**
 * Makes a whole character behind the page's back, every choice made by the rules, and shows it in the library.
 *
 * @param {Browser} page
 * @param {{ name: string, levels: string[], species?: string, background?: string }} wanted
 */
export async function quickCharacter(page, { name, levels, species = '', background = '' }) {
  const answer = await page.executeAsync(
    (/** @type {unknown} */ character, /** @type {(answer: string) => void} */ done) => {
      const { invoke } = /** @type {any} */ (window).__TAURI_INTERNALS__;
      invoke('roster_quick', { character }).then(
        () => done('made'),
        (/** @type {any} */ failure) => done(`${failure.code}: ${failure.message}`),
      );
    },
    { display_name: name, owner: '', levels, species, background },
  );
  if (answer !== 'made') throw new Error(`the character was not made: ${answer}`);
  await page.refresh();
  await page.$(`button=${name}`).waitForClickable();
}

/**
 * How much of a supply is left, as its row of pips says.
 *
 * @param {Browser} page
 * @param {string} label
 */
export async function left(page, label) {
  return Number(await page.$(`[role="slider"][aria-label="${label}"]`).getAttribute('aria-valuenow'));
}

/**
 * Waits until so much of a supply is left.
 *
 * @param {Browser} page
 * @param {string} label
 * @param {number} count
 */
export async function hasLeft(page, label, count) {
  await page.waitUntil(async () => (await left(page, label)) === count, {
    timeoutMsg: `${label}: not ${count} are left`,
  });
}

/**
 * Heals at the open sheet, from the keyboard.
 *
 * @param {Browser} page
 * @param {number} amount
 */
export async function heal(page, amount) {
  await page.$('aria/Amount: Enter takes damage, Shift+Enter heals').click();
  await type(page, String(amount));
  await page.keys([Key.Shift, Key.Enter]);
}

/**
 * Waits until the sheet shows so many hit points.
 *
 * @param {Browser} page
 * @param {number} count
 */
export async function hasHitPoints(page, count) {
  const shown = () => page.$('[data-cell="/combat/damage_taken"] b').getText();
  await page.waitUntil(async () => (await shown()) === String(count), {
    timeoutMsg: `the sheet does not show ${count} hit points`,
  });
  await saved(page);
}

/**
 * Presses something by its accessible name.
 *
 * @param {Browser} page
 * @param {string} label
 */
export async function pressLabelled(page, label) {
  const button = page.$(`[aria-label="${label}"]`);
  await button.waitForExist({ timeoutMsg: `there is nothing called "${label}"` });
  await button.scrollIntoView({ block: 'center' });
  await button.waitForClickable();
  await button.click();
}

/**
 * Chooses from an open menu.
 *
 * @param {Browser} page
 * @param {string} words which the item begins with
 */
export async function chooseItem(page, words) {
  const item = page.$(`//*[@role="menuitem"][starts-with(normalize-space(), "${words}")]`);
  await item.waitForClickable();
  await item.click();
}

/**
 * Rolls to hit with a weapon until the die does not show a 1, which misses and offers no damage.
 *
 * @param {Browser} page
 * @param {string} weapon
 * @returns the button that rolls the damage
 */
export async function strike(page, weapon) {
  for (let tries = 0; tries < 10; tries += 1) {
    await pressLabelled(page, `Roll to hit with ${weapon}`);
    await page.waitUntil(async () => (await latest(page)).title.startsWith(weapon), {
      timeoutMsg: `the roll with ${weapon} is not shown`,
    });
    const damage = page.$('.latest').$('.next button');
    if (await damage.isExisting()) return damage;
    await pressLabelled(page, 'Put the result away');
    await page.$('.latest').waitForExist({ reverse: true });
  }
  throw new Error('ten times a 1: the dice are loaded');
}

/** The newest roll on show: what for and its total. @param {Browser} page */
export async function latest(page) {
  const found = await page.execute(() => {
    const roll = document.querySelector('.latest .roll');
    return {
      title: roll?.querySelector('.label')?.textContent?.trim() ?? '',
      total: Number((roll?.querySelector('.total')?.textContent ?? 'NaN').replace('−', '-')),
    };
  });
  return found;
}

/** The rolls in the open tray, newest first: what each was for. @param {Browser} page */
export function logged(page) {
  return page.execute(() =>
    [...document.querySelectorAll('section[aria-label="Dice"] .roll .label')].map((label) => label.textContent?.trim() ?? ''),
  );
}

/**
 * Takes a rest by its dialog and stays at its result.
 *
 * @param {Browser} page
 * @param {'Short' | 'Long'} kind
 * @param {Record<string, number>} [dice] hit dice to spend, by their size: `{ d10: 2 }`
 */
export async function rest(page, kind, dice = {}) {
  await press(page, `${kind} rest`);
  const dialog = page.$('[role="dialog"]');
  await dialog.waitForDisplayed();
  for (const [die, count] of Object.entries(dice)) {
    await dialog.$(`aria/${die} to spend`).click();
    await page.keys([Key.Ctrl, 'a']);
    await type(page, String(count));
    await page.keys(Key.Tab);
  }
  await press(page, 'Rest');
  await page.$('button=Undo the rest').waitForClickable();
}

/**
 * Brings a condition about: opens what lists them and presses it.
 *
 * @param {Browser} page
 * @param {string} name
 */
export async function addCondition(page, name) {
  await press(page, '+ condition');
  await pressCondition(page, name);
}

/**
 * Finds a condition in the open list, the pointer on it.
 *
 * @param {Browser} page
 * @param {string} name
 */
export async function pointAtCondition(page, name) {
  const row = page.$(`//ul[@aria-label="Conditions to add"]//button[b[normalize-space()="${name}"]]`);
  await row.waitForDisplayed();
  await row.scrollIntoView({ block: 'center' });
  await row.waitForClickable();
  await row.moveTo();
  return row;
}

/**
 * Presses a condition in the open list.
 *
 * @param {Browser} page
 * @param {string} name
 */
export async function pressCondition(page, name) {
  const row = await pointAtCondition(page, name);
  await row.click();
}
