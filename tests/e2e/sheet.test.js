/** The sheet: written into, saved without being asked, explained, taken back, looked back on; nothing is ever lost. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Key } from 'webdriverio';
import { Home, withApp } from './app.js';
import {
  begin,
  bringParty,
  changeElsewhere,
  fieldOf,
  goTo,
  goToPart,
  hitPoints,
  isAt,
  makeCharacter,
  openCharacter,
  openWhy,
  press,
  saved,
  sees,
  takeDamage,
  type,
  chooseStep,
  write,
} from './page.js';

test('what is typed is saved when the field is left, and is there after a restart', async () => {
  const home = await Home.make();
  try {
    await withApp(
      async ({ page }) => {
        await makeCharacter(page, 'Wren Ashdown');
        await isAt(page, 'Wren Ashdown');
        await goToPart(page, 'Character');
        await write(page, '/identity/background', 'Lighthouse keeper');
        await saved(page);
      },
      { home },
    );
    await withApp(
      async ({ page }) => {
        await openCharacter(page, 'Wren Ashdown');
        await goToPart(page, 'Character');
        await page.waitUntil(
          async () => (await fieldOf(page, '/identity/background').getValue()) === 'Lighthouse keeper',
          { timeoutMsg: 'the background is gone' },
        );
      },
      { home },
    );
  } finally {
    await home.remove();
  }
});

test('an ability score moves every number that comes from it, and one undo moves them back', async () => {
  await withApp(async ({ page }) => {
    await makeCharacter(page, 'Wren Ashdown');
    await goToPart(page, 'Character');
    await write(page, '/abilities/scores/dexterity', '18');
    await saved(page);
    await goToPart(page, 'Play');
    assert.match(await page.$('[data-cell="/combat/initiative"]').getText(), /\+4/);
    await page.keys([Key.Ctrl, 'z']);
    // A character built under the rules begins with the standard array: Dexterity 14.
    await page.waitUntil(async () => /\+2/.test(await page.$('[data-cell="/combat/initiative"]').getText()), {
      timeoutMsg: 'the undo did not reach the initiative',
    });
    await page.keys([Key.Ctrl, Key.Shift, 'z']);
    await page.waitUntil(async () => /\+4/.test(await page.$('[data-cell="/combat/initiative"]').getText()), {
      timeoutMsg: 'the redo did not reach the initiative',
    });
  });
});

test('damage is one key away, and a toast takes it back', async () => {
  await withApp(async ({ page }) => {
    await bringParty(page);
    await openCharacter(page, 'Gudrun Stonewake');
    const before = await hitPoints(page);
    await takeDamage(page, 5);
    assert.equal(await hitPoints(page), before - 5);
    await press(page, 'Undo');
    await page.waitUntil(async () => (await hitPoints(page)) === before, { timeoutMsg: 'the hit points are not back' });
  });
});

test('a number says why it is so, and can be set by hand', async () => {
  await withApp(async ({ page }) => {
    await bringParty(page);
    await openCharacter(page, 'Sorrel Quickfen');
    await openWhy(page, '/combat/armor_class');
    await sees(page, 'Studded leather');
    await sees(page, 'Cloak of Protection');
    await press(page, 'Override…');
    await page.$('aria/Instead').waitForDisplayed();
    await page.keys([Key.Ctrl, 'a']);
    await type(page, '21');
    await press(page, 'Set by hand');
    await saved(page);
    await page.keys(Key.Escape);
    await page.waitUntil(async () => /21/.test(await page.$('[data-cell="/combat/armor_class"]').getText()), {
      timeoutMsg: 'the armor class was not set',
    });
    await openWhy(page, '/combat/armor_class');
    await sees(page, 'Set by hand');
    await press(page, 'Use 17 again');
    await page.waitUntil(async () => /17/.test(await page.$('[data-cell="/combat/armor_class"]').getText()), {
      timeoutMsg: 'the armor class is not computed again',
    });
  });
});

test('two windows on different cells merge, on the same cell they ask', async () => {
  await withApp(async ({ page }) => {
    await bringParty(page);
    await openCharacter(page, 'Pim Tallowick');
    await goToPart(page, 'Character');
    await begin(page, '/identity/background', 'Drummer');
    await changeElsewhere(page, 'Pim Tallowick', { '/identity/alignment': 'Neutral' });
    await page.keys(Key.Tab);
    await saved(page);
    assert.equal(await fieldOf(page, '/identity/background').getValue(), 'Drummer');

    await begin(page, '/identity/name', 'Pim the Loud');
    await changeElsewhere(page, 'Pim Tallowick', { '/identity/name': 'Pim the Quiet' });
    await page.keys(Key.Tab);
    await sees(page, 'Changed in another window');
    await sees(page, 'Pim the Quiet');
    await press(page, 'Keep mine');
    await saved(page);
    assert.equal(await fieldOf(page, '/identity/name').getValue(), 'Pim the Loud');
  });
});

test('a value that cannot be is refused at its field, and is not lost', async () => {
  await withApp(async ({ page }) => {
    await makeCharacter(page, 'Wren Ashdown');
    await goToPart(page, 'Record');
    await write(page, '/record/handle', 'no spaces, please!');
    await page.$('[data-cell="/record/handle"] [aria-invalid="true"]').waitForExist();
    assert.equal(await fieldOf(page, '/record/handle').getValue(), 'no spaces, please!');
    await write(page, '/record/handle', 'wren');
    await saved(page);
  });
});

test('the history tells what happened, and any version can be gone back to', async () => {
  await withApp(async ({ page }) => {
    await bringParty(page);
    await openCharacter(page, 'Oru Nine-Stones');
    const before = await hitPoints(page);
    await takeDamage(page, 6);
    await takeDamage(page, 3);
    await goTo(page, 'History');
    await sees(page, 'Took 6 damage');
    await sees(page, 'Took 3 damage');
    await chooseStep(page, 'Imported');
    await press(page, 'Go back to here');
    await sees(page, '4 steps');
    await goTo(page, 'Sheet');
    await page.waitUntil(async () => (await hitPoints(page)) === before, { timeoutMsg: 'the sheet was not rolled back' });
  });
});

test('an edit that was shown as saved survives the death of the application', async () => {
  const home = await Home.make();
  try {
    let after = 0;
    await withApp(
      async (app) => {
        await bringParty(app.page);
        await openCharacter(app.page, 'Gudrun Stonewake');
        await takeDamage(app.page, 11);
        after = await hitPoints(app.page);
        await app.kill();
      },
      { home },
    );
    await withApp(
      async ({ page }) => {
        await openCharacter(page, 'Gudrun Stonewake');
        assert.equal(await hitPoints(page), after);
      },
      { home },
    );
  } finally {
    await home.remove();
  }
});
