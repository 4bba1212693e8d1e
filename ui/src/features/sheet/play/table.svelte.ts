/** What is done at the table with one character: each deed told with its way back, what the rules ask for next, and rests. */
import { dice, type Next } from '../dice/dice.svelte';
import { isRolled, withFace, withMode } from '../dice/mode';
import type { Decision, SheetDocument } from '../document.svelte';
import { SvelteMap } from 'svelte/reactivity';
import type {
  Action,
  ActOutcome,
  CastWith,
  Line,
  LineKind,
  Mode,
  Outcome,
  Prompt,
  SpellEntry,
} from '../model';
import { painted } from '~/kit/painted';
import { toasts } from '~/state/toasts.svelte';

/** Something the rules ask for, until it is answered or put aside. */
export interface Asked {
  key: number;
  prompt: Prompt;
}

export interface Telling {
  /** Says nothing by itself: whoever asked shows the result. */
  quiet?: boolean;
  /** What may be rolled next. */
  next?: (outcome: Outcome) => readonly Next[];
  /** What this window remembers of the deed: run as soon as it is done, before it is painted. */
  done?: () => void;
  /** Forgets that again, where the deed is taken back. */
  undone?: () => void;
}

/** The way back from a deed: the version it made, the edits that put back what it changed, and what is then forgotten. */
interface Way {
  commit: string | undefined;
  before: SheetDocument['beforeAct'];
  undone: (() => void) | undefined;
}

export class Table {
  readonly #doc: SheetDocument;
  #asked = $state.raw<readonly Asked[]>([]);
  #nextKey = 1;
  /** Which rest is being taken, if its dialog is open. */
  rest = $state<'short' | 'long' | null>(null);
  /** Whether the purse is open for spending and gaining. */
  purse = $state(false);
  /** Whether it is being chosen what is prepared. */
  preparing = $state(false);
  /** The dice that are added to the next hit with each attack, by its id. */
  readonly #riders = new SvelteMap<string, readonly string[]>();
  /** How many of each thing were used up since some of them were gathered again, by its id. */
  readonly #spent = new SvelteMap<string, number>();

  constructor(doc: SheetDocument) {
    this.#doc = doc;
  }

  /** Whether anything can be done: an older version is only looked at. */
  get ready(): boolean {
    return this.#doc.editable;
  }

  get asked(): readonly Asked[] {
    return this.#asked;
  }

  /** Does one thing. The answer is nothing where the rules refused it, which is told. */
  async act(action: Action | Decision, telling: Telling = {}): Promise<ActOutcome | null> {
    if (!this.ready) return null;
    const done = await this.#doc.act(action);
    if (done === null) return null;
    telling.done?.();
    const way = { commit: this.#doc.view?.commit, before: this.#doc.beforeAct, undone: telling.undone };
    // The numbers first; what is told about them comes with the next frame.
    await painted();
    const { outcome } = done;
    if (outcome.prompts.length > 0)
      this.#asked = [...this.#asked, ...outcome.prompts.map((prompt) => ({ key: this.#nextKey++, prompt }))];
    void dice.told(outcome, telling.next?.(outcome), telling.quiet);
    if (!telling.quiet) this.#tell(done, way);
    else if (done.edit?.status === 'saved') this.#doc.offered(null);
    return done;
  }

  /** Rolls a d20 with a number of the sheet. */
  roll(cell: string, asked: Mode | null, telling: Telling = {}): Promise<ActOutcome | null> {
    if (!isRolled(cell)) return Promise.resolve(null);
    const mode = dice.take(asked);
    if (cell === '/combat/death_saves') return this.act({ do: 'death_save', face: null, mode, bonus: null });
    return this.act({ do: 'roll', cell, mode, bonus: null, against: null }, telling);
  }

  /** Rolls to hit; the damage is offered with the result. */
  strike(weapon: string, asked: Mode | null): Promise<ActOutcome | null> {
    return this.roll(`/actions/weapons/${weapon}/attack_bonus`, asked, {
      next: ({ lines }) => {
        const said = (kind: LineKind) => lines.some((line) => line.kind === kind);
        const critical = said('critical');
        const entry = this.#doc.view?.sheet.actions.weapons.find(({ id }) => id === weapon);
        const added = (entry?.riders ?? []).filter(({ id }) => this.adds(weapon, id)).map(({ name }) => name);
        const label = [critical ? 'Critical damage' : 'Damage', ...added].join(' + ');
        const ways: Next[] = [];
        if (entry?.damage && !said('miss'))
          ways.push({ label, run: () => this.hurt(weapon, false, critical) });
        if (entry?.versatile_damage && !said('miss'))
          ways.push({ label: `${label}, two hands`, run: () => this.hurt(weapon, true, critical) });
        if (entry?.damage && !said('miss') && added.length === 0)
          for (const { id, name } of entry.riders ?? [])
            ways.push({ label: `+ ${name}`, run: () => this.hurt(weapon, false, critical, [id]) });
        if (entry?.properties.includes('ammunition')) ways.push(...this.#shots());
        return ways;
      },
    });
  }

  /** What can be shot: one of it is used up. */
  #shots(): Next[] {
    const carried = this.#doc.view?.sheet.equipment.inventory ?? [];
    return carried
      .filter((item) => item.kind === 'ammunition' && item.quantity > 0)
      .map(({ id, name, quantity }) => ({
        label: `1 of ${quantity} ${name}`,
        plain: true,
        run: () => this.useUp(id),
      }));
  }

  /** Uses up some of a thing, and remembers how many for gathering them again. */
  useUp(item: string, amount = 1): Promise<ActOutcome | null> {
    const spend = (count: number) => this.#spent.set(item, Math.max(0, this.spentOf(item) + count));
    return this.act(
      { do: 'use_item', item, amount },
      { done: () => spend(amount), undone: () => spend(-amount) },
    );
  }

  /** How many of a thing were used up in this window since some were gathered. */
  spentOf(item: string): number {
    return this.#spent.get(item) ?? 0;
  }

  /** Gathers half of the ammunition that a fight has spent. */
  recover(item: string, spent: number): Promise<ActOutcome | null> {
    const before = this.spentOf(item);
    return this.act(
      { do: 'recover_ammunition', item, spent },
      { done: () => this.#spent.delete(item), undone: () => this.#spent.set(item, before) },
    );
  }

  /** Rolls the damage of a weapon, with the dice that were chosen for the next hit unless others are named. */
  hurt(
    weapon: string,
    two_handed: boolean,
    critical: boolean,
    riders: readonly string[] = this.#riders.get(weapon) ?? [],
  ): Promise<ActOutcome | null> {
    const added = riders.length > 0 ? { riders: [...riders] } : {};
    return this.act(
      { do: 'weapon_damage', weapon, two_handed, critical, ...added },
      { done: () => this.#riders.delete(weapon) },
    );
  }

  /** Whether dice are added to the next hit with an attack. */
  adds(weapon: string, rider: string): boolean {
    return this.#riders.get(weapon)?.includes(rider) ?? false;
  }

  /** Adds dice to the next hit with an attack, or leaves them out. */
  add(weapon: string, rider: string, on: boolean): void {
    const others = (this.#riders.get(weapon) ?? []).filter((own) => own !== rider);
    this.#riders.set(weapon, on ? [...others, rider] : others);
  }

  /** Casts a spell, and rolls what comes of it where the sheet knows the dice. */
  cast(spell: SpellEntry, how: CastWith, asked: Mode | null = null): Promise<ActOutcome | null> {
    const roll = spell.rolls?.some(({ when }) => when === '') ?? false;
    const attack = roll && spell.attack !== undefined && spell.attack !== '' ? dice.take(asked) : null;
    return this.act({ do: 'cast', spell: spell.id, with: how, attack, roll });
  }

  /** Rolls a spell that was cast before: its attack, or one of its rolls by its place. */
  rollSpell(
    spell: string,
    what: { level: number | null; roll: number | null; attack: boolean; critical?: boolean },
    asked: Mode | null = null,
  ): Promise<ActOutcome | null> {
    return this.act({
      do: 'roll_spell',
      spell,
      level: what.level,
      roll: what.roll,
      attack: what.attack,
      mode: what.attack ? dice.take(asked) : 'normal',
      bonus: null,
      against: null,
      critical: what.critical ?? false,
    });
  }

  /** Brings a supply to what shall be left; `left` is read when it is done, so that two quick presses do not add up. */
  count(counter: string, left: () => number, next: number): void {
    void this.act(() => {
      const amount = Math.abs(next - left());
      return amount > 0 ? { do: next < left() ? 'spend' : 'regain', counter, amount } : null;
    });
  }

  /** Brings exhaustion to a level. */
  exhaust(next: number): void {
    void this.act(() => {
      const delta = next - (this.#doc.view?.sheet.combat.exhaustion_level ?? next);
      return delta === 0 ? null : { do: 'exhaustion', delta };
    });
  }

  /** Does what was asked for: rolls, or takes the face of a die that was rolled by hand. */
  answer(asked: Asked, how: { mode?: Mode | null; face?: number | null } = {}): Promise<ActOutcome | null> {
    this.dismiss(asked);
    const mode = how.mode ?? null;
    const action = mode === null ? asked.prompt.action : withMode(asked.prompt.action, mode);
    return this.act(withFace(action, how.face ?? null));
  }

  dismiss(asked: Asked): void {
    this.#asked = this.#asked.filter((kept) => kept !== asked);
  }

  #tell({ outcome, edit }: ActOutcome, way: Way): void {
    if (edit === null && outcome.rolls.length > 0) return;
    const toast = toasts.show(outcome.title, {
      hint: spokenLines(outcome.lines),
      action: edit?.status === 'saved' ? { label: 'Undo', run: () => this.#takeBack(way) } : undefined,
    });
    if (edit?.status === 'saved') this.#doc.offered(toast);
  }

  /** Takes a deed back, and with it what it asked for. */
  async #takeBack({ commit, before, undone }: Way): Promise<void> {
    this.#asked = [];
    undone?.();
    await this.#doc.takeBack(commit, before);
  }
}

/** The first lines of what happened, for a message; nothing where the title says all. */
export function spokenLines(lines: readonly Line[], most = 3): string | undefined {
  const words = lines.slice(0, most).map(spokenLine);
  if (lines.length > most) words.push(`and ${lines.length - most} more`);
  return words.length > 0 ? words.join('\u00a0· ') : undefined;
}

export function spokenLine({ what, before, after, why }: Line): string {
  const values = before !== '' && after !== '' ? `${before} → ${after}` : after || before;
  const said = values === '' ? what : `${what} ${values}`;
  return why === '' ? said : `${said} (${why})`;
}
