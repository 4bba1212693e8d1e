/** Every screen, light and dark: axe finds nothing serious. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { withApp } from './app.js';
import { seriousFindings, setTheme } from './page.js';
import { walkHistory } from './screens-history.js';
import { walkReview } from './screens-review.js';
import { walkPacks, walkRules } from './screens-rules.js';
import { walk } from './screens.js';

/** The screens, by what they are about; each walk begins with an empty library. */
const WALKS = {
  'of the sheet': walk,
  'of the rules': walkRules,
  'of packs': walkPacks,
  'of lines and time': walkHistory,
  'of seats and reviews': walkReview,
};

for (const theme of /** @type {const} */ (['light', 'dark'])) {
  for (const [which, walkThem] of Object.entries(WALKS)) {
    test(`axe finds nothing serious on any screen ${which}, ${theme}`, async () => {
      await withApp(async ({ page }) => {
        await setTheme(page, theme);
        const found = /** @type {string[]} */ ([]);
        await walkThem(page, async (name) => {
          for (const finding of await seriousFindings(page)) found.push(`${name}: ${finding}`);
        });
        assert.deepEqual(found, [], found.join('\n'));
      });
    });
  }
}

test('axe would find something, if there were something', async () => {
  await withApp(async ({ page }) => {
    await page.execute(() => {
      const nameless = document.createElement('button');
      document.querySelector('main')?.append(nameless);
    });
    const found = await seriousFindings(page);
    assert.ok(found.some((finding) => finding.startsWith('button-name')), `axe found only: ${found.join('; ')}`);
  });
});
