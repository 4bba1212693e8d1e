/** The characters of the library: found, listed, made, archived and brought back. */
import { host } from '~/host/host';
import type { CharacterRow, ListQuery, NewCharacter, QuickCharacter, RosterPage } from './wire';

/** Asks for everything, by name; spread it and change what differs. */
export const everything: Required<ListQuery> = {
  text: '',
  kinds: [],
  classes: [],
  owners: [],
  archived: 'without',
  sort: 'name',
  descending: false,
  offset: 0,
  limit: 100,
};

export function list(query: ListQuery): Promise<RosterPage> {
  return host().call('roster_list', { query });
}

export function get(id: string): Promise<CharacterRow> {
  return host().call('roster_get', { id });
}

/** Makes a character; answers its first version. */
export function create(character: NewCharacter): Promise<{ id: string; row: CharacterRow }> {
  return host().call('roster_create', { character });
}

/** Makes a whole character at once, every choice made. */
export function quick(character: QuickCharacter): Promise<{ id: string; row: CharacterRow }> {
  return host().call('roster_quick', { character });
}

export function duplicate(id: string): Promise<{ id: string; row: CharacterRow }> {
  return host().call('roster_duplicate', { id });
}

export function archive(id: string): Promise<CharacterRow> {
  return host().call('roster_archive', { id });
}

export function restore(id: string): Promise<CharacterRow> {
  return host().call('roster_restore', { id });
}
