/** The open characters of this window, each once; news from elsewhere reaches them here. */
import * as api from '~/api/sheet';
import { events } from '~/state/events';
import { SheetDocument } from './document.svelte';
import type { Vocabulary } from './model';

/** More than this many stay open only while they hold something unsaved. */
const MOST = 12;

export class Documents {
  readonly #open = new Map<string, SheetDocument>();
  #vocabulary = $state.raw<Vocabulary | null>(null);
  #listening = false;
  #asking = false;

  /** The names that forms offer; empty lists until they are loaded. */
  get vocabulary(): Vocabulary {
    return this.#vocabulary ?? NOTHING;
  }

  /** Gives the open document of a character, opening it where needed. */
  open(id: string): SheetDocument {
    this.#listen();
    let document = this.#open.get(id);
    if (!document) {
      document = longLived(() => new SheetDocument(id));
      this.#open.set(id, document);
      this.#close(MOST);
    }
    void document.open();
    return document;
  }

  /** Opens a version as it stood. */
  openAt(id: string, commit: string): SheetDocument {
    this.#listen();
    const document = new SheetDocument(id, commit);
    void document.open();
    return document;
  }

  /** Asks for the names that forms offer, where nobody has yet. */
  ask(): void {
    this.#listen();
  }

  #listen(): void {
    if (this.#vocabulary === null && !this.#asking) {
      this.#asking = true;
      void api
        .vocabulary()
        .then((names) => (this.#vocabulary = names))
        .catch(() => {
          // Forms then offer no names, and take what is typed; the next sheet asks again.
        })
        .finally(() => (this.#asking = false));
    }
    if (this.#listening) return;
    this.#listening = true;
    events.on((event) => {
      if (event.event === 'document_changed') void this.#open.get(event.id)?.refresh(event.commit);
      else if (event.event === 'lines_changed') void this.#open.get(event.id)?.refresh('');
      else for (const document of this.#open.values()) void document.refresh('');
    });
  }

  #close(most: number): void {
    for (const [id, document] of this.#open) {
      if (this.#open.size <= most) return;
      if (document.state === 'saved' || document.state === 'readonly') this.#open.delete(id);
    }
  }
}

/** Makes something that outlives the component in which it is asked for, what it derives included. */
function longLived<T>(make: () => T): T {
  let made: T | undefined;
  $effect.root(() => {
    made = make();
  });
  return made as T;
}

const NOTHING: Vocabulary = {
  skills: [],
  classes: [],
  species: [],
  backgrounds: [],
  alignments: [],
  challenge_ratings: [],
  damage_types: [],
  conditions: [],
  languages: [],
  weapon_properties: [],
  masteries: [],
  schools: [],
  xp_thresholds: [],
};

export const documents = new Documents();
