/** The dice of this window: the log of the session, what was rolled last, and how the next roll is made. */
import * as api from '~/api/sheet.play';
import { asFailure } from '~/host/host';
import { Preference } from '~/state/preferences.svelte';
import { toasts } from '~/state/toasts.svelte';
import type { Line, Mode, Outcome, RollLine } from '../model';

/** What may be rolled after a roll: the damage after a hit. */
export interface Next {
  label: string;
  /** No dice are rolled for it. */
  plain?: boolean;
  run: () => unknown;
}

/** The newest result: its rolls are the first lines of the log. */
export interface Latest {
  title: string;
  lines: readonly Line[];
  rolls: readonly RollLine[];
  next: readonly Next[];
}

export class Dice {
  #log = $state.raw<readonly RollLine[]>([]);
  #latest = $state.raw<Latest | null>(null);
  #known = false;
  #rolling = $state(false);
  /** How the next roll from the tray or the sheet is made, unless keys say otherwise; it holds for one roll. */
  mode = $state<Mode>('normal');
  readonly #open = new Preference('dice', false, (value) => typeof value === 'boolean');

  get open(): boolean {
    return this.#open.value;
  }

  set open(open: boolean) {
    this.#open.value = open;
    if (open) this.#latest = null;
  }

  get log(): readonly RollLine[] {
    return this.#log;
  }

  get latest(): Latest | null {
    return this.#latest;
  }

  get rolling(): boolean {
    return this.#rolling;
  }

  /** The mode of the roll that is made now. */
  take(asked: Mode | null): Mode {
    const mode = asked ?? this.mode;
    this.mode = 'normal';
    return mode;
  }

  dismiss(): void {
    this.#latest = null;
  }

  /** Reads the log once; later it grows by what is rolled here. */
  async load(): Promise<void> {
    if (this.#known) return;
    this.#known = true;
    await this.#read();
  }

  /** Takes what an action rolled into the log, and shows it unless whoever asked does. */
  async told(outcome: Outcome, next: readonly Next[] = [], quiet = false): Promise<void> {
    if (outcome.rolls.length === 0) return;
    this.#known = true;
    await this.#read();
    if (quiet) {
      this.#latest = null;
      return;
    }
    // The log has the newest first; a result is read in the order in which it was rolled.
    const rolls = this.#log.slice(0, outcome.rolls.length).reverse();
    this.#latest = { title: outcome.title, lines: outcome.lines, rolls, next };
  }

  /** Rolls a notation; tells whether it could be read. */
  async roll(who: string | null, notation: string, label: string, asked: Mode | null): Promise<boolean> {
    this.#rolling = true;
    try {
      // A die without advantage leaves the choice for the next d20.
      const mode = asked === 'normal' ? asked : this.take(asked);
      const line = await api.roll(who, { notation, label, mode, critical: false });
      this.#log = [line, ...this.#log.filter((old) => old.id !== line.id)];
      this.#latest = { title: label, lines: [], rolls: [line], next: [] };
      return true;
    } catch (thrown) {
      const failure = asFailure(thrown);
      toasts.problem(failure.message, failure.hint);
      return false;
    } finally {
      this.#rolling = false;
    }
  }

  async #read(): Promise<void> {
    try {
      this.#log = await api.rolls();
    } catch (thrown) {
      this.#known = false;
      const failure = asFailure(thrown);
      toasts.problem(failure.message, failure.hint);
    }
  }
}

export const dice = new Dice();
