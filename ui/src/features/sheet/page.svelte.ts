/** One sheet on show: which part of it, which entries are unfolded, and the way to any cell. */
import { createContext, tick } from 'svelte';
import { SvelteMap, SvelteSet } from 'svelte/reactivity';
import { router } from '~/state/router.svelte';
import { toasts } from '~/state/toasts.svelte';
import { documents } from './documents.svelte';
import type { Sought } from './browse/browser.svelte';
import type { SheetDocument } from './document.svelte';
import type { CellEdit, CompleteSheet, EditOutcome, Section, SheetView, Source, Vocabulary } from './model';
import { holds, namesOf, pointer, read } from './path';
import { Table } from './play/table.svelte';

export const SECTIONS: readonly { value: Section; label: string }[] = [
  { value: 'play', label: 'Play' },
  { value: 'character', label: 'Character' },
  { value: 'equipment', label: 'Equipment' },
  { value: 'spells', label: 'Spells' },
  { value: 'story', label: 'Story' },
  { value: 'record', label: 'Record' },
];

/** The part that only a character under the rules has. */
export const BUILD = { value: 'build', label: 'Build' } as const;
/** Which step of the builder was on show last, by document: one leaves it and comes back. */
const lastSteps = new SvelteMap<string, string>();

/** Where cells are edited, the longest beginning first that fits. */
const PLACES: readonly [prefix: string, section: Section][] = [
  ['/build', 'build'],
  ['/identity/personality', 'story'],
  ['/identity/appearance', 'story'],
  ['/identity', 'character'],
  ['/notes', 'story'],
  ['/levels', 'character'],
  ['/abilities', 'character'],
  ['/proficiencies/skills', 'play'],
  ['/proficiencies/saving_throws', 'play'],
  ['/proficiencies', 'character'],
  ['/creature', 'character'],
  ['/combat/speeds', 'character'],
  ['/combat/senses', 'character'],
  ['/combat/defenses', 'character'],
  ['/combat/armor_formulas', 'character'],
  ['/combat/hp_maximum_bonus', 'character'],
  ['/actions/weapons', 'play'],
  ['/actions', 'character'],
  ['/equipment', 'equipment'],
  ['/spellcasting', 'spells'],
  ['/adjustments', 'record'],
  ['/overrides', 'record'],
  ['/record', 'record'],
];

export function sectionOf(cell: string): Section {
  return PLACES.find(([prefix]) => cell.startsWith(prefix))?.[1] ?? 'play';
}

export class SheetPage {
  readonly doc: SheetDocument;
  readonly table: Table;
  /** Entries that are unfolded, by their paths; kept while one looks at another part. */
  readonly unfolded = new SvelteSet<string>();
  #section = $state<Section>('play');
  /** What is looked for in the compendium beside the sheet; none while that is closed. */
  browsing = $state<Sought | null>(null);
  element: HTMLElement | null = null;
  /** The cell that had the focus last: the palette takes it away. */
  lastCell: string | undefined;

  constructor(doc: SheetDocument, section?: string) {
    this.doc = doc;
    this.table = new Table(doc);
    const known = [...SECTIONS, BUILD].find(({ value }) => value === section);
    if (known) this.#section = known.value;
  }

  /** The parts of this sheet. */
  get sections(): readonly { value: Section; label: string }[] {
    return this.doc.view?.sheet.built ? [...SECTIONS, BUILD] : SECTIONS;
  }

  /** The cell of the builder's step on show; empty: wherever something is open. */
  get buildStep(): string {
    return lastSteps.get(this.doc.id) ?? '';
  }

  set buildStep(cell: string) {
    lastSteps.set(this.doc.id, cell);
  }

  /** Opens the builder at a step. */
  build(cell: string): void {
    this.buildStep = cell;
    this.section = 'build';
  }

  get section(): Section {
    return this.#section === 'build' && this.doc.view?.sheet.built === false ? 'play' : this.#section;
  }

  set section(section: Section) {
    this.#section = section;
    const { route } = router;
    if (route.screen === 'sheet' && this.doc.at === undefined) router.replace({ ...route, section });
  }

  get view(): SheetView {
    const { view } = this.doc;
    if (view === null) throw new Error('The sheet is shown before it is loaded.');
    return view;
  }

  get source(): Source {
    const { source } = this.doc;
    if (source === null) throw new Error('The sheet is shown before it is loaded.');
    return source;
  }

  get sheet(): CompleteSheet {
    return this.view.sheet;
  }

  get editable(): boolean {
    return this.doc.editable;
  }

  get vocabulary(): Vocabulary {
    return documents.vocabulary;
  }

  /** Opens the compendium beside the part that takes what is looked for. */
  browse(sought: Sought): void {
    this.section = sought === 'spell' ? 'spells' : 'equipment';
    this.browsing = sought;
  }

  /** Whether the compendium stands beside the part on show. */
  get browses(): boolean {
    const part = this.browsing === 'spell' ? 'spells' : 'equipment';
    return this.browsing !== null && this.editable && this.section === part;
  }

  /** The worst of what was found at a cell. */
  findingAt(path: string) {
    return this.view.findings.find((finding) => finding.cell === path);
  }

  set(path: string, value: unknown, message?: string): void {
    void this.doc.set(path, value, { message });
  }

  /** Makes a change and tells of it with a way back. */
  async tell(changes: readonly CellEdit[], words: string | (() => string), message?: string): Promise<void> {
    const before = this.doc.inverse(changes);
    const saved = await this.doc.edit(changes, { message });
    if (!saved) return;
    const commit = this.doc.view?.commit;
    const toast = toasts.show(typeof words === 'string' ? words : words(), {
      action: { label: 'Undo', run: () => this.doc.takeBack(commit, before) },
    });
    this.doc.offered(toast);
  }

  /** Lets the services make a change and tells of it with a way back; tells whether it was made. */
  async perform(run: () => Promise<EditOutcome>, words: (outcome: EditOutcome) => string): Promise<boolean> {
    const source = this.doc.view?.source;
    const outcome = await this.doc.perform(run);
    if (outcome === null) return false;
    if (outcome.status === 'conflict') {
      toasts.problem('Somebody changed the same things a moment ago.', 'Look at the sheet and try again.');
      return false;
    }
    if (outcome.status === 'unchanged') {
      toasts.show(words(outcome));
      return true;
    }
    const before = outcome.changes
      .filter((line) => line.tone !== 'consequence')
      .map(({ path }): CellEdit => {
        const value = read(source, path);
        return value === undefined ? { op: 'remove', path } : { op: 'set', path, value };
      });
    const toast = toasts.show(words(outcome), {
      action: { label: 'Undo', run: () => this.doc.takeBack(outcome.view.commit, before) },
    });
    this.doc.offered(toast);
    return true;
  }

  fold(path: string, unfolded: boolean): void {
    if (unfolded) this.unfolded.add(path);
    else this.unfolded.delete(path);
  }

  /** Brings a cell into sight, wherever it stands, and puts the focus on it. */
  async goTo(cell: string): Promise<void> {
    const names = namesOf(cell);
    for (let length = 2; length <= names.length; length += 1)
      this.unfolded.add(pointer(...names.slice(0, length)));
    await tick();
    let target = this.#find(cell);
    const home = this.#home(cell);
    if (home === 'build') this.buildStep = cell;
    if (!target || (!target.exact && home !== this.section)) {
      this.section = home;
      await tick();
      target = this.#find(cell);
    }
    if (!target) return;
    const { element } = target;
    element.scrollIntoView({ block: 'center' });
    const field = element.matches(FIELDS) ? element : element.querySelector<HTMLElement>(FIELDS);
    field?.focus({ preventScroll: true });
    element.classList.add('found');
    setTimeout(() => element.classList.remove('found'), 1600);
  }

  /** Where a cell is edited: what the rules let one choose, in the builder. */
  #home(cell: string): Section {
    const { built, choices } = this.sheet;
    const chosen = choices.some((choice) => holds(choice.cell, cell));
    const scores =
      holds('/abilities/scores', cell) || cell === '/levels' || /^\/spellcasting\/casters\/[^/]+$/.test(cell);
    return built && (chosen || scores) ? 'build' : sectionOf(cell);
  }

  /** Finds the element of a cell, or of the nearest thing around it. */
  #find(cell: string): { element: HTMLElement; exact: boolean } | undefined {
    const names = namesOf(cell);
    for (let length = names.length; length > 0; length -= 1) {
      const path = pointer(...names.slice(0, length));
      const element = this.element?.querySelector<HTMLElement>(`[data-cell="${CSS.escape(path)}"]`);
      if (element) return { element, exact: length === names.length };
    }
    return undefined;
  }
}

const FIELDS = 'input, textarea, select, button, [tabindex="0"]';

export const [getPage, setPage] = createContext<SheetPage>();
