/** What people do in the builder, in their words. */
import { press, sees, type } from './page.js';

/** @typedef {import('./app.js').Browser} Browser */

/** The list of choices at the left. */
const LIST = '//nav[@aria-label="Choices"]';
/** The choice on show at the right. */
const PANEL = '//section[contains(concat(" ", @class, " "), " panel ")]';

/** @param {string} name a class of a style sheet */
const has = (name) => `contains(concat(" ", normalize-space(@class), " "), " ${name} ")`;

/** @param {string} title */
const stepWith = (title) => `${LIST}//button[span[${has('title')}][normalize-space()="${title}"]]`;

/** @param {string} name */
const optionWith = (name) => `${PANEL}//button[${has('option')}][span[${has('name')}][normalize-space()="${name}"]]`;

/**
 * Goes to a choice by its title in the list.
 *
 * @param {Browser} page
 * @param {string} title
 */
export async function goToStep(page, title) {
  const step = await page.$(stepWith(title));
  await step.waitForExist({ timeoutMsg: `the builder has no choice "${title}"` });
  await step.scrollIntoView({ block: 'center' });
  await step.click();
  await page.$(`${PANEL}[@aria-label="${title}"]`).waitForDisplayed();
}

/**
 * What stands at a choice in the list, without its title: `Medicine, Persuasion`.
 *
 * @param {Browser} page
 * @param {string} title
 */
export function standsAt(page, title) {
  return page.execute((wanted) => {
    const steps = [...document.querySelectorAll('nav[aria-label="Choices"] button.step')];
    const step = steps.find((one) => one.querySelector('.title')?.textContent?.trim() === wanted);
    return step?.querySelector('.now')?.textContent?.trim() ?? '';
  }, title);
}

/** The titles of the choices where something does not add up. @param {Browser} page */
export function wrongSteps(page) {
  return page.execute(() =>
    [...document.querySelectorAll('nav[aria-label="Choices"] button:has([aria-label="Something does not add up"]) .title')].map(
      (title) => title.textContent?.trim() ?? '',
    ),
  );
}

/** The choices with something open, each with how much. @param {Browser} page */
export function openSteps(page) {
  return page.execute(() =>
    Object.fromEntries(
      [...document.querySelectorAll('nav[aria-label="Choices"] button:has(.count)')].map((step) => [
        step.querySelector('.title')?.textContent?.trim() ?? '',
        Number.parseInt(step.querySelector('.count')?.textContent ?? '', 10),
      ]),
    ),
  );
}

/**
 * Presses an option of the choice on show and waits until it is picked.
 *
 * @param {Browser} page
 * @param {string} name
 */
export async function pressOption(page, name) {
  const option = await page.$(optionWith(name));
  await option.waitForDisplayed({ timeoutMsg: `"${name}" is not offered` });
  await option.scrollIntoView({ block: 'center' });
  await option.click();
}

/**
 * Goes to a choice and picks options there with the mouse.
 *
 * @param {Browser} page
 * @param {string} title
 * @param {string[]} names
 */
export async function pick(page, title, ...names) {
  await goToStep(page, title);
  for (const name of names) {
    await pressOption(page, name);
    await page.waitUntil(async () => (await standsAt(page, title)).includes(name), {
      timeoutMsg: `"${name}" was not picked at "${title}"`,
    });
  }
}

/**
 * Picks spells of the caster on show, all of one level.
 *
 * @param {Browser} page
 * @param {string} level as the builder calls it: `Cantrips`, `Level 1`
 * @param {string[]} names
 */
export async function pickSpells(page, level, ...names) {
  const tab = page.$(`${PANEL}//*[@role="radio"][normalize-space()="${level}"]`);
  if (await tab.isExisting()) {
    await tab.click();
    await page.$(`${PANEL}//*[@role="radio"][@aria-checked="true"][normalize-space()="${level}"]`).waitForExist();
  }
  for (const name of names) {
    // The last cantrip turns the list to the spells: what counts is what the choice says of itself.
    const before = await spellsPicked(page);
    await pressOption(page, name);
    await page.waitUntil(async () => (await spellsPicked(page)) !== before, { timeoutMsg: `"${name}" was not picked` });
  }
}

/** How many spells are picked, as the choice on show says it. @param {Browser} page */
function spellsPicked(page) {
  return page.execute(() => [...document.querySelectorAll('.panel .count')].map((one) => one.textContent).join());
}

/**
 * Waits until a text stands as the heading of the builder.
 *
 * @param {Browser} page
 * @param {string} words as in `3 choices open`, `Every choice is made`
 */
export async function heading(page, words) {
  await page.waitUntil(async () => (await page.$('.build > header [role="status"]').getText()) === words, {
    timeoutMsg: `the builder does not say "${words}"`,
  });
}

/**
 * The number of a label in the preview of a level, before and after.
 *
 * @param {Browser} page
 * @param {string} label
 */
export async function previewed(page, label) {
  const row = page.$(`${PANEL}//tr[th[normalize-space()="${label}"]]`);
  await row.waitForExist({ timeoutMsg: `the preview does not speak of "${label}"` });
  return { before: await row.$('td:nth-of-type(1)').getText(), after: await row.$('td:nth-of-type(3)').getText() };
}

/**
 * Takes the level that the preview on show is of, with the fixed hit points.
 *
 * @param {Browser} page
 * @param {string} words as the button has them: `5: Wizard`
 */
export async function takeLevel(page, words) {
  await press(page, 'Level up');
  await page.$(`${PANEL}[@aria-label="Level up"]`).waitForDisplayed();
  await press(page, `Take level ${words}`);
  await sees(page, `Level ${words}`);
}

/**
 * Takes what a class or a background offers to start with, the first way of it.
 *
 * @param {Browser} page
 * @param {string} source
 * @param {string} [choice] what is chosen where the offer leaves something open
 */
export async function takeStart(page, source, choice) {
  const offers = page.$(`${PANEL}//section[@aria-label="${source}"]`);
  await offers.waitForDisplayed();
  if (choice) {
    await offers.$('input').click();
    await type(page, choice);
    const option = page.$(`//*[@role="option"][contains(normalize-space(), "${choice}")]`);
    await option.waitForClickable();
    await option.click();
    await option.waitForExist({ reverse: true });
  }
  const take = offers.$('button=Take A');
  await take.waitForEnabled();
  await take.click();
  await offers.$('li.taken').waitForExist({ timeoutMsg: `nothing was taken of ${source}` });
}
