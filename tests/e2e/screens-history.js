/** The screens of lines, differences, time and the log; the tour photographs them, a test runs axe on them. */
import { Key } from 'webdriverio';
import {
  bringParty,
  chooseLine,
  chooseStep,
  fill,
  goTo,
  goToPart,
  isAt,
  openCharacter,
  openWhy,
  press,
  saved,
  sees,
  standsOn,
  takeDamage,
  type,
  write,
} from './page.js';
import { walkMerging } from './screens-merging.js';
import { HERO } from './screens.js';

/** @typedef {import('./app.js').Browser} Browser */

/**
 * Walks through them, from a library that may be empty.
 *
 * @param {Browser} page
 * @param {(name: string) => Promise<void>} visit
 */
export async function walkHistory(page, visit) {
  await goTo(page, 'Library');
  if (await page.$('button=Bring in the demo party').isExisting()) await bringParty(page);
  await openCharacter(page, HERO);
  await goToPart(page, 'Play');
  await takeDamage(page, 7);
  await chooseLine(page, 'What if…');
  await page.$('[role="dialog"]').waitForDisplayed();
  await fill(page, 'Name of the what-if', 'twin blades');
  await visit('lines-begin');
  await press(page, 'Begin');
  await standsOn(page, 'twin blades');
  await goToPart(page, 'Equipment');
  await write(page, '/equipment/currency/gp', '162');
  await goToPart(page, 'Character');
  await write(page, '/abilities/scores/constitution', '16');
  await saved(page);
  await goToPart(page, 'Play');
  await page.$('//button[contains(@aria-label, ": lines of this character")]').click();
  await page.$('[role="menuitem"]').waitForDisplayed();
  await visit('lines-menu');
  await page.keys(Key.Escape);
  await chooseLine(page, 'Make the last steps a proposal');
  await page.$('[role="radio"]').waitForDisplayed();
  await visit('lines-take');
  await page.keys(Key.Escape);
  await page.$('[role="dialog"]').waitForExist({ reverse: true });
  await openWhy(page, '/combat/current_hp');
  await press(page, 'Where does this come from?');
  await sees(page, 'it rests on');
  await visit('blame');
  await page.keys(Key.Escape);

  await chooseLine(page, 'Compare with main');
  await isAt(page, `History of ${HERO}`);
  await sees(page, 'changes by people');
  await visit('difference-sheet');
  await page.keys('2');
  await visit('difference-list');
  await page.keys('3');
  await visit('difference-cells');
  await page.keys('1');
  await page.keys([Key.Alt, Key.ArrowLeft]);
  await isAt(page, HERO);
  await chooseLine(page, 'main');
  await standsOn(page, 'main');
  await takeDamage(page, 3);
  await goTo(page, 'History');
  await sees(page, 'Took 3 damage');
  await chooseStep(page, 'Took 7 damage');
  await page.keys('t');
  await page.$('[role="dialog"]').waitForDisplayed();
  await fill(page, 'Milestone', 'as of session 12');
  await visit('milestone');
  await page.keys(Key.Enter);
  await page.$('[role="dialog"]').waitForExist({ reverse: true });
  await sees(page, 'as of session 12');
  await visit('history-graph');
  await chooseStep(page, 'Took 7 damage');
  await page.keys(Key.Enter);
  await page.$('input[type="range"]').waitForDisplayed();
  await visit('time-travel');
  await press(page, 'Back to today');
  await isAt(page, HERO);

  await page.keys([Key.Ctrl, 'k']);
  await page.$('[role="dialog"]').waitForDisplayed();
  await type(page, 'log of the library');
  await sees(page, 'Log of the library');
  await page.keys(Key.Enter);
  await isAt(page, 'Log of the library');
  await sees(page, 'Took 3 damage');
  await visit('log');
  await (await page.$$('button*=Back to here').getElements())[1]?.click();
  await page.$('[role="dialog"]').waitForDisplayed();
  await sees(page, 'what would change');
  await visit('log-restore');
  await page.keys(Key.Escape);
  await page.$('[role="dialog"]').waitForExist({ reverse: true });
  await walkMerging(page, 'twin blades', visit);
}
