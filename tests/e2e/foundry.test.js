/** Actors of Foundry VTT come in by being dropped on the window and by the file dialog, with a report of what became of them. */
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { test } from 'node:test';
import { Home, ROOT, withApp } from './app.js';
import { goToPart, openCharacter, press, sees } from './page.js';
import { hasHitPoints } from './table.js';

/**
 * Says yes to what the preview tells, and waits until the character is in the library.
 *
 * @param {import('./app.js').Browser} page
 * @param {string} name
 */
async function bringIn(page, name) {
  await page.$('[role="dialog"]').waitForDisplayed();
  await sees(page, name);
  await press(page, 'Import');
  await page.$(`button=${name}`).waitForExist();
  await page.waitUntil(
    async () => {
      const done = page.$('button=Done');
      if (await done.isExisting()) await done.click();
      return !(await page.$('[role="dialog"]').isExisting());
    },
    { timeoutMsg: 'the report does not close' },
  );
}

const FIXTURES = path.join(ROOT, 'crates/exchange/fixtures');

test('an actor dropped on the window is built, and is there after a restart', async () => {
  const home = await Home.make();
  try {
    const actor = await readFile(path.join(FIXTURES, 'ulla-5.3.json'), 'utf8');
    await withApp(
      async ({ page }) => {
        await sees(page, 'An empty book');
        await page.execute((text) => {
          const carried = new DataTransfer();
          carried.items.add(new File([text], 'ulla.json', { type: 'application/json' }));
          const drag = { dataTransfer: carried, bubbles: true, cancelable: true };
          document.body.dispatchEvent(new DragEvent('dragover', drag));
          document.body.dispatchEvent(new DragEvent('drop', drag));
        }, actor);
        await bringIn(page, 'Ulla Fenwick');
      },
      { home },
    );
    await withApp(
      async ({ page }) => {
        await openCharacter(page, 'Ulla Fenwick');
        await goToPart(page, 'Play');
        await hasHitPoints(page, 27);
        assert.match(await page.$('[data-cell="/combat/hp_maximum"]').getText(), /39/);
        assert.match(await page.$('[data-cell="/combat/armor_class"]').getText(), /20/);
      },
      { home },
    );
  } finally {
    await home.remove();
  }
});

test('an actor chosen in the file dialog comes in', async () => {
  await withApp(async (app) => {
    await app.answerDialogsWith(await readFile(path.join(FIXTURES, 'mire-hag-5.2.json'), 'utf8'));
    await press(app.page, 'Import a file…');
    await bringIn(app.page, 'Old Mother Sedge');
  });
});
