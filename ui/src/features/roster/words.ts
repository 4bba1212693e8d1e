/** How the library names what it lists. */
import type { CharacterRow, ImportReport, Kind, SortBy } from '~/api/wire';
import { counted } from '~/kit/format';

export const KINDS: Record<Kind, { one: string; many: string }> = {
  character: { one: 'Player character', many: 'Characters' },
  npc: { one: 'NPC', many: 'NPCs' },
  monster: { one: 'Monster', many: 'Monsters' },
};

export const SORTS: { value: SortBy; label: string }[] = [
  { value: 'name', label: 'Name' },
  { value: 'updated', label: 'Last changed' },
  { value: 'created', label: 'Made' },
  { value: 'level', label: 'Level' },
  { value: 'class', label: 'Class' },
  { value: 'owner', label: 'Owner' },
];

/** Says in a line who it is: `Wood Elf · Ranger 4, Cleric 2`. */
export function lineOf(row: CharacterRow): string {
  const parts = [row.species, row.class_line].filter((part) => part !== '');
  if (row.kind !== 'character' || parts.length === 0) parts.unshift(KINDS[row.kind].one);
  return parts.join(' · ');
}

/** Suggests the unique name that goes with a name; the backend has the last word. */
export function suggestHandle(name: string): string {
  const plain = name.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
  return plain
    .replace(/['’]/g, '')
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 60)
    .replace(/^-+|-+$/g, '');
}

/** Says what an import did, in a sentence. */
export function importSentence(report: ImportReport): string {
  const of = (what: string) => report.characters.filter((one) => one.result.what === what);
  const came = [...of('new'), ...of('copy')];
  const parts = [
    came.length === 1 && came[0]
      ? `${came[0].name} came in`
      : came.length > 1
        ? `${counted(came.length, 'character')} came in`
        : '',
    of('updated').length > 0 ? `${counted(of('updated').length, 'character')} updated` : '',
    of('skipped').length > 0 ? `${of('skipped').length} already there` : '',
    of('refused').length > 0 ? `${of('refused').length} could not be read` : '',
  ].filter((part) => part !== '');
  return parts.length > 0 ? `${parts.join(', ')}.` : 'The file held no characters.';
}
