/** What the packs hold: searched, shown, and put on a sheet. */
import { editOf } from '~/host/editions';
import { host } from '~/host/host';
import type {
  AddThing,
  ChoiceOption,
  CompendiumEntry,
  CompendiumPage,
  CompendiumQuery,
  EditOutcome,
} from './wire';

/** Asks for everything; spread it and change what differs. */
export const everything: Required<CompendiumQuery> = { text: '', kinds: [], tags: [], offset: 0, limit: 100 };

export function search(query: CompendiumQuery): Promise<CompendiumPage> {
  return host().call('compendium_search', { query });
}

export function show(kind: string, id: string): Promise<CompendiumEntry> {
  return host().call('compendium_show', { kind, id });
}

/** The spells a caster may have, each with the reason where it may not. */
export function spellsFor(id: string, caster: string): Promise<ChoiceOption[]> {
  return host().call('sheet_options', { id, cell: `/spellcasting/casters/${caster}` });
}

/** Puts a thing on a sheet, as one change. */
export function add(thing: AddThing): Promise<EditOutcome> {
  return editOf(thing.id, (has) => host().call('sheet_add_thing', { thing, has }));
}
