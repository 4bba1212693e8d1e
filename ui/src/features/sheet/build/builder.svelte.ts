/** The builder of one character: which step is on show, what may be picked there, and the deeds that build. */
import * as packs from '~/api/packs';
import * as api from '~/api/sheet.build';
import { asFailure } from '~/host/host';
import { createContext } from 'svelte';
import type {
  CellEdit,
  CharacterPack,
  ChoiceOption,
  ChoiceState,
  EditOutcome,
  Failure,
  StartOffer,
} from '../model';
import type { SheetPage } from '../page.svelte';
import { openOf, groupsOf, stepFor, type Group, type Step } from './steps';

export class Builder {
  readonly page: SheetPage;
  #offers = $state.raw<readonly StartOffer[]>([]);
  #options = $state.raw<readonly ChoiceOption[] | undefined>(undefined);
  #failure = $state.raw<Failure | undefined>(undefined);
  #offersFailure = $state.raw<Failure | undefined>(undefined);
  #packs = $state.raw<readonly CharacterPack[]>([]);
  #packsFailure = $state.raw<Failure | undefined>(undefined);
  /** The cell whose options were asked for last. */
  #asked = '';
  #turn = 0;
  busy = $state(false);
  readonly groups: readonly Group[] = $derived.by(() =>
    groupsOf(this.page.view, this.page.source, this.#offers, this.#packs),
  );
  readonly steps: readonly Step[] = $derived(this.groups.flatMap((group) => group.steps));
  readonly open: number = $derived.by(() => openOf(this.page.view));
  readonly step: Step | undefined = $derived.by(
    () =>
      stepFor(this.steps, this.page.buildStep) ?? this.steps.find((step) => step.open > 0) ?? this.steps[0],
  );

  constructor(page: SheetPage) {
    this.page = page;
  }

  get offers(): readonly StartOffer[] {
    return this.#offers;
  }

  /** What may be picked in the step on show; absent until it is known. */
  get options(): readonly ChoiceOption[] | undefined {
    return this.#options;
  }

  get failure(): Failure | undefined {
    return this.#failure;
  }

  /** How the character stands to the packs of the library. */
  get packs(): readonly CharacterPack[] {
    return this.#packs;
  }

  get packsFailure(): Failure | undefined {
    return this.#packsFailure;
  }

  get offersFailure(): Failure | undefined {
    return this.#offersFailure;
  }

  go(step: Step | string): void {
    this.page.buildStep = typeof step === 'string' ? step : step.key;
  }

  /** The next step with something open, after the one on show and then from the top. */
  get next(): Step | undefined {
    const at = this.steps.findIndex((step) => step.key === this.step?.key);
    const round = [...this.steps.slice(at + 1), ...this.steps.slice(0, at + 1)];
    return round.find((step) => step.open > 0 && step.key !== this.step?.key);
  }

  /** Asks for the options of a cell; what stood there for the same cell stays until the answer is here. */
  async ask(cell: string): Promise<void> {
    const turn = ++this.#turn;
    if (cell !== this.#asked) this.#options = undefined;
    this.#asked = cell;
    this.#failure = undefined;
    try {
      const options = await api.options(this.page.doc.id, cell);
      if (turn === this.#turn) this.#options = options;
    } catch (thrown) {
      if (turn !== this.#turn) return;
      this.#options = undefined;
      this.#failure = asFailure(thrown);
    }
  }

  async askOffers(): Promise<void> {
    try {
      this.#offers = await api.startOffers(this.page.doc.id);
      this.#offersFailure = undefined;
    } catch (thrown) {
      this.#offersFailure = asFailure(thrown);
    }
  }

  async askPacks(): Promise<void> {
    try {
      this.#packs = await packs.ofCharacter(this.page.doc.id);
      this.#packsFailure = undefined;
    } catch (thrown) {
      this.#packsFailure = asFailure(thrown);
    }
  }

  /** What is picked, by its ids; what is on its way counts already, so that of two quick picks neither is lost. */
  picked({ cell, picks }: ChoiceState): string[] {
    const { doc } = this.page;
    if (!cell.startsWith('/build/choices/') || !doc.unsavedAt(cell)) return picks.map(({ id }) => id);
    return String(doc.value(cell) ?? '')
      .split(' ')
      .filter((id) => id !== '');
  }

  /** Writes the picks of a choice: ids joined by spaces into a slot, the name into a cell of its own. */
  pick(choice: ChoiceState, ids: readonly string[], words: string): Promise<void> {
    const slot = choice.cell.startsWith('/build/choices/');
    const value = slot ? ids.join(' ') : (ids[0] ?? '');
    const change: CellEdit =
      slot && value === '' ? { op: 'remove', path: choice.cell } : { op: 'set', path: choice.cell, value };
    return this.page.tell([change], words, words);
  }

  /** Picks an option, or takes it back; with one place, it takes the place of what is there. */
  toggle(choice: ChoiceState, option: ChoiceOption): Promise<void> | undefined {
    const ids = this.picked(choice);
    const has = ids.includes(option.id);
    const slot = choice.cell.startsWith('/build/choices/');
    if (has && !slot) return undefined;
    if (has)
      return this.pick(
        choice,
        ids.filter((id) => id !== option.id),
        `${choice.name}: ${option.name} taken back`,
      );
    if (option.barred !== '' || (choice.count > 1 && ids.length >= choice.count)) return undefined;
    return this.pick(
      choice,
      choice.count === 1 ? [option.id] : [...ids, option.id],
      `${choice.name}: ${option.name}`,
    );
  }

  /** How often an option is picked. */
  had(choice: ChoiceState, option: ChoiceOption): number {
    return choice.picks.filter((pick) => pick.id === option.id).length;
  }

  /** Whether an option that is picked may be picked once more. */
  repeats(choice: ChoiceState, option: ChoiceOption): boolean {
    const had = this.had(choice, option);
    return had > 0 && had < option.most && choice.open > 0 && option.barred === '';
  }

  /** Picks an option once more. */
  again(choice: ChoiceState, option: ChoiceOption): Promise<void> | undefined {
    if (!this.repeats(choice, option)) return undefined;
    return this.pick(choice, [...this.picked(choice), option.id], `${choice.name}: ${option.name} again`);
  }

  /** Lets the services change the sheet, and tells of it with a way back. */
  async perform(run: () => Promise<EditOutcome>, words: (outcome: EditOutcome) => string): Promise<boolean> {
    if (this.busy) return false;
    this.busy = true;
    try {
      return await this.page.perform(run, words);
    } finally {
      this.busy = false;
    }
  }

  /** Makes every open choice. */
  fill(): Promise<boolean> {
    const before = this.open;
    return this.perform(
      () => api.fill(this.page.doc.id),
      (outcome) =>
        outcome.status === 'unchanged'
          ? 'Nothing was open that the rules can choose.'
          : `Made ${before - openOf(outcome.view)} open choices`,
    );
  }
}

export const [getBuilder, setBuilder] = createContext<Builder>();
