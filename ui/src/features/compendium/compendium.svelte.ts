/** The compendium's page between visits: what was asked, and how far the list was scrolled. */
import { CompendiumList } from './list.svelte';

export class CompendiumPlace {
  readonly list = new CompendiumList();
  /** What was read last. */
  last = $state.raw<{ kind: string; id: string } | null>(null);
  top = $state(0);
  field = $state<HTMLInputElement | null>(null);
}

let place: CompendiumPlace | undefined;

/** The place everybody comes back to. */
export function compendiumPlace(): CompendiumPlace {
  return (place ??= new CompendiumPlace());
}
