/** The screens of seats and change requests; the tour photographs them, a test runs axe on them. */
import { Key } from 'webdriverio';
import {
  bringParty,
  changeElsewhere,
  chooseLine,
  fill,
  goTo,
  goToPart,
  isAt,
  openCharacter,
  press,
  saved,
  sees,
  seesNoMore,
  standsOn,
  type,
} from './page.js';
import { makeSeats, openRequest, propose, sitAs, standsAs, stateIs, suggest, walkTo } from './reviewing.js';
import { HERO } from './screens.js';

/** @typedef {import('./app.js').Browser} Browser */

const STORY = '/identity/personality/backstory';
const TITLE = 'Level 7, and the loot of Hollow Barrow';

/**
 * Begins a what-if for a proposal, changes cells on it and proposes it.
 *
 * @param {Browser} page
 * @param {{ who: string, line: string, title: string, cells: Record<string, unknown> }} wanted
 */
async function proposes(page, { who, line, title, cells }) {
  await openCharacter(page, who);
  await beginLine(page, line);
  await changeElsewhere(page, who, cells);
  await propose(page, title);
}

/** @param {Browser} page @param {string} title */
async function beginLine(page, title) {
  await chooseLine(page, 'What if…');
  await page.$('[role="dialog"]').waitForDisplayed();
  await fill(page, 'Name of the what-if', title);
  await press(page, 'Begin');
  await page.$('[role="dialog"]').waitForExist({ reverse: true });
  await standsOn(page, title);
}

/**
 * Walks through them, from a library that may be empty.
 *
 * @param {Browser} page
 * @param {(name: string) => Promise<void>} visit
 */
export async function walkReview(page, visit) {
  await goTo(page, 'Library');
  if (await page.$('button=Bring in the demo party').isExisting()) await bringParty(page);
  await makeSeats(page, 'Nell', 'Maren', 'Tom', 'Iris');
  await visit('seats');
  await page.$('summary*=Who decides about what').click();
  await sees(page, 'Accepted without asking');
  await visit('seats-rules');

  // Maren levels up on a line of her own, and takes the loot with her.
  await openCharacter(page, HERO);
  await chooseMain(page);
  await changeElsewhere(page, HERO, {
    '/identity/alignment': 'Chaotic Good',
    '/identity/xp': 23_400,
    [STORY]: 'She carried letters across the water from the age of nine. The reeds went quiet before the horns did.',
  });
  await sitAs(page, 'Maren');
  await beginLine(page, 'the barrow');
  await goToPart(page, 'Equipment');
  await press(page, 'Add from the compendium');
  await page.$('aside[aria-label="Add equipment"]').waitForDisplayed();
  await page.$('aside[aria-label="Add equipment"]').$('//*[@role="radio"][normalize-space()="Magic items"]').click();
  await page.$('aside[aria-label="Add equipment"] input').click();
  await type(page, 'ring of protection');
  await sees(page, 'rare ring');
  await page.keys(Key.ArrowDown);
  const add = page.$('aside[aria-label="Add equipment"]').$('button=Add');
  await add.waitForClickable();
  await add.click();
  await sees(page, 'Added Ring of Protection');
  await page.$('aside[aria-label="Add equipment"]').$('button[aria-label^="Close"]').click();
  await page.$('aside[aria-label="Add equipment"]').waitForExist({ reverse: true });
  const attuned = page.$('//li[.//*[normalize-space()="Ring of Protection"]]//*[contains(@data-cell, "/attuned")]//label');
  await attuned.scrollIntoView({ block: 'center' });
  await attuned.click();
  await saved(page);
  await changeElsewhere(page, HERO, {
    '/levels/01920000-0000-7000-8000-000000000007': { rank: 'z', class: 'Ranger', subclass: 'Hunter', hit_die: 10, hit_points: 6 },
    '/equipment/currency/gp': 12,
    '/identity/alignment': 'Neutral Good',
    [STORY]: 'She carried letters across the water from the age of nine. The reeds went quiet before the drums did.',
  });
  await press(page, 'Propose…');
  await page.$('[role="dialog"]').waitForDisplayed();
  await fill(page, 'Title', TITLE);
  await fill(page, 'What the DM should know', 'Fifth level of ranger. The ring is the one **you** gave us in session 12.');
  await visit('propose');
  await press(page, 'Propose');
  await page.$('[role="dialog"]').waitForExist({ reverse: true });
  await isAt(page, 'Reviews');

  await sitAs(page, 'Tom');
  await proposes(page, {
    who: 'Oru Nine-Stones',
    line: 'plate',
    title: 'Bought plate armor',
    cells: { '/equipment/currency/gp': 0 },
  });
  await sitAs(page, 'Iris');
  await proposes(page, {
    who: 'Ottoline Marrowick',
    line: 'a page',
    title: 'What the seventh lamp did',
    cells: { '/identity/appearance/eyes': 'Amber, since the seventh lamp' },
  });

  // Meanwhile the DM changed the same thing on main.
  await sitAs(page, 'Nell');
  await openCharacter(page, HERO);
  await chooseMain(page);
  await changeElsewhere(page, HERO, { '/identity/alignment': 'Lawful Good' });
  await openRequest(page, 'Bought plate armor');
  await page.$('button*=Accept 1 of').waitForClickable();
  await page.keys([Key.Shift, 'A']);
  await standsAs(page, 'Gold', 'accepted');
  await press(page, 'Approve');
  await stateIs(page, 'approved');
  await openRequest(page, 'What the seventh lamp did');
  await seesNoMore(page, 'You sit as');
  await visit('inbox');

  await openRequest(page, TITLE);
  await walkTo(page, 'Ranger level');
  await page.keys('a');
  await standsAs(page, 'Ranger level', 'accepted');
  await suggest(page, 'Gold', '62', 'Hask asks 50 gp for the silvering.');
  await walkTo(page, 'Ring of Protection');
  await page.keys('a');
  await standsAs(page, 'Ring of Protection', 'accepted');
  await page.execute(() => document.activeElement instanceof HTMLElement && document.activeElement.blur());
  await page.execute(() => document.querySelector('.middle')?.scrollTo(0, 0));
  await visit('review');
  await walkTo(page, 'Alignment');
  await visit('review-conflict');
  await page.keys('c');
  await type(page, 'Was that the hag’s bargain?');
  await visit('review-comment');
  await page.keys(Key.Escape);
  await press(page, 'take Neutral Good');
  await standsAs(page, 'Alignment', 'accepted');

  await sitAs(page, 'Maren');
  await page.$('button=Take this suggestion').waitForClickable();
  await seesNoMore(page, 'You sit as');
  await visit('review-player');
  await press(page, 'Take this suggestion');
  await sees(page, 'You took this suggestion');
  await sitAs(page, 'Nell');
  await page.$('button*=Accept 1 of').waitForClickable();
  await page.keys([Key.Shift, 'A']);
  await standsAs(page, 'Gold', 'accepted');
  await press(page, 'Approve');
  await stateIs(page, 'approved');
  await visit('review-approved');
  await press(page, 'Merge');
  await stateIs(page, 'merged');
  await visit('review-merged');
}

/** Goes to stand on main, where somebody left the sheet on another line. @param {Browser} page */
async function chooseMain(page) {
  const onMain = page.$('//button[@aria-label="What if…" or @aria-label="main: lines of this character"]');
  if (await onMain.isExisting()) return;
  await chooseLine(page, 'main');
  await standsOn(page, 'main');
}
