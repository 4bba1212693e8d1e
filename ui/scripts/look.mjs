// Takes pictures of the built interface in Chromium under the shell's strict content policy, and runs axe over each.
//
//   npm run build && node scripts/look.mjs [name-part…]     pictures land in screens/
//
// (The rule `region` is off: menus and lists of choices stand in a layer beside the landmarks.) Says every console message, refused resource and accessibility violation; exits 1 if there was one.
import { createServer } from 'node:http';
import { mkdirSync, readFileSync } from 'node:fs';
import { extname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import { scenes } from './scenes.mjs';

// LOOK_AT names another build, so that one may build while this looks.
const root = process.env.LOOK_AT ?? fileURLToPath(new URL('../dist/', import.meta.url));
const out = fileURLToPath(new URL('../screens/', import.meta.url));
const axe = readFileSync(
  fileURLToPath(new URL('../node_modules/axe-core/axe.min.js', import.meta.url)),
  'utf8',
);
const CSP =
  "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' asset: data: blob:; font-src 'self'; " +
  "connect-src 'self'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'; form-action 'none'";
const TYPES = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
  '.woff': 'font/woff',
};

const server = createServer((request, response) => {
  const path = normalize(decodeURIComponent(new URL(request.url ?? '/', 'http://x').pathname)).replace(
    /^\/$/,
    '/index.html',
  );
  try {
    const body = readFileSync(join(root, path));
    response.writeHead(200, {
      'content-type': TYPES[extname(path)] ?? 'application/octet-stream',
      'content-security-policy': CSP,
    });
    response.end(body);
  } catch {
    response.writeHead(404).end();
  }
});
await new Promise((done) => server.listen(0, '127.0.0.1', done));
const address = `http://127.0.0.1:${server.address().port}/`;

const wanted = process.argv.slice(2);
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: [
    '--no-sandbox',
    '--disable-gpu',
    '--disable-background-networking',
    '--disable-sync',
    '--no-first-run',
  ],
});
mkdirSync(out, { recursive: true });
let problems = 0;
for (const scene of scenes) {
  for (const theme of scene.themes ?? ['light', 'dark']) {
    const name = `${scene.name}-${theme}`;
    if (wanted.length > 0 && !wanted.some((part) => name.includes(part))) continue;
    const page = await browser.newPage({
      viewport: scene.size ?? { width: 1320, height: 860 },
      colorScheme: theme,
      reducedMotion: 'reduce',
      bypassCSP: false,
    });
    page.setDefaultTimeout(6000);
    const said = [];
    page.on(
      'console',
      (message) => ['error', 'warning'].includes(message.type()) && said.push(message.text()),
    );
    page.on('pageerror', (error) => said.push(String(error)));
    await page.goto(address + (scene.query ?? ''));
    try {
      await scene.act?.(page);
    } catch (error) {
      said.push(`the scene could not be played: ${error}`);
    }
    await page.evaluate(() => document.fonts.ready);
    await page.waitForTimeout(scene.wait ?? 250);
    await page.screenshot({ path: join(out, `${name}.png`) });
    if (!scene.noAxe) {
      const session = await page.context().newCDPSession(page);
      await session.send('Runtime.evaluate', { expression: axe });
      const { violations } = await page.evaluate(() =>
        window.axe.run(document, { resultTypes: ['violations'], rules: { region: { enabled: false } } }),
      );
      for (const violation of violations) {
        said.push(
          `axe ${violation.impact} ${violation.id}: ${violation.nodes
            .map((node) => `${node.target} ${node.failureSummary?.split('\n')[1] ?? ''}`)
            .slice(0, 4)
            .join(' | ')}`,
        );
      }
    }
    const crash = await page.locator('.failed pre').allTextContents();
    if (crash.some((text) => text.includes('at '))) said.push(`crashed: ${crash.join(' ')}`);
    for (const line of said) console.log(`${name}: ${line}`);
    problems += said.length;
    await page.close();
  }
}
await browser.close();
server.close();
console.log(problems === 0 ? 'Nothing to complain about.' : `${problems} complaints.`);
process.exitCode = problems === 0 ? 0 : 1;
