/** The compendium beside a sheet: what can be put on it, and the putting. */
import * as compendium from '~/api/compendium';
import type { ChoiceOption, CompendiumRow } from '~/api/wire';
import { CompendiumList } from '~/features/compendium/list.svelte';
import { ordered } from '../keyed';
import type { SheetPage } from '../page.svelte';

/** What is looked for: spells in the spells' part, things and wonders in the equipment's. */
export type Sought = 'spell' | 'item' | 'magic_item';

export interface Choices {
  count: number;
  variant: string | null;
  base: string | null;
  pay: boolean;
}

export const ONE: Choices = { count: 1, variant: null, base: null, pay: false };

export class Browser {
  readonly #page: SheetPage;
  readonly spells: boolean;
  readonly list: CompendiumList;
  shown = $state.raw<{ kind: string; id: string } | null>(null);
  /** Shows only what the caster may have, where that is known. */
  own = $state(true);
  #caster = $state('');
  /** What the rules let the caster have, by id; none where the rules do not say. */
  #options = $state.raw<ReadonlyMap<string, ChoiceOption> | null>(null);
  #asked = '';
  readonly #mine = $derived.by(() => {
    const spells = Object.values(this.#page.source.spellcasting.spells);
    return new Set(spells.map((spell) => spell?.name.toLowerCase()));
  });

  constructor(page: SheetPage, sought: Sought) {
    this.#page = page;
    this.spells = sought === 'spell';
    this.#caster = this.casters[0]?.id ?? '';
    const kinds = this.spells ? ['spell'] : ['item', 'magic_item'];
    const known = page.sheet.built ? undefined : this.casters[0]?.class.toLowerCase();
    this.list = new CompendiumList({
      kinds,
      tags: this.spells && known && CLASSES.has(known) ? [known] : [],
      keep: (row) => !this.own || this.#options === null || this.#options.has(row.id),
    });
    if (sought === 'magic_item') this.list.setKind(sought);
    else void this.list.refresh();
  }

  /** The casters that spells can be given to. */
  get casters(): { id: string; class: string }[] {
    if (this.#page.sheet.built) return this.#page.sheet.spellcasting.casters.filter(({ id }) => id !== '');
    return ordered(this.#page.source.spellcasting.casters).map(({ id, thing }) => ({
      id,
      class: thing.class,
    }));
  }

  get caster(): string {
    return this.#caster;
  }

  set caster(id: string) {
    this.#caster = id;
    this.#options = null;
    void this.learn();
  }

  get casterName(): string {
    return this.casters.find(({ id }) => id === this.#caster)?.class ?? '';
  }

  /** Whether the rules say what the caster may have. */
  get ruled(): boolean {
    return this.#options !== null;
  }

  /** Asks what the caster may have, once for each version of the sheet. */
  async learn(): Promise<void> {
    const { doc, sheet } = this.#page;
    if (!this.spells || !sheet.built || this.#caster === '') return;
    const asked = `${this.#caster} ${this.#page.view.commit}`;
    if (asked === this.#asked) return;
    this.#asked = asked;
    try {
      const options = await compendium.spellsFor(doc.id, this.#caster);
      if (asked === this.#asked) this.#options = new Map(options.map((option) => [option.id, option]));
    } catch {
      // A caster that no class stands behind has no list: everything is offered.
      if (asked === this.#asked) this.#options = null;
    }
  }

  /** Whether the sheet has it already. */
  has(row: CompendiumRow): boolean {
    if (row.kind !== 'spell') return false;
    return this.#options?.get(row.id)?.picked ?? this.#mine.has(row.name.toLowerCase());
  }

  /** Why the rules do not let the caster have it; empty if they do. */
  barred(row: CompendiumRow): string {
    if (row.kind !== 'spell' || this.#options === null) return '';
    const option = this.#options.get(row.id);
    return option ? option.barred : `Not on the list of ${this.casterName || 'this caster'}`;
  }

  /** What a row says of a thing beside what it is. */
  remark(row: CompendiumRow): { text: string; barred: boolean } | null {
    if (this.has(row)) return { text: `${row.detail} · on the sheet`, barred: false };
    const barred = this.barred(row);
    return barred === '' ? null : { text: barred, barred: true };
  }

  add(row: CompendiumRow, choices: Choices = ONE): Promise<boolean> {
    const { doc } = this.#page;
    const caster = row.kind === 'spell' && this.#caster !== '' ? this.#caster : null;
    const words = choices.count > 1 ? `${choices.count} × ${row.name}` : row.name;
    return this.#page.perform(
      () => compendium.add({ id: doc.id, kind: row.kind, name: row.name, caster, ...choices }),
      () => `Added ${words}`,
    );
  }
}

/** Classes that spells are tagged with. */
const CLASSES = new Set('bard cleric druid paladin ranger sorcerer warlock wizard'.split(' '));
