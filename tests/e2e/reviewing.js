/** What people do with seats and change requests, in their words. */
import { Key } from 'webdriverio';
import { fill, goTo, isAt, press, sees, type } from './page.js';
import { pressLabelled } from './table.js';

/** @typedef {import('./app.js').Browser} Browser */

/**
 * Makes the seats of a table in the settings, the DM's first, and lets the DM review what players change.
 *
 * @param {Browser} page
 * @param {string} dm
 * @param {string[]} players
 */
export async function makeSeats(page, dm, ...players) {
  await goTo(page, 'Settings');
  await fill(page, 'Name', dm);
  await press(page, 'Add the seat');
  await page.$(`//button[@aria-label="${dm}, DM: change the seat"]`).waitForExist();
  for (const player of players) {
    await press(page, 'Add a seat…');
    await fill(page, 'Name', player);
    await press(page, 'Add the seat');
    await page.$(`[aria-label="Sit here as ${player}"]`).waitForExist();
  }
  await page.$('label=Players propose what is the DM’s to decide').click();
  await page.$('[role="switch"][aria-checked="true"]').waitForExist();
}

/**
 * Changes the seat by the palette.
 *
 * @param {Browser} page
 * @param {string} name
 */
export async function sitAs(page, name) {
  await page.keys([Key.Ctrl, 'k']);
  await page.$('[role="dialog"]').waitForDisplayed();
  await type(page, `sit as ${name}`);
  await sees(page, `Sit as ${name}`);
  await page.keys(Key.Enter);
  await page.$(`//button[starts-with(@aria-label, "${name}, ")][contains(@aria-label, "change the seat")]`).waitForExist();
}

/**
 * Proposes the line one stands on, from the bar of the sheet.
 *
 * @param {Browser} page
 * @param {string} title
 * @param {string} [about]
 */
export async function propose(page, title, about) {
  await press(page, 'Propose…');
  await page.$('[role="dialog"]').waitForDisplayed();
  await fill(page, 'Title', title);
  if (about) await fill(page, 'What the DM should know', about);
  await press(page, 'Propose');
  await page.$('[role="dialog"]').waitForExist({ reverse: true });
  await isAt(page, 'Reviews');
  await page.$(`h1=${title}`).waitForExist();
}

/**
 * Opens a request from the list of all of them.
 *
 * @param {Browser} page
 * @param {string} title
 */
export async function openRequest(page, title) {
  await page.$('//nav[@aria-label="Main"]//button[starts-with(normalize-space(), "Reviews")]').click();
  await isAt(page, 'Reviews');
  const row = page.$(`//nav[contains(@aria-label, "hange requests")]//button[span[normalize-space()="${title}"]]`);
  await row.waitForClickable();
  await row.click();
  await page.$(`h1=${title}`).waitForExist();
}

/**
 * The row of a change of the request on show.
 *
 * @param {string} label which it begins with
 */
const rowOf = (label) => `//li[@data-change][starts-with(@aria-label, "${label}")]`;

/**
 * Walks with the arrow keys to a change.
 *
 * @param {Browser} page
 * @param {string} label
 */
export async function walkTo(page, label) {
  await page.$(rowOf(label)).waitForExist({ timeoutMsg: `there is no change of "${label}"` });
  const at = () => page.execute(() => document.activeElement?.getAttribute('aria-label') ?? '');
  for (const key of ['j', 'k'])
    for (let step = 0; step < 40 && !(await at()).startsWith(label); step += 1) await page.keys(key);
  if (!(await at()).startsWith(label)) throw new Error(`the keyboard does not come to "${label}", but to "${await at()}"`);
}

/**
 * Suggests another value for a change, and says why.
 *
 * @param {Browser} page
 * @param {string} label
 * @param {string} value
 * @param {string} why
 */
export async function suggest(page, label, value, why) {
  await walkTo(page, label);
  await page.keys('s');
  await page.keys([Key.Ctrl, 'a']);
  await type(page, value);
  await page.keys(Key.Tab);
  await type(page, why);
  await page.keys(Key.Enter);
  await page.$(`//article[@aria-label="Talk on ${label}"]`).waitForExist();
}

/**
 * Waits until a change stands so: `accepted`, `declined`, `no verdict yet`.
 *
 * @param {Browser} page
 * @param {string} label
 * @param {string} fate
 */
export async function standsAs(page, label, fate) {
  const says = `//li[@data-change][starts-with(@aria-label, "${label}")][contains(@aria-label, ": ${fate}")]`;
  await page.$(says).waitForExist({ timeoutMsg: `"${label}" does not stand as ${fate}` });
}

/**
 * Chooses from the menu of the request on show.
 *
 * @param {Browser} page
 * @param {string} words
 */
export async function chooseVerb(page, words) {
  await pressLabelled(page, 'More');
  const item = page.$(`//*[@role="menuitem"][starts-with(normalize-space(), "${words}")]`);
  await item.waitForClickable();
  await item.click();
}

/**
 * What the head says of the state of the request on show: `approved`, `merged`.
 *
 * @param {Browser} page
 * @param {string} words
 */
export async function stateIs(page, words) {
  await page.$(`//header//p[contains(normalize-space(), "· ${words}")]`).waitForExist({
    timeoutMsg: `the request is not "${words}"`,
  });
}
