/** At the table: hurt and healed, cast, struck, held by a condition, rested; each deed is one step that can be taken back. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Key } from 'webdriverio';
import { Home, withApp } from './app.js';
import { fill, goTo, hitPoints, isAt, openCharacter, press, saved, sees, seesNoMore, takeDamage, type } from './page.js';
import {
  addCondition,
  chooseItem,
  hasHitPoints,
  hasLeft,
  heal,
  latest,
  logged,
  pressLabelled,
  quickCharacter,
  rest,
  strike,
} from './table.js';

const FIGHTER = {
  name: 'Tam Oakhand',
  levels: Array.from({ length: 5 }, () => 'Fighter'),
  species: 'Human',
  background: 'Soldier',
};
const CLERIC = {
  name: 'Mira Thornway',
  levels: Array.from({ length: 5 }, () => 'Cleric'),
  species: 'Orc',
  background: 'Acolyte',
};

test('hurt, healed, shielded by temporary hit points; all of it is there after a restart', async () => {
  const home = await Home.make();
  try {
    let most = 0;
    await withApp(
      async ({ page }) => {
        await quickCharacter(page, FIGHTER);
        await openCharacter(page, FIGHTER.name);
        most = await hitPoints(page);
        await takeDamage(page, 9);
        await hasHitPoints(page, most - 9);
        await heal(page, 4);
        await hasHitPoints(page, most - 5);

        await pressLabelled(page, 'Damage with its type, temporary hit points');
        await fill(page, 'How much', '6');
        await press(page, 'Temporary');
        const temporary = () => page.$('[data-cell="/combat/temporary_hp"] input').getValue();
        await page.waitUntil(async () => (await temporary()) === '+6', { timeoutMsg: 'no temporary hit points' });
        // Six of the eight go there first.
        await takeDamage(page, 8);
        await hasHitPoints(page, most - 7);
      },
      { home },
    );
    await withApp(
      async ({ page }) => {
        await openCharacter(page, FIGHTER.name);
        await hasHitPoints(page, most - 7);
      },
      { home },
    );
  } finally {
    await home.remove();
  }
});

test('a slot is spent on a spell, concentration holds until a save is missed', async () => {
  const home = await Home.make();
  try {
    await withApp(
      async ({ page }) => {
        await quickCharacter(page, CLERIC);
        await openCharacter(page, CLERIC.name);
        await hasLeft(page, 'First level slots', 4);
        await pressLabelled(page, 'Cast Shield of Faith');
        await hasLeft(page, 'First level slots', 3);
        await sees(page, 'Concentrating on Shield of Faith');

        await pressLabelled(page, 'Other ways to cast Healing Word');
        await chooseItem(page, 'Level 2 slot, cast higher');
        await hasLeft(page, 'Second level slots', 2);
        await hasLeft(page, 'First level slots', 3);

        await takeDamage(page, 7);
        const ask = page.$('.ask');
        await ask.waitForDisplayed();
        assert.match(await ask.getText(), /10/);
        await fill(page, 'Die rolled by hand', '1');
        await page.keys(Key.Tab);
        await press(page, 'Answer');
        await seesNoMore(page, 'Concentrating on Shield of Faith');
        await saved(page);
      },
      { home },
    );
    await withApp(
      async ({ page }) => {
        await openCharacter(page, CLERIC.name);
        await hasLeft(page, 'First level slots', 3);
        await hasLeft(page, 'Second level slots', 2);
      },
      { home },
    );
  } finally {
    await home.remove();
  }
});

test('an attack is rolled, its damage after it, and the tray keeps both with every die', async () => {
  await withApp(async ({ page }) => {
    await quickCharacter(page, FIGHTER);
    await openCharacter(page, FIGHTER.name);
    const damage = await strike(page, 'Greatsword');
    // Strength 19 and proficiency: 7 and a die that is not a 1.
    const hit = await latest(page);
    assert.ok(hit.total >= 9 && hit.total <= 27, `${hit.title}: ${hit.total}`);
    await damage.click();
    await page.waitUntil(async () => /damage/i.test((await latest(page)).title), { timeoutMsg: 'no damage is shown' });
    const hurt = await latest(page);
    assert.ok(hurt.total >= 6 && hurt.total <= 28, `${hurt.title}: ${hurt.total}`);

    await page.keys('d');
    await page.$('section[aria-label="Dice"]').waitForDisplayed();
    await page.waitUntil(async () => (await logged(page)).length >= 2, { timeoutMsg: 'the tray does not keep the rolls' });
    await type(page, '2d6+3');
    await page.keys(Key.Enter);
    await page.waitUntil(async () => (await logged(page)).length >= 3, { timeoutMsg: 'the tray did not roll' });
    const { title, total } = await latest(page);
    assert.equal(title, '2d6+3');
    assert.ok(total >= 5 && total <= 15, String(total));

    await page.keys([Key.Ctrl, 'a']);
    await type(page, '2d');
    await page.keys(Key.Enter);
    await page.$('[aria-label="Messages"] li.problem').waitForDisplayed();
    await page.keys(Key.Escape);
    await page.$('section[aria-label="Dice"]').waitForExist({ reverse: true });
  });
});

test('a condition acts on the numbers for as long as it lasts', async () => {
  await withApp(async ({ page }) => {
    await quickCharacter(page, FIGHTER);
    await openCharacter(page, FIGHTER.name);
    const speed = () => page.$('[data-cell="/combat/speed"]').getText();
    assert.match(await speed(), /30/);
    await addCondition(page, 'Grappled');
    await page.waitUntil(async () => /\b0/.test(await speed()), { timeoutMsg: 'the grappled one still walks' });
    await saved(page);
    await pressLabelled(page, 'Grappled ends');
    await page.waitUntil(async () => /30/.test(await speed()), { timeoutMsg: 'the speed did not come back' });

    await page.$('[role="slider"][aria-label="Exhaustion"] .pip:nth-of-type(2)').click();
    await sees(page, '−4 to d20 tests');
  });
});

test('a short rest spends hit dice; a long rest is one step, and one undo takes all of it back', async () => {
  await withApp(async ({ page }) => {
    await quickCharacter(page, FIGHTER);
    await openCharacter(page, FIGHTER.name);
    const most = await hitPoints(page);
    await takeDamage(page, 30);
    await rest(page, 'Short', { d10: 2 });
    await press(page, 'Done');
    await hasLeft(page, 'Hit dice d10', 3);
    const rested = await hitPoints(page);
    // Two dice of ten, and Constitution 14 with each.
    assert.ok(rested >= most - 30 + 6 && rested <= most, `${rested} of ${most}`);
    await takeDamage(page, 3);

    await rest(page, 'Long');
    await press(page, 'Done');
    await hasHitPoints(page, most);
    await hasLeft(page, 'Hit dice d10', 5);
    await page.keys([Key.Ctrl, 'z']);
    await hasHitPoints(page, rested - 3);
    await hasLeft(page, 'Hit dice d10', 3);
    await page.keys([Key.Ctrl, Key.Shift, 'z']);
    await hasHitPoints(page, most);

    await goTo(page, 'History');
    await isAt(page, `History of ${FIGHTER.name}`);
    await sees(page, 'Finished a short rest');
    await sees(page, 'Redid: Finished a long rest');
    await page.$('//*[@data-commit]/button[contains(normalize-space(), "Built")]').waitForExist();
  });
});

test('at 0 hit points death saves are rolled, and whoever is healed stands up', async () => {
  await withApp(async ({ page }) => {
    await quickCharacter(page, FIGHTER);
    await openCharacter(page, FIGHTER.name);
    await takeDamage(page, await hitPoints(page));
    await hasHitPoints(page, 0);
    const saves = page.$('[role="group"][aria-label="Death saves"]');
    await saves.waitForDisplayed();
    await saves.$('button=Roll').click();
    // A 20 brings back to 1; anything else leaves a mark or two.
    const marks = () =>
      page.execute(() =>
        [...document.querySelectorAll('[aria-label="Death saves"] [role="slider"]')].reduce(
          (sum, one) => sum + Number(one.getAttribute('aria-valuenow')),
          0,
        ),
      );
    await page.waitUntil(async () => (await hitPoints(page)) === 1 || (await marks()) > 0, {
      timeoutMsg: 'the death save left no mark',
    });
    await heal(page, 12);
    await page.waitUntil(async () => (await hitPoints(page)) >= 12, { timeoutMsg: 'nobody was healed' });
    await saves.waitForExist({ reverse: true });
  });
});
