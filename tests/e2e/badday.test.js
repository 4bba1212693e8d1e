/** Bad days: a library that cannot be opened is said so in the window, with what can be done, and nothing is lost. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, open, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { test } from 'node:test';
import { BINARY, Home, withApp } from './app.js';
import { bringParty, press, sees } from './page.js';

/**
 * Runs a test in a home whose library holds the demo party and is closed.
 *
 * @param {(home: Home) => Promise<void>} run
 */
async function withClosedLibrary(run) {
  const home = await Home.make();
  try {
    await withApp(async ({ page }) => bringParty(page), { home });
    await run(home);
  } finally {
    await home.remove();
  }
}

test('a library that another process holds is told, and opens when that one lets go', async () => {
  await withClosedLibrary(async (home) => {
    const holder = spawn('flock', [path.join(home.library, 'lock'), 'sleep', '600'], { detached: true });
    try {
      await withApp(
        async ({ page }) => {
          await sees(page, 'The library is open elsewhere');
          if (holder.pid !== undefined) process.kill(-holder.pid);
          await once(holder, 'exit');
          await press(page, 'Try again');
          await sees(page, 'Sorrel Quickfen');
        },
        { home },
      );
    } finally {
      if (holder.exitCode === null && holder.signalCode === null && holder.pid !== undefined) process.kill(-holder.pid);
    }
  });
});

test('what is no library is told and left alone', async () => {
  const home = await Home.make();
  try {
    await mkdir(home.data, { recursive: true });
    await writeFile(home.library, 'four years of work');
    await withApp(async ({ page }) => sees(page, 'This folder is not a library'), { home });
    assert.equal(await readFile(home.library, 'utf8'), 'four years of work');
  } finally {
    await home.remove();
  }
});

test('damage in the ledger is named, and what can be read is shown', async () => {
  await withClosedLibrary(async (home) => {
    const ledger = path.join(home.library, 'ledger');
    const first = path.join(ledger, (await readdir(ledger)).sort()[0] ?? '');
    const used = (await readFile(first)).findLastIndex((byte) => byte !== 0);
    const file = await open(first, 'r+');
    await file.write(Buffer.from([0xde, 0xad, 0xbe, 0xef]), 0, 4, Math.floor(used / 2));
    await file.close();
    await withApp(
      async ({ page }) => {
        await page.waitUntil(async () =>
          /Read only\.|Part of the library cannot be read/.test(await page.execute(() => document.body.innerText)),
        );
      },
      { home },
    );
    assert.ok((await stat(first)).size > 0);
  });
});

test('a lost index is built anew without a word lost', async () => {
  await withClosedLibrary(async (home) => {
    const index = path.join(home.library, 'sled');
    for (const name of await readdir(index)) {
      const file = path.join(index, name);
      if ((await stat(file)).isFile()) await writeFile(file, 'not what sled wrote');
    }
    await withApp(async ({ page }) => sees(page, '11 characters'), { home });
  });
});

test('a window whose process ends shows the trouble page, and goes on', async () => {
  const home = await Home.make();
  const app = spawn(BINARY, ['--data', home.data], { env: await home.environment(), stdio: 'ignore' });
  try {
    const drawing = await eventually('the web process', async () => childOf(app.pid, 'WebKitWebProces'));
    // Not before the page itself is up: what is ended while it starts is another case.
    await eventually('the page', async () => (await home.log()).includes('the page is up'));
    process.kill(drawing, 'SIGKILL');
    await eventually('the trouble page', async () => (await home.log()).includes('showing the trouble page'));
    assert.equal(app.exitCode, null, 'the application ended with its page');
    const next = await eventually('a new web process', async () => childOf(app.pid, 'WebKitWebProces'));
    assert.notEqual(next, drawing);
  } finally {
    await ended(app);
    await home.remove();
  }
});

test('a page that does not report in time is replaced by the trouble page', async () => {
  const home = await Home.make();
  const app = spawn(BINARY, ['--data', home.data, '--page-deadline', '0'], {
    env: await home.environment(),
    stdio: 'ignore',
  });
  try {
    await eventually('the trouble page', async () => (await home.log()).includes('showing the trouble page'));
    assert.equal(app.exitCode, null);
  } finally {
    await ended(app);
    await home.remove();
  }
});

test('a second start hands its files to the first and ends', async () => {
  const home = await Home.make();
  try {
    let document = '';
    await withApp(async (app) => {
      await bringParty(app.page);
      await app.page.$('aria/Actions for Old Hask').click();
      await app.page.$('//*[@role="menuitem"][normalize-space()="Export…"]').click();
      await sees(app.page, 'was written to');
      document = await readFile(app.home.answer, 'utf8');
    });
    const file = path.join(home.folder, 'a friend.forkbeard');
    await writeFile(file, document);
    await withApp(
      async ({ page }) => {
        await sees(page, 'An empty book');
        const second = spawn(BINARY, ['--data', home.data, file], { env: await home.environment(), stdio: 'ignore' });
        const [code] = await once(second, 'exit');
        assert.equal(code, 0);
        await sees(page, 'Old Hask');
      },
      { home },
    );
  } finally {
    await home.remove();
  }
});

test('a document on the command line is taken in at the start', async () => {
  const home = await Home.make();
  try {
    const file = path.join(home.folder, 'broken.forkbeard');
    await writeFile(file, 'no JSON at all');
    await withApp(async ({ page }) => sees(page, 'not a file of Forkbeard characters'), { home, args: [file] });
  } finally {
    await home.remove();
  }
});

/**
 * Waits for something that is not in a page.
 *
 * @template T
 * @param {string} what
 * @param {() => Promise<T>} look
 * @returns {Promise<NonNullable<T>>}
 */
async function eventually(what, look) {
  const until = Date.now() + 30_000;
  while (Date.now() < until) {
    const seen = await look();
    if (seen) return seen;
    await new Promise((later) => setTimeout(later, 50));
  }
  throw new Error(`${what} did not come`);
}

/**
 * Ends a process and waits until it is gone; one that is gone already tells no more of it.
 *
 * @param {import('node:child_process').ChildProcess} app
 */
async function ended(app) {
  if (app.exitCode !== null || app.signalCode !== null) return;
  app.kill();
  await once(app, 'exit');
}

/**
 * Finds a process of a name among the descendants of another.
 *
 * @param {number | undefined} parent
 * @param {string} name
 */
async function childOf(parent, name) {
  const processes = new Map();
  for (const entry of await readdir('/proc')) {
    const line = await readFile(`/proc/${entry}/stat`, 'utf8').catch(() => '');
    const parts = /^(\d+) \((.*)\) (\S) (\d+)/.exec(line);
    if (parts && parts[3] !== 'Z') processes.set(Number(parts[1]), { name: parts[2], parent: Number(parts[4]) });
  }
  for (const [id, one] of processes) {
    if (one.name !== name) continue;
    let at = one.parent;
    while (at > 1 && at !== parent) at = processes.get(at)?.parent ?? 0;
    if (at === parent) return id;
  }
  return undefined;
}
