/** The library: made, found, narrowed, copied, archived, brought back, taken in and given out. */
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { Key } from 'webdriverio';
import { withApp } from './app.js';
import {
  bringParty,
  chooseFor,
  fill,
  goTo,
  isAt,
  makeCharacter,
  openCharacter,
  press,
  sees,
  seesNoMore,
  type,
} from './page.js';

test('a character is made from the keyboard, and its name is taken from then on', async () => {
  await withApp(async ({ page }) => {
    await makeCharacter(page, 'Wren Ashdown');
    await isAt(page, 'Wren Ashdown');
    await goTo(page, 'Library');
    await sees(page, 'Wren Ashdown');

    await page.keys([Key.Ctrl, 'n']);
    await page.$('[role="dialog"]').waitForDisplayed();
    await fill(page, 'Name', 'Another Wren');
    await fill(page, 'Handle', 'wren-ashdown');
    await press(page, 'Make character');
    await sees(page, 'belongs to another character');
    await page.keys(Key.Escape);
    await page.$('[role="dialog"]').waitForExist({ reverse: true });
  });
});

test('search and kinds narrow the list as one types', async () => {
  await withApp(async ({ page }) => {
    await bringParty(page);
    await page.keys('/');
    await type(page, 'wizard');
    await seesNoMore(page, 'Sorrel Quickfen');
    await sees(page, 'Ottoline Marrowick');
    await page.keys([Key.Ctrl, 'a']);
    await type(page, 'zzz');
    await sees(page, 'Nobody answers to that');
    await press(page, 'Show everybody');
    await sees(page, 'Sorrel Quickfen');
  });
});

test('archiving takes a character out of the list, and the toast brings it back', async () => {
  await withApp(async ({ page }) => {
    await bringParty(page);
    await chooseFor(page, 'Pim Tallowick', 'Archive');
    await sees(page, 'Pim Tallowick is archived.');
    await sees(page, '10 characters');
    await press(page, 'Undo');
    await sees(page, '11 characters');
  });
});

test('a copy stands beside its original', async () => {
  await withApp(async ({ page }) => {
    await bringParty(page);
    await chooseFor(page, 'Pim Tallowick', 'Duplicate');
    await sees(page, '12 characters');
  });
});

test('what is exported can be imported into another library', async () => {
  let exported = '';
  await withApp(async (app) => {
    await bringParty(app.page);
    await chooseFor(app.page, 'Gudrun Stonewake', 'Export…');
    await sees(app.page, 'was written to');
    exported = await readFile(app.home.answer, 'utf8');
  });
  assert.equal(JSON.parse(exported).characters.length, 1);
  await withApp(async (app) => {
    await app.answerDialogsWith(exported);
    await press(app.page, 'Import a file…');
    await sees(app.page, 'Gudrun Stonewake');
    await sees(app.page, 'Paladin 5');
  });
});

test('a file that is none of ours is refused with what would be right', async () => {
  await withApp(async (app) => {
    for (const [content, words] of [
      ['this is no JSON', 'not a file of Forkbeard characters'],
      ['{"forkbeard":"characters","version":999,"characters":[]}', 'Update Forkbeard'],
      ['[1,2,3]', 'not a file of Forkbeard characters'],
    ]) {
      await app.answerDialogsWith(content);
      await press(app.page, 'Import a file…');
      await sees(app.page, words);
      await press(app.page, 'Done');
      await app.page.$('[role="dialog"]').waitForExist({ reverse: true });
    }
    await sees(app.page, 'An empty book');
  });
});

test('the palette finds characters and deeds', async () => {
  await withApp(async ({ page }) => {
    await bringParty(page);
    await page.keys([Key.Ctrl, 'k']);
    await page.$('[role="dialog"]').waitForDisplayed();
    await type(page, 'ottoline');
    await sees(page, 'Gnome (forest)');
    await page.keys(Key.Enter);
    await isAt(page, 'Ottoline Marrowick');
    await page.keys([Key.Ctrl, 'k']);
    await page.$('[role="dialog"]').waitForDisplayed();
    await type(page, 'settings');
    await page.keys(Key.Enter);
    await sees(page, 'Appearance');
  });
});

test('a page that is loaded anew finds everything again', async () => {
  await withApp(async ({ page }) => {
    await bringParty(page);
    await openCharacter(page, 'Oru Nine-Stones');
    await page.refresh();
    await sees(page, 'Sorrel Quickfen');
  });
});
