/**
 * Starts the real application under WebDriver, and stops it again.
 *
 * Every application has a library, ports and home folders of its own, so that tests neither see each other nor the
 * desktop they run on.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, mkdir, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { remote } from 'webdriverio';

export const ROOT = fileURLToPath(new URL('../..', import.meta.url));
export const BINARY = process.env.FORKBEARD_BINARY ?? path.join(ROOT, 'target/debug/forkbeard');

/** How long the page may take: generous, because the machine may be building something else. */
const PATIENCE = 60_000;

/** A folder with a library and everything else that one person's Forkbeard keeps. */
export class Home {
  /** @param {string} folder */
  constructor(folder) {
    this.folder = folder;
  }

  static async make() {
    return new Home(await mkdtemp(path.join(tmpdir(), 'forkbeard-e2e-')));
  }

  get data() {
    return path.join(this.folder, 'data');
  }

  get library() {
    return path.join(this.data, 'library');
  }

  /** The file that every file dialog is answered with. */
  get answer() {
    return path.join(this.folder, 'answer.forkbeard');
  }

  async environment() {
    const folders = {
      XDG_DATA_HOME: path.join(this.folder, 'share'),
      XDG_CONFIG_HOME: path.join(this.folder, 'config'),
      XDG_CACHE_HOME: path.join(this.folder, 'cache'),
      HOME: this.folder,
    };
    for (const folder of Object.values(folders)) await mkdir(folder, { recursive: true });
    return { ...process.env, ...folders };
  }

  /** What the application wrote into its log. */
  async log() {
    const folder = path.join(this.folder, 'share/org.forkbeard.forkbeard/logs');
    const files = await readdir(folder).catch(() => []);
    const texts = await Promise.all(files.map((file) => readFile(path.join(folder, file), 'utf8')));
    return texts.join('');
  }

  async remove() {
    await rm(this.folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** @typedef {Awaited<ReturnType<typeof remote>>} Browser */

/** A running application and the way to its page. */
export class App {
  /** @type {import('node:child_process').ChildProcess} */
  #driver;

  /**
   * @param {Home} home
   * @param {Browser} page
   * @param {import('node:child_process').ChildProcess} driver
   */
  constructor(home, page, driver) {
    this.home = home;
    this.page = page;
    this.#driver = driver;
  }

  /**
   * Starts the application and waits until its page is up.
   *
   * @param {Home} home
   * @param {{ args?: string[], env?: Record<string, string> }} [options]
   */
  static async start(home, { args = [], env = {} } = {}) {
    const [port, nativePort] = await freePorts(2);
    const driver = spawn('tauri-driver', ['--port', String(port), '--native-port', String(nativePort)], {
      env: { ...(await home.environment()), ...env },
      stdio: ['ignore', 'ignore', process.env.FORKBEARD_E2E_LOG ? 'inherit' : 'ignore'],
      detached: true,
    });
    try {
      await reachable(port, driver);
      const page = await remote({
        hostname: '127.0.0.1',
        port,
        logLevel: 'error',
        connectionRetryCount: 0,
        connectionRetryTimeout: PATIENCE,
        waitforTimeout: 15_000,
        capabilities: /** @type {any} */ ({
          'wdio:enforceWebDriverClassic': true,
          'tauri:options': {
            application: BINARY,
            args: ['--data', home.data, '--answer-file-dialogs', home.answer, ...args],
          },
        }),
      });
      const app = new App(home, page, driver);
      await app.up();
      return app;
    } catch (error) {
      stop(driver);
      throw error;
    }
  }

  /** Waits until the page stands, whatever it shows. */
  async up() {
    await this.page.waitUntil(
      async () => (await this.page.execute(() => document.querySelector('main, [role="alert"]') !== null)) === true,
      { timeout: PATIENCE, timeoutMsg: 'the page did not come up' },
    );
  }

  /** Ends the application as a power cut would: at once, with everything it holds in memory. */
  async kill() {
    const gone = once(this.#driver, 'exit');
    if (this.#driver.pid !== undefined) process.kill(-this.#driver.pid, 'SIGKILL');
    await gone;
  }

  /** Closes the window as a person would, and waits until the application is gone. */
  async close() {
    if (this.#driver.signalCode !== null) return;
    const gone = once(this.#driver, 'exit');
    await this.page.deleteSession().catch(() => undefined);
    stop(this.#driver);
    await gone;
  }

  /**
   * Puts a file where the next file dialog finds it.
   *
   * @param {string | Uint8Array} content
   */
  async answerDialogsWith(content) {
    await writeFile(this.home.answer, content);
  }
}

/**
 * Runs a test with an application of its own, and cleans up whatever happens.
 *
 * @param {(app: App) => Promise<void>} test
 * @param {{ home?: Home, args?: string[], env?: Record<string, string> }} [options]
 */
export async function withApp(test, { home, ...options } = {}) {
  const place = home ?? (await Home.make());
  try {
    const app = await App.start(place, options);
    try {
      await test(app);
    } catch (error) {
      await keepEvidence(app);
      throw error;
    } finally {
      await app.close();
    }
  } finally {
    if (!home) await place.remove();
  }
}

/** Keeps what a person who reads the failure will want to see. @param {App} app */
async function keepEvidence(app) {
  const folder = path.join(ROOT, 'artifacts/e2e');
  await mkdir(folder, { recursive: true });
  const name = path.join(folder, `failure-${Date.now()}`);
  await app.page.saveScreenshot(`${name}.png`).catch(() => undefined);
  await writeFile(`${name}.html`, await app.page.getPageSource().catch(() => ''));
  await writeFile(`${name}.log`, await app.home.log());
  console.error(`      screenshot, page and log: ${path.relative(ROOT, name)}.*`);
}

/** Ends the driver with everything it started. @param {import('node:child_process').ChildProcess} driver */
function stop(driver) {
  if (driver.pid === undefined || driver.exitCode !== null) return;
  try {
    process.kill(-driver.pid, 'SIGTERM');
  } catch {
    // It ended by itself meanwhile.
  }
}

/** @param {number} count */
async function freePorts(count) {
  const servers = Array.from({ length: count }, () => createServer());
  const ports = [];
  for (const server of servers) {
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    if (address === null || typeof address === 'string') throw new Error('no free port');
    ports.push(address.port);
  }
  await Promise.all(servers.map((server) => new Promise((closed) => server.close(closed))));
  return ports;
}

/**
 * Waits until the driver answers.
 *
 * @param {number} port
 * @param {import('node:child_process').ChildProcess} driver
 */
async function reachable(port, driver) {
  const until = Date.now() + 20_000;
  while (Date.now() < until) {
    if (driver.exitCode !== null) throw new Error('tauri-driver ended at once: is WebKitWebDriver installed?');
    const answered = await fetch(`http://127.0.0.1:${port}/status`).then(
      (response) => response.ok,
      () => false,
    );
    if (answered) return;
    await new Promise((later) => setTimeout(later, 50));
  }
  throw new Error('tauri-driver did not answer');
}
