/** Light, dark, or as the system says; remembered on this machine. */

export type ThemeChoice = 'system' | 'light' | 'dark';

const KEY = 'forkbeard.theme';

export class Theme {
  readonly #root: HTMLElement;
  readonly #storage: Pick<Storage, 'getItem' | 'setItem'> | undefined;
  readonly #system: MediaQueryList;
  #choice = $state<ThemeChoice>('system');
  #systemDark = $state(false);

  constructor(
    root: HTMLElement = document.documentElement,
    storage: Pick<Storage, 'getItem' | 'setItem'> | undefined = globalThis.localStorage,
  ) {
    this.#root = root;
    this.#storage = storage;
    this.#system = window.matchMedia('(prefers-color-scheme: dark)');
    this.#systemDark = this.#system.matches;
    this.#system.addEventListener('change', (event) => (this.#systemDark = event.matches));
    const kept = this.#read();
    if (kept === 'light' || kept === 'dark') this.#choice = kept;
    this.#apply();
  }

  get choice(): ThemeChoice {
    return this.#choice;
  }

  set choice(choice: ThemeChoice) {
    this.#choice = choice;
    try {
      this.#storage?.setItem(KEY, choice);
    } catch {
      // A browser may refuse storage; the choice then holds for this window only.
    }
    this.#apply();
  }

  get dark(): boolean {
    return this.#choice === 'dark' || (this.#choice === 'system' && this.#systemDark);
  }

  toggle(): void {
    this.choice = this.dark ? 'light' : 'dark';
  }

  #read(): string | null | undefined {
    try {
      return this.#storage?.getItem(KEY);
    } catch {
      return undefined;
    }
  }

  #apply(): void {
    if (this.#choice === 'system') delete this.#root.dataset.theme;
    else this.#root.dataset.theme = this.#choice;
  }
}

export const theme = new Theme();
