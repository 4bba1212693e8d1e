/** The window comes up, says what it is, and comes up again; this file also runs under a locale that WebKit misreads. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Home, withApp } from './app.js';
import { bringParty, sees } from './page.js';

test('the window comes up on an empty library and offers what to do', async () => {
  await withApp(async ({ page }) => {
    await sees(page, 'Bring in the demo party');
    const language = await page.execute(() => navigator.language);
    assert.notEqual(language, 'C');
    // Throws where the language is one that no formatter knows.
    assert.equal(await page.execute(() => new Intl.NumberFormat(navigator.language).format(7)), '7');
  });
});

test('the demo party moves in, and is there after a restart', async () => {
  const home = await Home.make();
  try {
    await withApp(async ({ page }) => bringParty(page), { home });
    await withApp(
      async ({ page }) => {
        await sees(page, 'Sorrel Quickfen');
        await sees(page, '11 characters');
      },
      { home },
    );
  } finally {
    await home.remove();
  }
});

test('the page may load nothing from outside and run nothing inline', async () => {
  await withApp(async ({ page }) => {
    const blocked = await page.executeAsync((/** @type {(seen: string[]) => void} */ done) => {
      const seen = /** @type {string[]} */ ([]);
      document.addEventListener('securitypolicyviolation', (event) => seen.push(event.effectiveDirective));
      const inline = document.createElement('script');
      inline.textContent = 'window.ranInline = true';
      document.body.append(inline);
      const image = document.createElement('img');
      image.src = 'https://example.org/x.png';
      document.body.append(image);
      fetch('https://example.org/').catch(() => undefined);
      setTimeout(() => done(seen), 500);
    });
    for (const directive of ['script-src-elem', 'img-src', 'connect-src']) {
      assert.ok(blocked.includes(directive), `${directive} was not enforced: ${blocked.join(', ')}`);
    }
    assert.equal(await page.execute(() => 'ranInline' in window), false);
  });
});
