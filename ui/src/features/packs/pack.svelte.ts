/**
 * One open pack: as the backend last sent it, with whatever is typed and not saved yet laid over it; or an older version of
 * it, which can only be read.
 *
 * Texts save themselves on a pause and when they are left, and are checked while one types. It lives as long as the window,
 * so that leaving the page in the middle of a word loses nothing.
 */
import { SvelteMap } from 'svelte/reactivity';
import * as api from '~/api/packs';
import type {
  CompendiumEntry,
  Failure,
  PackChange,
  PackHead,
  PackProblem,
  PackThing,
  PackView,
} from '~/api/wire';
import { asFailure } from '~/host/host';
import { events } from '~/state/events';
import { toasts } from '~/state/toasts.svelte';
import { oneOf } from './words';

/** A pause in the typing after which it is checked, and one after which it is saved, in milliseconds. */
const CHECK_AFTER = 220;
const SAVE_AFTER = 900;

export type PackState = 'saved' | 'saving' | 'typing' | 'unsaved' | 'readonly';

interface Draft {
  text: string;
  /** The version that was on show when the typing began. */
  base: string;
}

interface Verdict {
  thing: string;
  text: string;
  problems: readonly PackProblem[];
  entries: readonly CompendiumEntry[];
}

export class OpenPack {
  readonly id: string;
  /** The commit of an older version; nothing where the pack is open as it is now. */
  readonly version: string | null;
  readonly #drafts = new SvelteMap<string, Draft>();
  #view = $state.raw<PackView | null>(null);
  #failure = $state.raw<Failure | null>(null);
  #refused = $state.raw<Failure | null>(null);
  #verdict = $state.raw<Verdict | null>(null);
  #checkFailure = $state.raw<Failure | null>(null);
  #thing = $state<string | null>(null);
  #saving = $state(0);
  #turn = 0;
  #checkTimer: ReturnType<typeof setTimeout> | undefined;
  #saveTimer: ReturnType<typeof setTimeout> | undefined;
  /** Everything that writes happens one after the other. */
  #writes: Promise<unknown> = Promise.resolve();
  #offer: number | null = null;
  #hears = false;

  constructor(id: string, version: string | null = null) {
    this.id = id;
    this.version = version;
  }

  /** Loads the pack and hears the news; what is here stays on show meanwhile. An older version stays what it was. */
  async open(): Promise<void> {
    if (!this.#hears && this.version === null)
      events.on((event) => {
        if (event.event === 'library_changed') void this.#refresh('');
        else if (event.event === 'document_changed' && event.id === this.id) void this.#refresh(event.commit);
      });
    this.#hears = true;
    await this.load();
  }

  async load(): Promise<void> {
    try {
      this.#take(await api.show(this.id, this.version));
      this.#failure = null;
    } catch (thrown) {
      this.#failure = asFailure(thrown);
    }
  }

  get view(): PackView | null {
    return this.#view;
  }

  /** Why the pack could not be read; what was read before stays. */
  get failure(): Failure | null {
    return this.#failure;
  }

  /** Why the newest typing is not on disk, if it was refused. */
  get refused(): Failure | null {
    return this.#refused;
  }

  get state(): PackState {
    if (this.#refused) return 'unsaved';
    if (this.#saving > 0) return 'saving';
    if (this.#drafts.size > 0) return 'typing';
    return this.editable ? 'saved' : 'readonly';
  }

  get editable(): boolean {
    return this.#view?.editable ?? false;
  }

  /** The thing on show; the first where none was chosen or the chosen one is gone. */
  get thing(): PackThing | undefined {
    const things = this.#view?.things ?? [];
    return things.find((thing) => thing.id === this.#thing) ?? things[0];
  }

  /** The text of a thing, typing included. */
  text(thing: PackThing): string {
    return this.#drafts.get(thing.id)?.text ?? thing.text;
  }

  /** What is wrong with the thing on show, as far as it is known. */
  get problems(): readonly PackProblem[] {
    const { thing } = this;
    if (!thing) return [];
    const verdict = this.#verdict;
    if (verdict?.thing === thing.id) return this.#notWhole(verdict.problems);
    return (this.#view?.problems ?? []).filter((problem) => problem.thing === thing.id);
  }

  /** What the thing on show looks like in the compendium; what it last looked like while it cannot be read. */
  get entries(): readonly CompendiumEntry[] {
    return this.#verdict?.thing === this.thing?.id ? (this.#verdict?.entries ?? []) : [];
  }

  /** Whether the verdict is on exactly this text. */
  get checked(): boolean {
    const { thing } = this;
    return (
      thing !== undefined && this.#verdict?.thing === thing.id && this.#verdict.text === this.text(thing)
    );
  }

  get checkFailure(): Failure | null {
    return this.#checkFailure;
  }

  /** How many things are wrong with a thing, the newest verdict included. */
  problemsOf(thing: PackThing): number {
    const verdict = this.#verdict;
    return verdict?.thing === thing.id ? this.#notWhole(verdict.problems).length : thing.problems;
  }

  /** What is wrong with the pack as a whole. */
  get whole(): PackProblem[] {
    return (this.#view?.problems ?? []).filter((problem) => problem.thing === null);
  }

  /** What a check finds of the pack as a whole is told at its head already. */
  #notWhole(problems: readonly PackProblem[]): readonly PackProblem[] {
    const known = new Set(this.whole.map(({ place, message }) => `${place}\n${message}`));
    return problems.filter(({ place, message }) => !known.has(`${place}\n${message}`));
  }

  show(thing: string | null): void {
    if (thing !== this.#thing) void this.flush();
    this.#thing = thing;
  }

  /** Takes what was typed into the text of a thing. */
  type(thing: PackThing, text: string): void {
    if (!this.editable) return;
    const draft = this.#drafts.get(thing.id);
    if (draft === undefined && text === thing.text) return;
    this.#drafts.set(thing.id, { text, base: draft?.base ?? this.#view?.commit ?? '' });
    clearTimeout(this.#checkTimer);
    this.#checkTimer = setTimeout(() => void this.check(), CHECK_AFTER);
    clearTimeout(this.#saveTimer);
    // A second table would become a thing of its own while it is being typed: it waits until the text is left.
    if (tablesIn(text) < 2) this.#saveTimer = setTimeout(() => void this.flush(), SAVE_AFTER);
  }

  /** Checks the text on show as it would stand in its pack. */
  async check(): Promise<void> {
    clearTimeout(this.#checkTimer);
    const turn = ++this.#turn;
    const { thing } = this;
    if (!thing) return;
    const text = this.text(thing);
    try {
      const { problems, entries } = await api.check(this.id, this.version, thing.id, text);
      if (turn !== this.#turn) return;
      const kept =
        this.#verdict?.thing === thing.id && entries.length === 0 ? this.#verdict.entries : entries;
      this.#verdict = { thing: thing.id, text, problems, entries: kept };
      this.#checkFailure = null;
    } catch (thrown) {
      if (turn === this.#turn) this.#checkFailure = asFailure(thrown);
    }
  }

  /** Saves what was typed; tells whether all of it is on disk. */
  async flush(): Promise<boolean> {
    clearTimeout(this.#saveTimer);
    if (this.#drafts.size === 0) return true;
    return this.#inTurn(async () => {
      try {
        // Each upon the version it was thought of on.
        for (const [thing, { text, base }] of [...this.#drafts]) {
          const { view, written } = await api.edit({
            id: this.id,
            base,
            changes: [{ op: 'put', thing, text }],
          });
          const draft = this.#drafts.get(thing);
          if (draft?.text === text) this.#drafts.delete(thing);
          else if (draft) this.#drafts.set(thing, { text: draft.text, base: view.commit });
          this.#take(view);
          if (written.length > 1)
            toasts.show(`The text held several tables: they are ${written.length} things now.`);
        }
        this.#refused = null;
        return this.#drafts.size === 0;
      } catch (thrown) {
        this.#refused = asFailure(thrown);
        return false;
      }
    });
  }

  /** Sends what was refused once more, upon the newest version. */
  async retry(): Promise<boolean> {
    await this.load();
    const commit = this.#view?.commit ?? '';
    for (const [thing, draft] of this.#drafts) this.#drafts.set(thing, { ...draft, base: commit });
    return this.flush();
  }

  /** Lets go of what was typed and not saved. */
  async letGo(): Promise<void> {
    this.#drafts.clear();
    this.#refused = null;
    this.#verdict = null;
    await this.load();
    await this.check();
  }

  /** Adds a thing of a kind, begun from a template, and shows it; nothing where that was refused. */
  async add(kind: string): Promise<string | null> {
    await this.flush();
    return this.#inTurn(async () => {
      try {
        const text = await api.template(kind);
        const { view, written } = await this.#send([{ op: 'put', thing: null, text }]);
        const [made = null] = written;
        this.#take(view);
        if (made !== null) {
          this.show(made);
          this.#tell(`Added a ${oneOf(kind)}`, () => this.#send([{ op: 'remove', thing: made }]));
        }
        return made;
      } catch (thrown) {
        problem(thrown);
        return null;
      }
    });
  }

  async remove(thing: PackThing): Promise<boolean> {
    const text = this.text(thing);
    const things = this.#view?.things ?? [];
    const at = things.findIndex(({ id }) => id === thing.id);
    const next = (things[at + 1] ?? things[at - 1])?.id ?? null;
    const done = await this.#change(
      [{ op: 'remove', thing: thing.id }],
      `Removed ${thing.name || 'a thing'}`,
      () => this.#send([{ op: 'put', thing: null, text }]),
    );
    if (done) {
      this.#drafts.delete(thing.id);
      this.show(next);
    }
    return done;
  }

  /** Writes one field of what the pack says of itself. */
  async setHead(change: Partial<PackHead>): Promise<void> {
    const before = this.#view?.head;
    if (!before) return;
    await this.#change([{ op: 'head', head: { ...before, ...change } }], headWords(change), () =>
      this.#send([{ op: 'head', head: { ...(this.#view?.head ?? before), ...partOf(before, change) } }]),
    );
  }

  /** Puts the pack back to a version. */
  async rollback(commit: string, words: string): Promise<boolean> {
    await this.flush();
    const before = this.#view?.commit;
    return this.#inTurn(async () => {
      try {
        this.#take(await api.rollback(this.id, commit));
        if (before !== undefined)
          this.#tell(`Back to ${words}`, async () => ({ view: await api.rollback(this.id, before) }));
        return true;
      } catch (thrown) {
        problem(thrown);
        return false;
      }
    });
  }

  /** Takes the latest change back. */
  async undo(): Promise<void> {
    await this.flush();
    await this.#inTurn(async () => {
      try {
        this.#take(await api.undo(this.id));
        this.#close();
        toasts.show(this.#view?.versions[0]?.message || 'Taken back');
      } catch (thrown) {
        problem(thrown);
      }
    });
  }

  /** Makes a change and tells of it with a way back; tells whether it was made. */
  async #change(
    changes: PackChange[],
    words: string,
    back: () => Promise<{ view: PackView }>,
  ): Promise<boolean> {
    await this.flush();
    return this.#inTurn(async () => {
      try {
        const { view } = await this.#send(changes);
        this.#take(view);
        this.#tell(words, back);
        return true;
      } catch (thrown) {
        problem(thrown);
        return false;
      }
    });
  }

  #send(changes: PackChange[]) {
    return api.edit({ id: this.id, base: this.#view?.commit ?? '', changes });
  }

  /** Tells of what was done. The way back is undo while it is the newest change, and `back` afterwards. */
  #tell(words: string, back: () => Promise<{ view: PackView }>): void {
    const commit = this.#view?.commit;
    this.#close();
    const takeBack = () =>
      this.#inTurn(async () => {
        try {
          const newest = this.#view?.commit === commit;
          this.#take(newest ? await api.undo(this.id) : (await back()).view);
        } catch (thrown) {
          problem(thrown);
        }
      });
    this.#offer = toasts.show(words, {
      action: { label: 'Undo', run: () => this.flush().then(takeBack) },
    });
  }

  #close(): void {
    if (this.#offer !== null) toasts.close(this.#offer);
    this.#offer = null;
  }

  #take(view: PackView): void {
    const before = this.#view?.commit;
    this.#view = view;
    for (const thing of this.#drafts.keys())
      if (!view.things.some(({ id }) => id === thing)) this.#drafts.delete(thing);
    // Another text, or another thing on which this one leans: the verdict may be another.
    if (before !== undefined && before !== view.commit) void this.check();
  }

  async #refresh(commit: string): Promise<void> {
    await this.#writes;
    if (this.#view?.commit !== commit) await this.load();
  }

  #inTurn<T>(run: () => Promise<T>): Promise<T> {
    const turn = this.#writes.then(async () => {
      this.#saving += 1;
      try {
        return await run();
      } finally {
        this.#saving -= 1;
      }
    });
    this.#writes = turn.catch(() => {});
    return turn;
  }
}

/** How many tables of things a text holds. */
export function tablesIn(text: string): number {
  return [...text.matchAll(/^[ \t]*\[\[[a-z_]+\]\]/gm)].length;
}

function problem(thrown: unknown): void {
  const failure = asFailure(thrown);
  toasts.problem(failure.message, failure.hint);
}

function partOf(head: PackHead, change: Partial<PackHead>): Partial<PackHead> {
  return Object.fromEntries(Object.keys(change).map((field) => [field, head[field as keyof PackHead]]));
}

function headWords(change: Partial<PackHead>): string {
  const [field, value = ''] = Object.entries(change)[0] ?? ['Pack'];
  const words =
    { name: 'Name', version: 'Version', license: 'Licence', attribution: 'Thanks' }[field] ?? field;
  return value === ''
    ? `${words} taken away`
    : `${words}: ${value.length > 50 ? `${value.slice(0, 50)}…` : value}`;
}

/** The packs that were opened in this window. */
const open = new Map<string, OpenPack>();

/** Opens a pack as it is now. */
export function openPack(id: string): OpenPack {
  let pack = open.get(id);
  if (!pack) {
    pack = new OpenPack(id);
    open.set(id, pack);
  }
  void pack.open();
  return pack;
}

/** Opens an older version of a pack, to read it. */
export function openVersion(id: string, version: string): OpenPack {
  const pack = new OpenPack(id, version);
  void pack.open();
  return pack;
}
