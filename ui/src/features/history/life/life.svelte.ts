/** A character's life to move through: the versions of the line one stands on, and which of them is on show. */
import * as api from '~/api/history.past';
import { asFailure } from '~/host/host';
import type { Failure, LifePoint } from '~/features/sheet/model';

export class Lifetime {
  readonly id: string;
  #points = $state.raw<readonly LifePoint[]>([]);
  #total = $state(0);
  #failure = $state.raw<Failure | null>(null);
  #commit = $state('');
  #number = $state.raw({ of: '', version: 0 });
  #turn = 0;

  constructor(id: string, commit: string) {
    this.id = id;
    this.#commit = commit;
  }

  get points(): readonly LifePoint[] {
    return this.#points;
  }

  /** How many versions there are, also where not each has a place of its own. */
  get total(): number {
    return this.#total;
  }

  get failure(): Failure | null {
    return this.#failure;
  }

  get commit(): string {
    return this.#commit;
  }

  /** The place of the version on show, or of the one before it that has a place; none where it is not of this line. */
  get at(): number {
    const exact = this.#points.findIndex(({ commit }) => commit === this.#commit);
    const { of, version } = this.#number;
    if (exact >= 0 || of !== this.#commit || this.#points.length === this.#total) return exact;
    return this.#points.findLastIndex((point) => point.version <= version);
  }

  /** The version on show, where it has a place of its own. */
  get point(): LifePoint | undefined {
    const found = this.#points[this.at];
    return found?.commit === this.#commit ? found : undefined;
  }

  /** The places worth a mark. */
  get marks(): readonly number[] {
    return this.#points.flatMap(({ mark }, index) => (mark === '' ? [] : [index]));
  }

  /** Whether the newest version is on show. */
  get today(): boolean {
    return this.#points.length > 0 && this.at === this.#points.length - 1;
  }

  /** The marked place before or after a place. */
  marked(direction: 1 | -1): number | undefined {
    const here = this.at;
    return direction === 1
      ? this.marks.find((mark) => mark > here)
      : this.marks.findLast((mark) => mark < here);
  }

  /** Goes to a place; beyond the ends, to the end. Tells which commit is on show then. */
  go(place: number): string {
    const to = this.#points[Math.min(this.#points.length - 1, Math.max(0, place))];
    if (to) this.#commit = to.commit;
    return this.#commit;
  }

  show(commit: string): void {
    this.#commit = commit;
  }

  /** Tells which version along its line a commit is: of a very long line not each has a place of its own. */
  numbered(commit: string, version: number): void {
    this.#number = { of: commit, version };
  }

  async load(): Promise<void> {
    const turn = ++this.#turn;
    try {
      const life = await api.life(this.id);
      // Only the newest question's answer counts.
      if (turn !== this.#turn) return;
      this.#total = life.total;
      this.#failure = null;
      this.#points = life.points;
    } catch (thrown) {
      if (turn === this.#turn) this.#failure = asFailure(thrown);
    }
  }
}
