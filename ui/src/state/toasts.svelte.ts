/** Short messages after an action, with the way back. The newest stands last; each goes by itself unless it is being read. */
import { asFailure } from '~/host/host';

export interface ToastAction {
  label: string;
  run: () => unknown;
}

export interface Toast {
  id: number;
  text: string;
  tone: 'plain' | 'problem';
  /** What to do about a problem; a second line. */
  hint?: string;
  action?: ToastAction;
}

export interface ToastOptions {
  tone?: Toast['tone'];
  hint?: string;
  action?: ToastAction;
  /** Milliseconds until it goes by itself; 0: stays until it is closed. */
  lasts?: number;
}

export class Toasts {
  /** More than this at once is noise: the oldest goes. */
  static readonly MOST = 4;
  static readonly LASTS = 6000;
  static readonly LASTS_WITH_ACTION = 10000;

  #list = $state<Toast[]>([]);
  #nextId = 1;
  #held = false;
  readonly #timers = new Map<number, { lasts: number; timer?: ReturnType<typeof setTimeout> }>();

  get list(): readonly Toast[] {
    return this.#list;
  }

  /** The newest toast that offers a way back, for the Undo key. */
  get latestAction(): ToastAction | undefined {
    return this.#list.findLast((toast) => toast.action)?.action;
  }

  show(text: string, options: ToastOptions = {}): number {
    const id = this.#nextId++;
    const { tone = 'plain', hint, action } = options;
    const lasts = options.lasts ?? (tone === 'problem' || action ? Toasts.LASTS_WITH_ACTION : Toasts.LASTS);
    this.#list.push({ id, text, tone, hint, action });
    while (this.#list.length > Toasts.MOST) {
      const oldest = this.#list[0];
      if (oldest) this.close(oldest.id);
    }
    this.#timers.set(id, { lasts });
    if (!this.#held) this.#start(id);
    return id;
  }

  /** Shows a failure: what happened and what to do. */
  problem(message: string, hint?: string): number {
    return this.show(message, { tone: 'problem', hint });
  }

  close(id: number): void {
    clearTimeout(this.#timers.get(id)?.timer);
    this.#timers.delete(id);
    this.#list = this.#list.filter((toast) => toast.id !== id);
  }

  /** Runs the action of a toast and closes it; where it fails, that is told in its place. */
  async act(id: number): Promise<void> {
    const action = this.#list.find((toast) => toast.id === id)?.action;
    this.close(id);
    try {
      await action?.run();
    } catch (thrown) {
      const failure = asFailure(thrown);
      this.problem(failure.message, failure.hint);
    }
  }

  /** Stops the clocks while the pointer or the focus is on a toast. */
  hold(): void {
    this.#held = true;
    for (const entry of this.#timers.values()) clearTimeout(entry.timer);
  }

  release(): void {
    this.#held = false;
    for (const id of this.#timers.keys()) this.#start(id);
  }

  #start(id: number): void {
    const entry = this.#timers.get(id);
    if (!entry || entry.lasts === 0) return;
    clearTimeout(entry.timer);
    entry.timer = setTimeout(() => this.close(id), entry.lasts);
  }
}

export const toasts = new Toasts();
