/** What each condition does, as the compendium tells it: read once, when it is first asked for. */
import * as compendium from '~/api/compendium';

export class ConditionTexts {
  #texts = $state.raw<ReadonlyMap<string, string>>(new Map());
  #asked = false;

  /** Reads them, if that has not been done; where it cannot be done, conditions are shown by name alone. */
  async load(): Promise<void> {
    if (this.#asked) return;
    this.#asked = true;
    try {
      const { rows } = await compendium.search({
        ...compendium.everything,
        kinds: ['condition'],
        limit: 500,
      });
      this.#texts = new Map(rows.map((row) => [row.name.toLowerCase(), row.text]));
    } catch {
      // The next who asks tries again.
      this.#asked = false;
    }
  }

  /** What a condition does; empty where the compendium does not know it. */
  of(name: string): string {
    return this.#texts.get(name.trim().toLowerCase()) ?? '';
  }
}

export const conditionTexts = new ConditionTexts();
