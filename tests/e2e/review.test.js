/** Seats and change requests in the real window: a player proposes, the DM talks, suggests, accepts in part and merges; and it is undone. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Key } from 'webdriverio';
import { withApp } from './app.js';
import { takeLevel } from './building.js';
import {
  bringParty,
  changeElsewhere,
  chooseLine,
  fieldOf,
  fill,
  goToPart,
  isAt,
  openCharacter,
  press,
  saved,
  sees,
  seesNoMore,
  seriousFindings,
  standsOn,
  text,
  type,
  write,
} from './page.js';
import { chooseVerb, makeSeats, openRequest, propose, sitAs, standsAs, stateIs, suggest, walkTo } from './reviewing.js';
import { pressLabelled, quickCharacter } from './table.js';

/** @typedef {import('./app.js').Browser} Browser */

const HERO = 'Sorrel Quickfen';
const GOLD = '/equipment/currency/gp';

/** How much gold the open sheet shows. @param {Browser} page */
async function goldOf(page) {
  await goToPart(page, 'Equipment');
  return fieldOf(page, GOLD).getValue();
}

/** Whether a thing is among the belongings. @param {Browser} page @param {string} name */
function carries(page, name) {
  return page.$(`//*[starts-with(@data-cell, "/equipment")]//*[normalize-space()="${name}"]`).isExisting();
}

test('who makes no seats meets neither them nor reviews', async () => {
  await withApp(async ({ page }) => {
    await bringParty(page);
    await openCharacter(page, HERO);
    assert.doesNotMatch(await text(page), /review|propos|seat/i);
  });
});

test('a player proposes a level and loot; the DM talks, suggests, accepts in part and merges; then it is undone', async () => {
  await withApp(async ({ page }) => {
    const name = 'Odo Fennimore';
    const title = 'Fifth level, and the barrow';
    await makeSeats(page, 'Nell', 'Maren');
    await quickCharacter(page, { name, levels: ['Wizard', 'Wizard', 'Wizard', 'Wizard'] });
    await openCharacter(page, name);
    const before = await goldOf(page);

    // The player, on a line of their own: a level, a spell that needs it, a thing, and coins.
    await sitAs(page, 'Maren');
    await chooseLine(page, 'What if…');
    await page.$('[role="dialog"]').waitForDisplayed();
    await fill(page, 'Name of the what-if', 'fifth level');
    await press(page, 'Begin');
    await standsOn(page, 'fifth level');
    await takeLevel(page, '5: Wizard');
    await goToPart(page, 'Equipment');
    await press(page, 'Add from the compendium');
    await page.$('aside[aria-label="Add equipment"]').waitForDisplayed();
    await page.waitUntil(() => page.execute(() => document.activeElement?.tagName === 'INPUT'));
    await type(page, 'longsword');
    await pressLabelled(page, 'Add Longsword');
    await sees(page, 'Added Longsword');
    await page.keys(Key.Escape);
    await write(page, GOLD, '250');
    await saved(page);
    await propose(page, title, 'Took the **fixed** hit points.');
    assert.equal(await page.$('button=Approve').isExisting(), false, 'a player cannot approve');

    // The DM: a comment and a suggestion by keyboard, a verdict on each change, and back to the player.
    await sitAs(page, 'Nell');
    await openRequest(page, title);
    assert.deepEqual(await seriousFindings(page), []);
    await walkTo(page, 'Wizard');
    await page.keys('c');
    await type(page, 'Which spells did you learn?');
    await page.keys([Key.Ctrl, Key.Enter]);
    await sees(page, 'Which spells did you learn?');
    await suggest(page, 'Gold', '200', 'The ferry took its share.');
    await walkTo(page, 'Longsword');
    await page.keys('x');
    await standsAs(page, 'Longsword', 'declined');
    await walkTo(page, 'Wizard');
    await page.keys('a');
    await standsAs(page, 'Wizard', 'accepted');
    await press(page, 'Ask for changes');
    await page.$('[role="dialog"]').waitForDisplayed();
    await page.$('[role="dialog"]').$('button=Ask for changes').click();
    await stateIs(page, 'changes asked for');

    // The player takes the suggestion with one press, answers, and opens it again.
    await sitAs(page, 'Maren');
    await press(page, 'Take this suggestion');
    await sees(page, 'You took this suggestion');
    await page.$('//article[@aria-label="Talk on Wizard level"]').$('button=answer').click();
    await type(page, 'Fireball, what else?');
    await press(page, 'Answer');
    await sees(page, 'Fireball, what else?');
    await press(page, 'Open it again');
    await page.$('button=Open it again').waitForExist({ reverse: true });

    // The DM settles the talk, accepts the rest and approves; a long rest meanwhile does not void it.
    await sitAs(page, 'Nell');
    await openRequest(page, title);
    await standsAs(page, 'Wizard', 'accepted');
    await page.$('//article[@aria-label="Talk on Wizard level"]').$('button=settle').click();
    await page.keys([Key.Shift, 'A']);
    await standsAs(page, 'Gold', 'accepted');
    await press(page, 'Approve');
    await stateIs(page, 'approved');
    await page.$('button*=Merge').waitForClickable();
    await page.$('//header//button[starts-with(normalize-space(), "Merge")]').click();
    await stateIs(page, 'merged');
    await sees(page, `“${title}” is in main now.`);

    await openCharacter(page, name);
    await standsOn(page, 'main');
    await sees(page, 'Wizard 5');
    assert.equal(await goldOf(page), '200');
    assert.equal(await carries(page, 'Longsword'), false, 'the declined thing came in');

    // What was declined is settled and not proposed again; all of it is taken back in one step.
    await page.keys([Key.Ctrl, 'z']);
    await page.waitUntil(async () => (await fieldOf(page, GOLD).getValue()) === before, {
      timeoutMsg: 'the merge was not undone',
    });
    await sees(page, 'Wizard 4');
  });
});

test('a conflict is decided, an objection allowed, an approval goes stale with a change but not with a rest, and the queue merges', async () => {
  await withApp(async ({ page }) => {
    const title = 'A cart of gold';
    await bringParty(page);
    await makeSeats(page, 'Nell', 'Maren');
    await sitAs(page, 'Maren');
    await openCharacter(page, HERO);
    await chooseLine(page, 'What if…');
    await page.$('[role="dialog"]').waitForDisplayed();
    await fill(page, 'Name of the what-if', 'the cart');
    await press(page, 'Begin');
    await standsOn(page, 'the cart');
    await changeElsewhere(page, HERO, { [GOLD]: 9000, '/identity/species': 'Halfling' });
    await propose(page, title);

    await sitAs(page, 'Nell');
    await openCharacter(page, HERO);
    await chooseLine(page, 'main');
    await standsOn(page, 'main');
    await changeElsewhere(page, HERO, { '/identity/species': 'Gnome' });
    await openRequest(page, title);
    await standsAs(page, 'Species', 'conflict');
    await walkTo(page, 'Species');
    await page.keys(Key.Enter);
    const keep = page.$('//*[starts-with(@role, "menuitem")][starts-with(normalize-space(), "Keep Gnome")]');
    await keep.waitForClickable();
    await page.keys(Key.Enter);
    await standsAs(page, 'Species', 'accepted');
    await walkTo(page, 'Gold');
    await page.keys('a');
    await standsAs(page, 'Gold', 'accepted');

    // The rules object to what nobody can carry: the DM allows it, with a reason.
    await press(page, 'Approve');
    await stateIs(page, 'approved');
    assert.equal(await page.$('header').$('button=Merge').isEnabled(), false, 'an objection stands in the way');
    await press(page, 'Allow with a reason…');
    await page.$('aria/Why it is allowed').waitForDisplayed();
    await type(page, 'There is a mule.');
    await page.keys(Key.Enter);
    await sees(page, 'Allowed by Nell: There is a mule.');
    await page.$('button=Merge all approved').waitForClickable();

    // A rest on main voids nothing; another change of the proposal does.
    await changeElsewhere(page, HERO, { '/combat/damage_taken': 0 });
    await sees(page, 'Merge all approved');
    await stateIs(page, 'approved');
    await sitAs(page, 'Maren');
    await chooseVerb(page, 'Change what is proposed');
    await isAt(page, HERO);
    await standsOn(page, 'the cart');
    await changeElsewhere(page, HERO, { [GOLD]: 9001 });
    await sitAs(page, 'Nell');
    await openRequest(page, title);
    await stateIs(page, 'changed since it was approved');
    assert.equal(await page.$('button=Merge all approved').isExisting(), false);
    await press(page, 'Approve again');
    await stateIs(page, 'approved');
    // What was allowed was another weight: the queue checks again, and says what is in the way.
    await press(page, 'Merge all approved');
    await sees(page, 'Nothing was merged.');
    await sees(page, 'A cart of gold: The rules object: One objection.');
    await press(page, 'Allow with a reason…');
    await page.$('aria/Why it is allowed').waitForDisplayed();
    await type(page, 'Still a mule.');
    await page.keys(Key.Enter);
    await sees(page, 'Allowed by Nell: Still a mule.');
    await press(page, 'Merge all approved');
    await sees(page, '1 request merged.');
    await stateIs(page, 'merged');
    await openCharacter(page, HERO);
    await standsOn(page, 'main');
    assert.equal(await goldOf(page), '9001');
  });
});

test('a player’s change of what is the DM’s is refused on main, and becomes a proposal instead', async () => {
  await withApp(async ({ page }) => {
    await bringParty(page);
    await makeSeats(page, 'Nell', 'Maren');
    await sitAs(page, 'Maren');
    await openCharacter(page, HERO);
    const before = await goldOf(page);
    await write(page, GOLD, '9000');
    await sees(page, 'At this table the DM reviews such changes.');
    await press(page, 'Make it a proposal');
    await standsOn(page, 'proposal');
    await saved(page);
    assert.equal(await fieldOf(page, GOLD).getValue(), '9000');
    await chooseLine(page, 'main');
    await standsOn(page, 'main');
    await page.waitUntil(async () => (await fieldOf(page, GOLD).getValue()) === before, {
      timeoutMsg: 'main was changed',
    });

    // What is the player's own, and what happens at the table, needs nobody.
    await goToPart(page, 'Character');
    await write(page, '/identity/alignment', 'Chaotic Good');
    await saved(page);
    await seesNoMore(page, 'At this table the DM reviews such changes.');

    // A draft is kept, opened, rejected by the DM, opened again and taken back.
    await chooseLine(page, 'proposal');
    await standsOn(page, 'proposal');
    await press(page, 'Propose…');
    await page.$('[role="dialog"]').waitForDisplayed();
    await fill(page, 'Title', 'The dragon’s share');
    await page.$('[role="dialog"] [role="checkbox"], [role="dialog"] input[type="checkbox"]').click();
    await press(page, 'Keep the draft');
    await page.$('[role="dialog"]').waitForExist({ reverse: true });
    await stateIs(page, 'draft');
    await sitAs(page, 'Nell');
    await page.waitUntil(async () => !(await page.$('nav[aria-label="Change requests"]').getText()).includes('share'), {
      timeoutMsg: 'the DM sees somebody else’s draft',
    });
    await sitAs(page, 'Maren');
    await openRequest(page, 'The dragon’s share');
    await press(page, 'Propose it');
    await page.$('button=Propose it').waitForExist({ reverse: true });
    await sitAs(page, 'Nell');
    await openRequest(page, 'The dragon’s share');
    await chooseVerb(page, 'Reject');
    await page.$('[role="dialog"]').waitForDisplayed();
    await type(page, 'There was no dragon.');
    await page.keys([Key.Ctrl, Key.Enter]);
    await stateIs(page, 'rejected');
    await sitAs(page, 'Maren');
    await press(page, 'Open it again');
    await page.$('button=Open it again').waitForExist({ reverse: true });
    await chooseVerb(page, 'Take it back');
    await stateIs(page, 'taken back');
    await isAt(page, 'Reviews');
  });
});
