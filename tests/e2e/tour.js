/**
 * Walks through every screen of the real window, once light and once dark, and leaves screenshots in artifacts/tour.
 *
 * Run by `make tour`, and by `make run` where there is no display.
 */
import { mkdir, readdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { App, Home, ROOT } from './app.js';
import { setTheme } from './page.js';
import { walk } from './screens.js';

const folder = path.join(ROOT, 'artifacts/tour');
await rm(folder, { recursive: true, force: true });
await mkdir(folder, { recursive: true });

for (const theme of /** @type {const} */ (['light', 'dark'])) {
  const home = await Home.make();
  let number = 0;
  try {
    const app = await App.start(home);
    try {
      await setTheme(app.page, theme);
      await walk(app.page, async (name) => {
        number += 1;
        await app.page.execute(() => Promise.allSettled(document.getAnimations().map((one) => one.finished)));
        const file = `${theme}-${String(number).padStart(2, '0')}-${name}.png`;
        await app.page.saveScreenshot(path.join(folder, file));
        console.log(`  ${file}`);
      });
    } finally {
      await app.close();
    }
  } finally {
    await home.remove();
  }
}
console.log(`\n${(await readdir(folder)).length} screenshots of the real window are in ${path.relative(process.cwd(), folder) || folder}`);
