/** The window comes up: with nothing, twice, and when the library cannot be opened. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { withApp } from './app.js';

test('the window comes up and shows the page', async () => {
  await withApp(async ({ page }) => {
    assert.equal(await page.getTitle(), 'Forkbeard');
    assert.equal(await page.$('main').isDisplayed(), true);
    assert.notEqual(await page.execute(() => navigator.language), 'C');
  });
});
