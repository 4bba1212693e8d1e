/**
 * Reads the figures again and again while the panel is open, and keeps the last minutes for the charts.
 *
 * Nothing is read while the panel is closed, paused or hidden: the backend samples the process only when it is asked.
 */
import * as health from '~/api/health';
import type { Failure, HealthView } from '~/api/wire';
import { asFailure } from '~/host/host';

export interface Sample {
  /** Seconds since 1970. */
  time: number;
  cpu: number;
  memory: number;
  /** Calls a second since the sample before; null at the first. */
  calls: number | null;
  appends: number | null;
}

export class Monitor {
  /** Milliseconds from one reading to the next. */
  static readonly PACE = 2000;
  /** The first readings come faster, so that the charts have lines at once. */
  static readonly FIRST = { readings: 4, pace: 500 };
  /** Samples kept: five minutes. */
  static readonly KEPT = 150;

  #view = $state.raw<HealthView | undefined>(undefined);
  #failure = $state.raw<Failure | undefined>(undefined);
  #samples = $state.raw<readonly Sample[]>([]);
  #paused = $state(false);
  #counts: { time: number; calls: number; appends: number } | undefined;

  get view(): HealthView | undefined {
    return this.#view;
  }

  get failure(): Failure | undefined {
    return this.#failure;
  }

  get samples(): readonly Sample[] {
    return this.#samples;
  }

  get paused(): boolean {
    return this.#paused;
  }

  set paused(paused: boolean) {
    this.#paused = paused;
    // The stretch in between was not measured: no rate over it.
    this.#counts = undefined;
  }

  /** Begins to read; the answer ends it. */
  start(): () => void {
    let ended = false;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const turn = async () => {
      if (!this.#paused && document.visibilityState !== 'hidden') await this.read();
      // The next pause begins after the answer: a slow answer is not asked for twice.
      const pace = this.#samples.length < Monitor.FIRST.readings ? Monitor.FIRST.pace : Monitor.PACE;
      if (!ended) timer = setTimeout(() => void turn(), pace);
    };
    void turn();
    return () => {
      ended = true;
      clearTimeout(timer);
    };
  }

  async read(): Promise<void> {
    try {
      const view = await health.view();
      this.#view = view;
      this.#failure = undefined;
      this.#keep(view);
    } catch (thrown) {
      this.#failure = asFailure(thrown);
    }
  }

  #keep(view: HealthView): void {
    const time = new Date(view.time).getTime() / 1000;
    // The panel's own reading is not the program's work.
    const calls = view.figures.commands.reduce(
      (sum, one) => sum + (one.name === 'health.view' ? 0 : one.count),
      0,
    );
    const { appends } = view.figures.store;
    const before = this.#counts;
    const span = before ? time - before.time : 0;
    const rate = (now: number, then: number) => (span > 0 ? Math.max(0, (now - then) / span) : null);
    const sample: Sample = {
      time,
      cpu: view.figures.process.cpu_percent,
      memory: view.figures.process.memory_bytes,
      calls: before ? rate(calls, before.calls) : null,
      appends: before ? rate(appends, before.appends) : null,
    };
    this.#counts = { time, calls, appends };
    this.#samples = [...this.#samples, sample].slice(-Monitor.KEPT);
  }
}
