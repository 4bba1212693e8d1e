/** Packs of one's own: written, checked, kept with their versions; and the packs that a character is built on. */
import { editOf } from '~/host/editions';
import { host } from '~/host/host';
import type {
  CharacterPack,
  EditOutcome,
  PackChecked,
  PackDifference,
  PackEdit,
  PackReview,
  PackRow,
  PackSaved,
  PackText,
  PackView,
} from './wire';

export function list(): Promise<PackRow[]> {
  return host().call('packs_list');
}

/** Makes an empty pack. */
export function create(name: string): Promise<PackView> {
  return host().call('packs_create', { name });
}

/** Shows a pack; without a version, its newest. */
export function show(id: string, commit: string | null = null): Promise<PackView> {
  return host().call('packs_show', { id, commit });
}

/** Changes a pack: all that is asked, or nothing. */
export function edit(request: PackEdit): Promise<PackSaved> {
  return host().call('packs_edit', { request });
}

/** Reads a text as it would stand in its pack, at its newest version or at another; nothing is written. */
export function check(
  id: string,
  commit: string | null,
  thing: string | null,
  text: string,
): Promise<PackChecked> {
  return host().call('packs_check', { id, commit, thing, text });
}

/** Takes back the latest change that was not taken back yet. */
export function undo(id: string): Promise<PackView> {
  return host().call('packs_undo', { id });
}

/** Puts a pack back to how it stood at a version; what came since stays among its versions. */
export function rollback(id: string, commit: string): Promise<PackView> {
  return host().call('packs_rollback', { id, commit });
}

/** Takes a pack out of use, or brings it back. */
export function setActive(id: string, active: boolean): Promise<PackRow> {
  return host().call('packs_archive', { id, active });
}

/** Gives a text to begin a thing of a kind with. */
export function template(kind: string): Promise<string> {
  return host().call('packs_template', { kind });
}

/** Tells how two versions of a pack differ. */
export function compare(id: string, from: string, to: string): Promise<PackDifference[]> {
  return host().call('packs_compare', { id, from, to });
}

/** Takes in the files of one pack; a pack that is here already gets a newer version. */
export function importTexts(files: readonly PackText[]): Promise<PackView> {
  return host().call('packs_import', { files });
}

/** Writes a pack to a file that the person chooses; answers where, or nothing if they chose none. */
export function exportPack(id: string): Promise<string | null> {
  return host().call('packs_export', { id });
}

/** Lists the packs a character is built on, and those it could be. */
export function ofCharacter(id: string): Promise<CharacterPack[]> {
  return host().call('sheet_packs', { id });
}

/** Shows what the newest version of a pack would change for a character; nothing is written. */
export function review(id: string, pack: string): Promise<PackReview> {
  return host().call('sheet_pack_review', { id, pack });
}

/** Builds a character on a version of a pack, which was reviewed. */
export function take(id: string, pack: string, commit: string): Promise<EditOutcome> {
  return editOf(id, (has) => host().call('sheet_pack_take', { id, pack, commit, has }));
}

/** Builds a character on a pack no longer. */
export function drop(id: string, pack: string): Promise<EditOutcome> {
  return editOf(id, (has) => host().call('sheet_pack_drop', { id, pack, has }));
}
