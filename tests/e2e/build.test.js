/** Built under the rules: from nothing to a lawful character, up a level and down, and an old choice changed. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Key } from 'webdriverio';
import {
  goToStep,
  heading,
  openSteps,
  pick,
  pickSpells,
  pressOption,
  previewed,
  standsAt,
  takeStart,
  wrongSteps,
} from './building.js';
import { Home, withApp } from './app.js';
import { fill, goToPart, isAt, makeCharacter, openCharacter, press, saved, sees, write } from './page.js';
import { hasHitPoints, pressLabelled, quickCharacter } from './table.js';

/** @typedef {import('./app.js').Browser} Browser */

/**
 * Walks the options with the arrow keys to one that is named, and picks it.
 *
 * @param {Browser} page
 * @param {string} name
 */
async function pickByKeys(page, name) {
  const focused = () =>
    page.execute(() => {
      const { activeElement } = document;
      return activeElement?.closest('.panel li')?.querySelector('.name')?.textContent?.trim() ?? '';
    });
  await page.$('.panel button.option').waitForDisplayed();
  await page.keys(Key.Tab);
  for (let row = 0; row < 60 && (await focused()) !== name; row += 1) await page.keys(Key.ArrowDown);
  assert.equal(await focused(), name);
  await page.keys(Key.Enter);
}

/**
 * Takes back one of the skills of the first class.
 *
 * @param {Browser} page
 * @param {string} name
 */
async function takeBack(page, name) {
  await pressLabelled(page, `Take ${name} back`);
  await page.waitUntil(async () => !(await standsAt(page, 'Skill')).includes(name), {
    timeoutMsg: `${name} was not taken back`,
  });
}

test('from nothing to a lawful first level by mouse and keyboard, left half way and come back to', async () => {
  const home = await Home.make();
  try {
    await withApp(
      async ({ page }) => {
        await makeCharacter(page, 'Mira Thornway');
        await isAt(page, 'Mira Thornway');
        await heading(page, '3 choices open');

        // Species by mouse, background by keyboard alone, class by mouse.
        await pick(page, 'Species', 'Orc');
        await page.keys('n');
        await page.$('section.panel[aria-label="Background"]').waitForDisplayed();
        await pickByKeys(page, 'Soldier');
        await page.waitUntil(async () => (await standsAt(page, 'Background')) === 'Soldier');
        await goToStep(page, 'Level 1');
        await pressOption(page, 'Cleric');
        await goToStep(page, 'Cleric 1');

        await goToStep(page, 'Ability scores');
        await page.$('//*[@role="radio"][normalize-space()="Point buy"]').click();
        await sees(page, 'of 27 points left');
        for (const [ability, score] of Object.entries({
          strength: 14,
          dexterity: 10,
          constitution: 13,
          intelligence: 8,
          wisdom: 15,
          charisma: 12,
        })) {
          await write(page, `/abilities/scores/${ability}`, String(score));
          await saved(page);
        }
        await page.waitUntil(async () => (await page.$('.points').getText()).startsWith('0 of 27'), {
          timeoutMsg: 'the points are not spent to the last',
        });
        await pick(page, 'Skill', 'History', 'Medicine');
        await sees(page, 'choices open');
      },
      { home },
    );

    await withApp(
      async ({ page }) => {
        await openCharacter(page, 'Mira Thornway');
        // What is open is said on the sheet, and leads back to where it is chosen.
        await page.$('//header//button[contains(normalize-space(), "choices open")]').click();
        assert.equal(await standsAt(page, 'Species'), 'Orc');
        assert.equal(await standsAt(page, 'Skill'), 'History, Medicine');
        assert.equal(await standsAt(page, 'Ability scores'), 'Point buy');

        await pick(page, 'Divine Order', 'Protector');
        await goToStep(page, 'Ability increases');
        for (const ability of ['Strength', 'Constitution', 'Constitution']) {
          const before = await standsAt(page, 'Ability increases');
          await pressLabelled(page, `One more to ${ability}`);
          await page.waitUntil(async () => (await standsAt(page, 'Ability increases')) !== before);
        }
        await pick(page, 'Gaming set', 'Dice');
        await goToStep(page, 'Cleric spells');
        await pickSpells(page, 'Cantrips', 'Guidance', 'Light', 'Sacred Flame');
        await pickSpells(page, 'Level 1', 'Bless', 'Cure Wounds', 'Healing Word', 'Shield of Faith');
        await heading(page, 'Every choice is made');

        await goToStep(page, 'Starting equipment');
        await takeStart(page, 'Cleric', 'Amulet');
        await takeStart(page, 'Soldier', 'Dice');
        await saved(page);
      },
      { home },
    );

    await withApp(
      async ({ page }) => {
        await openCharacter(page, 'Mira Thornway');
        await goToPart(page, 'Play');
        // 8 and Constitution 15; chain shirt 13 and shield 2; nothing is open, nothing to look at.
        await hasHitPoints(page, 10);
        assert.match(await page.$('[data-cell="/combat/armor_class"]').getText(), /15/);
        assert.deepEqual(await page.$$('header .findings').map((one) => one.getText()), []);
        await sees(page, 'Shield of Faith');
        await goToPart(page, 'Build');
        await heading(page, 'Every choice is made');
        assert.deepEqual(await openSteps(page), {});
        assert.deepEqual(await wrongSteps(page), []);
      },
      { home },
    );
  } finally {
    await home.remove();
  }
});

test('a level up shows its numbers before it is taken; taken back, everything is as it was', async () => {
  const home = await Home.make();
  try {
    await withApp(
      async ({ page }) => {
        await page.keys([Key.Ctrl, 'n']);
        await page.$('[role="dialog"]').waitForDisplayed();
        await fill(page, 'Name', 'Tam Oakhand');
        await page.$('//*[@role="radio"][normalize-space()="Quick build"]').click();
        await fill(page, 'Level', '4');
        await press(page, 'Make character');
        await isAt(page, 'Tam Oakhand');
        const before = Number(await page.$('[data-cell="/combat/hp_maximum"]').getText());

        await press(page, 'Level up');
        const bonus = await previewed(page, 'Proficiency bonus');
        assert.deepEqual([bonus.before, bonus.after], ['2', '3']);
        const most = await previewed(page, 'HP maximum');
        assert.equal(Number(most.before), before);
        await sees(page, 'Extra Attack');
        await press(page, 'Take level 5: Fighter');
        await sees(page, 'Level 5: Fighter 5');
        await goToPart(page, 'Play');
        await hasHitPoints(page, Number(most.after));
        assert.match(await page.$('[data-cell="/statistics/proficiency_bonus"]').getText(), /\+3/);
      },
      { home },
    );
    await withApp(
      async ({ page }) => {
        await openCharacter(page, 'Tam Oakhand');
        await press(page, 'Level up');
        await sees(page, 'now level 5');
        const { before: raised } = await previewed(page, 'HP maximum');
        await press(page, 'Take Fighter 5 back');
        await sees(page, 'Took Fighter 5 back');
        const { after: again } = await previewed(page, 'HP maximum');
        assert.equal(again, raised);
        await goToPart(page, 'Play');
        assert.match(await page.$('[data-cell="/statistics/proficiency_bonus"]').getText(), /\+2/);
        await press(page, 'Undo');
        await page.waitUntil(
          async () => /\+3/.test(await page.$('[data-cell="/statistics/proficiency_bonus"]').getText()),
          { timeoutMsg: 'the level did not come back' },
        );
      },
      { home },
    );
  } finally {
    await home.remove();
  }
});

test('an old choice is changed: only what became unlawful is asked again, all else stands', async () => {
  await withApp(async ({ page }) => {
    await quickCharacter(page, {
      name: 'Tam Oakhand',
      levels: Array.from({ length: 5 }, () => 'Fighter'),
      species: 'Human',
      background: 'Soldier',
    });
    await openCharacter(page, 'Tam Oakhand');
    await goToPart(page, 'Build');
    await heading(page, 'Every choice is made');
    // One of the skills is made one that the next background gives.
    await goToStep(page, 'Skill');
    await takeBack(page, 'Acrobatics');
    await pick(page, 'Skill', 'Insight');
    const stay = ['Fighting Style: Fighting Style feat', 'Weapon Mastery', 'Subclass', 'Skillful: Skill'];
    const before = await Promise.all(stay.map((title) => standsAt(page, title)));
    assert.ok(!before.includes(''), before.join('; '));
    assert.deepEqual(await wrongSteps(page), []);

    await pick(page, 'Background', 'Acolyte');
    await page.waitUntil(async () => (await wrongSteps(page)).length > 0);
    assert.deepEqual(await wrongSteps(page), ['Skill']);
    const asked = Object.keys(await openSteps(page));
    assert.ok(asked.length > 0, 'the new background asks for nothing');
    for (const title of asked) assert.match(title, /^(Ability increases|Magic Initiate)/);
    assert.deepEqual(await Promise.all(stay.map((title) => standsAt(page, title))), before);

    await goToStep(page, 'Skill');
    await sees(page, 'Acolyte gives it already');
    await takeBack(page, 'Insight');
    await pick(page, 'Skill', 'History');
    await page.waitUntil(async () => (await wrongSteps(page)).length === 0, {
      timeoutMsg: 'the mended choice is still said to be wrong',
    });
    await press(page, 'Choose for me');
    await heading(page, 'Every choice is made');
    assert.match(await standsAt(page, 'Skill'), /History/);
  });
});
