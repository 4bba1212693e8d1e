/**
 * Walks through every screen of the real window, once light and once dark, and leaves screenshots in artifacts/tour.
 *
 * Run by `make tour`, and by `make run` where there is no display. Words after it: only this theme, and `rules`: only the screens
 * of the rules, or `history`: only those of lines, time and merging.
 */
import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { App, Home, ROOT } from './app.js';
import { sees, settled, setTheme } from './page.js';
import { walkHistory } from './screens-history.js';
import { walkReview } from './screens-review.js';
import { walk } from './screens.js';
import { walkPacks, walkRules } from './screens-rules.js';

const folder = path.join(ROOT, 'artifacts/tour');
await rm(folder, { recursive: true, force: true });
await mkdir(folder, { recursive: true });

/** A page that is painted straight into its window, as Forkbeard asks for without a graphics card, cannot be photographed while it rests. */
const LAYERED = { WEBKIT_DISABLE_COMPOSITING_MODE: '0', WEBKIT_SKIA_ENABLE_CPU_RENDERING: '1' };

/**
 * Photographs the window as it is, once nothing moves any more.
 *
 * @param {App} app
 * @param {string} name
 */
async function photograph(app, name) {
  await settled(app.page);
  // What stands in the page is painted a frame or two later.
  await app.page.executeAsync((/** @type {() => void} */ done) => {
    requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done, 100)));
  });
  await app.page.saveScreenshot(path.join(folder, `${name}.png`));
  console.log(`  ${name}.png`);
}

/**
 * Runs a walk in a fresh home, in a theme.
 *
 * @param {Home} home
 * @param {'light' | 'dark'} theme
 * @param {(app: App) => Promise<void>} walk
 */
async function inWindow(home, theme, walk) {
  try {
    const app = await App.start(home, { env: LAYERED });
    try {
      await setTheme(app.page, theme);
      await walk(app);
    } finally {
      await app.close();
    }
  } finally {
    await home.remove();
  }
}

for (const theme of /** @type {const} */ (['light', 'dark'])) {
  if (process.argv[2] && process.argv[2] !== theme) continue;
  let number = 0;
  const numbered = (/** @type {string} */ name) => `${theme}-${String((number += 1)).padStart(2, '0')}-${name}`;
  await inWindow(await Home.make(), theme, async (app) => {
    const visit = (/** @type {string} */ name) => photograph(app, numbered(name));
    const only = process.argv[3];
    if (only === undefined) await walk(app.page, visit);
    if (only !== 'history') {
      await walkRules(app.page, visit);
      await walkPacks(app.page, visit);
    }
    await walkHistory(app.page, visit);
    await walkReview(app.page, visit);
  });

  const spoilt = await Home.make();
  await mkdir(spoilt.data, { recursive: true });
  await writeFile(spoilt.library, 'not a library at all');
  await inWindow(spoilt, theme, async (app) => {
    await sees(app.page, 'This folder is not a library');
    await photograph(app, numbered('library-closed'));
  });
}
console.log(`\n${(await readdir(folder)).length} screenshots of the real window are in ${path.relative(process.cwd(), folder) || folder}`);
