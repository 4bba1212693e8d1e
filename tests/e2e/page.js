/** What people do in the window, in their words; the tests are written in these. */
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { Key } from 'webdriverio';

/** @typedef {import('./app.js').Browser} Browser */

const axeSource = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/**
 * Presses a button by what it says.
 *
 * @param {Browser} page
 * @param {string} words
 */
export async function press(page, words) {
  const button = await page.$(`button=${words}`);
  await button.waitForClickable();
  await button.click();
}

/**
 * Goes to one of the program's pages by the rail.
 *
 * @param {Browser} page
 * @param {'Library' | 'Compendium' | 'Homebrew' | 'Health' | 'Settings' | 'Sheet' | 'History'} name
 */
export async function goTo(page, name) {
  await page.$('nav[aria-label="Main"]').$(`button=${name}`).click();
  await page.$(`//nav[@aria-label="Main"]//button[@aria-current="page"][normalize-space()="${name}"]`).waitForExist();
}

/**
 * Waits until the window shows words, and complains in those words if it does not.
 *
 * @param {Browser} page
 * @param {string} words
 * @param {number} [timeout]
 */
export async function sees(page, words, timeout = 15_000) {
  await page.waitUntil(async () => (await text(page)).includes(words), {
    timeout,
    timeoutMsg: `the window does not show "${words}"`,
  });
}

/**
 * Waits until the window no longer shows words.
 *
 * @param {Browser} page
 * @param {string} words
 */
export async function seesNoMore(page, words) {
  await page.waitUntil(async () => !(await text(page)).includes(words), {
    timeoutMsg: `the window still shows "${words}"`,
  });
}

/** All the words in the window. @param {Browser} page */
export function text(page) {
  return page.execute(() => document.body.innerText);
}

/**
 * Fills a field by its label, as a person would: what stood there is replaced.
 *
 * @param {Browser} page
 * @param {string} label
 * @param {string} value
 */
export async function fill(page, label, value) {
  const field = await page.$(`aria/${label}`);
  await field.waitForDisplayed();
  await field.click();
  await page.keys([Key.Ctrl, 'a']);
  if (value === '') await page.keys(Key.Delete);
  else await type(page, value);
}

/**
 * Types words, one key after the other, wherever the cursor is.
 *
 * @param {Browser} page
 * @param {string} words
 */
export async function type(page, words) {
  const keys = page.action('key');
  for (const letter of words) keys.down(letter).up(letter);
  await keys.perform();
}

/**
 * Waits until the window is at a page: a character's name, or one of the program's own.
 *
 * @param {Browser} page
 * @param {string} name
 */
export async function isAt(page, name) {
  await page.waitUntil(async () => (await page.$('main').getAttribute('aria-label')) === name, {
    timeoutMsg: `the window did not go to "${name}"`,
  });
}

/**
 * Makes a character by the dialog; its sheet opens.
 *
 * @param {Browser} page
 * @param {string} name
 */
export async function makeCharacter(page, name) {
  await page.keys([Key.Ctrl, 'n']);
  await page.$('[role="dialog"]').waitForDisplayed();
  await fill(page, 'Name', name);
  await press(page, 'Make character');
  await page.$('[role="dialog"]').waitForExist({ reverse: true });
}

/** Brings the demo party into an empty library. @param {Browser} page */
export async function bringParty(page) {
  await press(page, 'Bring in the demo party');
  await sees(page, '11 characters');
  await sees(page, 'Sorrel Quickfen');
}

/**
 * Opens a character by its card in the library.
 *
 * @param {Browser} page
 * @param {string} name
 */
export async function openCharacter(page, name) {
  await goTo(page, 'Library');
  await press(page, name);
  await isAt(page, name);
}

/**
 * Chooses from a character's menu in the library.
 *
 * @param {Browser} page
 * @param {string} name
 * @param {string} verb
 */
export async function chooseFor(page, name, verb) {
  await page.$(`aria/Actions for ${name}`).click();
  const item = await page.$(`//*[@role="menuitem"][normalize-space()="${verb}"]`);
  await item.waitForClickable();
  await item.click();
}

/**
 * Goes to a part of the open sheet by its tab.
 *
 * @param {Browser} page
 * @param {string} name
 */
export async function goToPart(page, name) {
  await page.$(`//*[@role="tab"][starts-with(normalize-space(), "${name}")]`).click();
  await page.$(`//*[@role="tab"][@aria-selected="true"][starts-with(normalize-space(), "${name}")]`).waitForExist();
}

/**
 * The field of a cell of the open sheet.
 *
 * @param {Browser} page
 * @param {string} cell
 */
export function fieldOf(page, cell) {
  return page.$(`[data-cell="${cell}"] :is(input, textarea)`);
}

/**
 * Types a new value into a cell's field and leaves it with Tab, which saves.
 *
 * @param {Browser} page
 * @param {string} cell
 * @param {string} value
 */
export async function write(page, cell, value) {
  await begin(page, cell, value);
  await page.keys(Key.Tab);
}

/**
 * Types a new value into a cell's field and stays in it.
 *
 * @param {Browser} page
 * @param {string} cell
 * @param {string} value
 */
export async function begin(page, cell, value) {
  const field = fieldOf(page, cell);
  await field.waitForDisplayed();
  await field.scrollIntoView({ block: 'center' });
  await field.click();
  await page.keys([Key.Ctrl, 'a']);
  await type(page, value);
}

/** Waits until everything that was typed is on disk. @param {Browser} page */
export async function saved(page) {
  await page.$('[data-save="saved"]').waitForExist();
}

/**
 * Takes damage at the open sheet, from the keyboard.
 *
 * @param {Browser} page
 * @param {number} amount
 */
export async function takeDamage(page, amount) {
  await page.$('aria/Amount: Enter takes damage, Shift+Enter heals').click();
  await type(page, String(amount));
  await page.keys(Key.Enter);
  await sees(page, `Took ${amount} damage`);
  await saved(page);
}

/** How many hit points the open sheet shows. @param {Browser} page */
export async function hitPoints(page) {
  return Number(await page.$('[data-cell="/combat/damage_taken"] b').getText());
}

/**
 * Asks why a number of the sheet is what it is.
 *
 * @param {Browser} page
 * @param {string} cell the number's cell in the complete sheet
 */
export async function openWhy(page, cell) {
  const number = page.$(`[data-cell="${cell}"] button`);
  await number.waitForClickable();
  await number.click();
  await page.$('.why').waitForDisplayed();
}

/**
 * Chooses a step in the history by its title; what can be done with it then stands at the side.
 *
 * @param {Browser} page
 * @param {string} title
 */
export async function chooseStep(page, title) {
  const step = await page.$(`//*[@data-commit]/button[starts-with(normalize-space(), "${title}")]`);
  await step.waitForClickable();
  await step.click();
  await page.$(`//article[@aria-label="The chosen step"]//h2[contains(normalize-space(), "${title}")]`).waitForExist();
}

/**
 * Chooses from the menu of lines on the bar of the open sheet.
 *
 * @param {Browser} page
 * @param {string} words
 */
export async function chooseLine(page, words) {
  const opener = await page.$('//button[contains(@aria-label, ": lines of this character") or @aria-label="What if…"]');
  await opener.waitForClickable();
  await opener.click();
  const item = await page.$(`//*[@role="menuitem"][starts-with(normalize-space(), "${words}")]`);
  await item.waitForClickable();
  await item.click();
}

/**
 * Waits until the bar of the open sheet says that one stands on a line.
 *
 * @param {Browser} page
 * @param {string} title
 */
export async function standsOn(page, title) {
  const says =
    title === 'main'
      ? '(starts-with(@aria-label, "main: ") or starts-with(@aria-label, "main · "))'
      : `contains(@aria-label, " ${title} · ")`;
  const chip = `//button[contains(@aria-label, ": lines of this character")][${says}]`;
  await page.$(chip).waitForExist({ timeoutMsg: `the bar does not say "${title}"` });
}

/**
 * Begins a what-if from the bar of the sheet, and stands on it.
 *
 * @param {Browser} page
 * @param {string} title
 */
export async function whatIf(page, title) {
  await chooseLine(page, 'What if…');
  await page.$('[role="dialog"]').waitForDisplayed();
  await fill(page, 'Name of the what-if', title);
  await press(page, 'Begin');
  await page.$('[role="dialog"]').waitForExist({ reverse: true });
  await standsOn(page, title);
}

/**
 * Changes cells of the open character behind the page's back, as another window on the same library would.
 *
 * @param {Browser} page
 * @param {string} name
 * @param {Record<string, unknown>} cells
 */
export async function changeElsewhere(page, name, cells) {
  const answer = await page.executeAsync(
    (
      /** @type {string} */ text,
      /** @type {Record<string, unknown>} */ values,
      /** @type {(answer: string) => void} */ done,
    ) => {
      const { invoke } = /** @type {any} */ (window).__TAURI_INTERNALS__;
      const query = { text, kinds: [], classes: [], owners: [], archived: 'without', sort: 'name', descending: false, offset: 0, limit: 1 };
      invoke('roster_list', { query })
        .then((/** @type {any} */ list) => invoke('sheet_show', { id: list.rows[0].id }))
        .then((/** @type {any} */ view) => {
          const changes = Object.entries(values).map(([path, value]) => ({ op: 'set', path, value }));
          return invoke('sheet_edit', { request: { id: view.id, branch: null, base: view.commit, changes, message: null } });
        })
        .then(
          (/** @type {any} */ outcome) => done(outcome.status),
          (/** @type {any} */ failure) => done(`${failure.code}: ${failure.message}`),
        );
    },
    name,
    cells,
  );
  if (answer !== 'saved') throw new Error(`the change elsewhere was not saved: ${answer}`);
}

/** Waits until nothing moves any more. @param {Browser} page */
export async function settled(page) {
  // Nothing is answered: what moved may be gone from the page by then, and cannot be named any more.
  await page.execute(() => Promise.allSettled(document.getAnimations().map((one) => one.finished)).then(() => undefined));
}

/**
 * Runs axe over what the window shows, and gives what is serious or worse, each with the elements it is about.
 *
 * @param {Browser} page
 */
export async function seriousFindings(page) {
  // Colours in the middle of a transition are nobody's colours.
  await settled(page);
  await page.execute(axeSource);
  const findings = await page.executeAsync((/** @type {(found: unknown) => void} */ done) => {
    const axe = /** @type {any} */ (window).axe;
    axe.run(document, { resultTypes: ['violations'] }).then(
      (/** @type {any} */ result) =>
        done(
          result.violations
            .filter((/** @type {any} */ one) => one.impact === 'serious' || one.impact === 'critical')
            .map((/** @type {any} */ one) => `${one.id}: ${one.help}\n    ${one.nodes.map((/** @type {any} */ node) => node.html.slice(0, 160)).join('\n    ')}`),
        ),
      (/** @type {unknown} */ error) => done([String(error)]),
    );
  });
  return /** @type {string[]} */ (findings);
}

/**
 * Makes the page light or dark from its next start on, as the switch in the settings does.
 *
 * @param {Browser} page
 * @param {'light' | 'dark'} theme
 */
export async function setTheme(page, theme) {
  await page.execute((choice) => localStorage.setItem('forkbeard.theme', choice), theme);
  await page.refresh();
}
