/** The terms of a number as a tree: what can be unfolded, what is unfolded, and where the keyboard stands. */
import { SvelteSet } from 'svelte/reactivity';
import type { ChoiceState, Stat, Term } from '../model';
import type { SheetPage } from '../page.svelte';
import { holds, pointer } from '../path';

/** What stands below a term. */
export type Below =
  | { sort: 'number'; cell: string; stat: Stat }
  | { sort: 'feature'; cell: string; source: string; text: string }
  | { sort: 'choice'; cell: string; choice: ChoiceState }
  | null;

/** No number is made of more steps; a sheet that says otherwise goes in a circle. */
const DEEPEST = 12;

/** Finds what a term is made of; nothing where it is a leaf, or where it would lead back to a number above it. */
export function below(page: SheetPage, term: Term, above: readonly string[]): Below {
  const cell = term.source_cell;
  if (cell === null || above.includes(cell) || above.length >= DEEPEST) return null;
  const stat = page.doc.stat(cell);
  if (stat) return { sort: 'number', cell, stat };
  const { actions, choices } = page.sheet;
  const feature = actions.features.find(({ id }) => pointer('actions', 'features', id) === cell);
  if (feature && feature.description !== '')
    return {
      sort: 'feature',
      cell,
      source: `${feature.source}${feature.level ? ` ${feature.level}` : ''}`,
      text: feature.description,
    };
  const trait = actions.traits.find(({ id }) => pointer('actions', 'traits', id) === cell);
  if (trait && trait.description !== '')
    return { sort: 'feature', cell, source: trait.source, text: trait.description };
  const choice = choices.find((one) => holds(one.cell, cell));
  return choice ? { sort: 'choice', cell, choice } : null;
}

export class TermTree {
  readonly unfolded = new SvelteSet<string>();
  /** The item that the Tab key comes to. */
  current = $state('0');
  element = $state.raw<HTMLElement | null>(null);

  toggle(path: string, open = !this.unfolded.has(path)): void {
    if (open) this.unfolded.add(path);
    else this.unfolded.delete(path);
    this.current = path;
  }

  /** Moves as trees do: up and down what is in sight, right unfolds and goes in, left folds and goes out. */
  keydown = (event: KeyboardEvent): void => {
    const item = event.target;
    if (!(item instanceof HTMLElement) || item.getAttribute('role') !== 'treeitem' || !this.element) return;
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const items = [...this.element.querySelectorAll<HTMLElement>('[role="treeitem"]')];
    const at = items.indexOf(item);
    const path = item.dataset.path ?? '';
    const open = item.getAttribute('aria-expanded');
    const steps: Record<string, () => void> = {
      ArrowDown: () => items[at + 1]?.focus(),
      ArrowUp: () => items[at - 1]?.focus(),
      Home: () => items[0]?.focus(),
      End: () => items.at(-1)?.focus(),
      ArrowRight: () =>
        open === 'false' ? this.toggle(path, true) : open === 'true' && items[at + 1]?.focus(),
      ArrowLeft: () =>
        open === 'true'
          ? this.toggle(path, false)
          : item.parentElement?.closest<HTMLElement>('[role="treeitem"]')?.focus(),
      Enter: () => item.querySelector<HTMLElement>(':scope > .term button')?.click(),
      ' ': () => item.querySelector<HTMLElement>(':scope > .term button')?.click(),
    };
    const step = steps[event.key];
    if (!step) return;
    event.preventDefault();
    event.stopPropagation();
    step();
  };
}
