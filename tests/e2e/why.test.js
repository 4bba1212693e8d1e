/** Why a number is so: each term unfolds into what it is made of, by the keys, down to what a person chose. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Key } from 'webdriverio';
import { withApp } from './app.js';
import { openCharacter, openWhy } from './page.js';
import { quickCharacter } from './table.js';

/** @typedef {import('./app.js').Browser} Browser */

/** The item of the tree that has the focus: its words, how deep it is, whether it can be unfolded. @param {Browser} page */
function current(page) {
  return page.execute(() => {
    const item = document.activeElement?.closest('[role="treeitem"]');
    return {
      words: item?.querySelector('.term')?.textContent?.replace(/\s+/g, ' ').trim() ?? item?.textContent ?? '',
      level: Number(item?.getAttribute('aria-level') ?? 0),
      open: item?.getAttribute('aria-expanded') ?? null,
    };
  });
}

test('an armor class unfolds to its leaf by the arrow keys', async () => {
  await withApp(async ({ page }) => {
    await quickCharacter(page, { name: 'Sela Quickhand', levels: ['Rogue', 'Rogue', 'Rogue'] });
    await openCharacter(page, 'Sela Quickhand');
    await openWhy(page, '/combat/armor_class');
    const terms = page.$('.why [role="tree"]');
    // The Tab key comes to the tree; what it stands on is unfolded until there is nothing below.
    await page.waitUntil(
      async () => {
        if ((await current(page)).level > 0) return true;
        await page.keys(Key.Tab);
        return false;
      },
      { timeoutMsg: 'the Tab key does not come to the tree' },
    );
    for (let row = 0; row < 8 && !/Dexterity/.test((await current(page)).words); row += 1) await page.keys(Key.ArrowDown);
    const path = [];
    let at = await current(page);
    assert.match(at.words, /Dexterity/);
    while (at.open !== null) {
      path.push(at.words);
      await page.keys(Key.ArrowRight);
      await terms.$(`[aria-level="${at.level + 1}"]`).waitForDisplayed();
      await page.keys(Key.ArrowRight);
      const next = await current(page);
      assert.equal(next.level, at.level + 1, `ArrowRight did not go below "${at.words}"`);
      at = next;
    }
    assert.ok(path.length >= 2, `only ${path.length} steps: ${path.join(' > ')}`);
    assert.match(at.words, /15|base|score/i);

    // And back out again: left folds what is unfolded, then goes out of it.
    const home = async () => {
      const { level, open } = await current(page);
      return level === 1 && open === 'false';
    };
    for (let step = 0; step < 2 * at.level && !(await home()); step += 1) await page.keys(Key.ArrowLeft);
    assert.ok(await home(), 'ArrowLeft does not lead out of the tree again');
    await page.keys(Key.Escape);
    await page.$('.why').waitForExist({ reverse: true });
  });
});
