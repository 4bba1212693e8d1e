/**
 * Where one is in the program, and the way back.
 *
 * Routes live in memory: a desktop window has no address bar, and the same code runs behind any web address. Mouse buttons and
 * Alt+arrows walk the history, as people expect of a window.
 */

export type Route =
  | { screen: 'library' }
  | { screen: 'sheet'; id: string; section?: string }
  /** All of it; with `commit` a version as it stood; with `from` and `to` how two versions differ. */
  | { screen: 'history'; id: string; commit?: string; from?: string; to?: string }
  /** Brings one line into another; into `main`, unless it says otherwise. */
  | { screen: 'merge'; id: string; from: string; into?: string }
  /** Two to four versions beside each other. */
  | { screen: 'board'; id: string; sides: string[] }
  | { screen: 'log'; operation?: string }
  | { screen: 'compendium'; kind?: string; thing?: string }
  | { screen: 'homebrew'; pack?: string; thing?: string; version?: string }
  /** The change requests; without one, the first that waits. */
  | { screen: 'reviews'; request?: string }
  | { screen: 'health' }
  | { screen: 'settings'; part?: string };

export function sameRoute(a: Route, b: Route): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

export class Router {
  static readonly MOST = 100;
  #entries = $state.raw<readonly Route[]>([]);
  #at = $state(0);

  constructor(start: Route = { screen: 'library' }) {
    this.#entries = [start];
  }

  get route(): Route {
    return this.#entries[this.#at] ?? { screen: 'library' };
  }

  get canGoBack(): boolean {
    return this.#at > 0;
  }

  get canGoForward(): boolean {
    return this.#at < this.#entries.length - 1;
  }

  go(route: Route): void {
    if (sameRoute(route, this.route)) return;
    const kept = [...this.#entries.slice(0, this.#at + 1), route].slice(-Router.MOST);
    this.#entries = kept;
    this.#at = kept.length - 1;
  }

  /** Changes the present entry: a section scrolled into view is no step to walk back. */
  replace(route: Route): void {
    this.#entries = this.#entries.map((entry, index) => (index === this.#at ? route : entry));
  }

  back(): void {
    if (this.canGoBack) this.#at -= 1;
  }

  forward(): void {
    if (this.canGoForward) this.#at += 1;
  }

  /** Takes every entry that fails `keep` out of the past and future: a character that is gone for good. */
  forget(keep: (route: Route) => boolean): void {
    const here = this.route;
    const kept = this.#entries.filter(keep);
    if (kept.length === 0) kept.push({ screen: 'library' });
    this.#entries = kept;
    const index = kept.findLastIndex((entry) => sameRoute(entry, here));
    this.#at = index >= 0 ? index : kept.length - 1;
  }
}

export const router = new Router();
