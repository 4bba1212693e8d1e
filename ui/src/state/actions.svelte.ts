/**
 * What can be done right now: one registry for shortcuts, the command palette and the help overlay.
 *
 * A screen registers its actions while it is on show and takes them away when it goes:
 *
 *     $effect(() => actions.register([{ id: 'library.new', label: 'New character', keys: 'Mod+N', run: create }]));
 */
import type { Component } from 'svelte';
import { pressed } from '~/kit/keys';

export interface Action {
  id: string;
  label: string;
  /** Where the palette and the help overlay list it. */
  group: string;
  keys?: string;
  /** More words by which the palette finds it. */
  words?: string;
  icon?: Component<{ size?: number | string; 'aria-hidden'?: 'true' }>;
  /** Also while typing in a field. Combinations with Mod do so unless this says no. */
  whileTyping?: boolean;
  /** Left out of the palette: it makes no sense there. */
  hidden?: boolean;
  /** Other keys for an action that is listed already: left out of the palette and of the help. */
  alias?: boolean;
  enabled?: () => boolean;
  run: () => unknown;
}

export class Actions {
  #lists = $state.raw<readonly (readonly Action[])[]>([]);
  /** The same, beside the reactive: what an effect reads as it ends may be older than what was registered since. */
  #kept: readonly (readonly Action[])[] = [];

  /** Adds actions; the answer takes them away again. Later registrations win over earlier ones with the same keys. */
  register(list: readonly Action[]): () => void {
    // Called from effects, which must not come to depend on the registry.
    this.#lists = this.#kept = [...this.#kept, list];
    return () => {
      this.#lists = this.#kept = this.#kept.filter((kept) => kept !== list);
    };
  }

  /** Everything that can be done now, the newest registration of an id only. */
  get available(): Action[] {
    const byId = new Map<string, Action>();
    for (const action of this.#lists.flat()) byId.set(action.id, action);
    return [...byId.values()].filter((action) => action.enabled?.() ?? true);
  }

  /** Runs the action that the keys call; tells whether there was one. */
  handle(event: KeyboardEvent): boolean {
    if (event.defaultPrevented || event.isComposing || event.repeat) return false;
    const typing = isTyping(event.target);
    const above = isAbove(event.target);
    const action = this.available.findLast((candidate) => {
      if (!candidate.keys || !pressed(event, candidate.keys)) return false;
      if (above && !/Mod|Alt/.test(candidate.keys)) return false;
      return !typing || (candidate.whileTyping ?? /Mod|Alt|^F\d/.test(candidate.keys));
    });
    if (!action) return false;
    event.preventDefault();
    void action.run();
    return true;
  }

  run(id: string): boolean {
    const action = this.available.find((candidate) => candidate.id === id);
    void action?.run();
    return action !== undefined;
  }
}

/** Tells whether a key press belongs to a field that takes text. */
export function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable || target instanceof HTMLTextAreaElement) return true;
  return target instanceof HTMLInputElement && !/^(checkbox|radio|button|range|file)$/.test(target.type);
}

/** Tells whether a key press belongs to a dialog or a menu above the page, for which the page's single keys are not meant. */
function isAbove(target: EventTarget | null): boolean {
  // Within a dialog that holds the page the focus may be nowhere for a moment.
  if (document.querySelector('[role="dialog"][aria-modal="true"], [role="alertdialog"]')) return true;
  return target instanceof Element && target.closest('[role="dialog"], [role="menu"]') !== null;
}

export const actions = new Actions();
