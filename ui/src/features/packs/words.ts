/** What the kinds of things in a pack are called, and how a pack's state is said. */
import type { CharacterPack, PackFate, PackRow } from '~/api/wire';
import { counted } from '~/kit/format';
import { human } from '~/features/sheet/words';

/** The kinds as the tables of the format are called, in the order in which a rulebook has them. */
export const KINDS: readonly { kind: string; one: string; many: string }[] = [
  { kind: 'class', one: 'class', many: 'classes' },
  { kind: 'subclass', one: 'subclass', many: 'subclasses' },
  { kind: 'species', one: 'species', many: 'species' },
  { kind: 'background', one: 'background', many: 'backgrounds' },
  { kind: 'feat', one: 'feat', many: 'feats' },
  { kind: 'option', one: 'class option', many: 'class options' },
  { kind: 'spell', one: 'spell', many: 'spells' },
  { kind: 'weapon', one: 'weapon', many: 'weapons' },
  { kind: 'armor', one: 'piece of armor', many: 'pieces of armor' },
  { kind: 'gear', one: 'piece of gear', many: 'pieces of gear' },
  { kind: 'magic_item', one: 'magic item', many: 'magic items' },
  { kind: 'creature', one: 'creature', many: 'creatures' },
  { kind: 'condition', one: 'condition', many: 'conditions' },
  { kind: 'language', one: 'language', many: 'languages' },
  { kind: 'property', one: 'weapon property', many: 'weapon properties' },
  { kind: 'mastery', one: 'weapon mastery', many: 'weapon masteries' },
  { kind: 'skill', one: 'skill', many: 'skills' },
];

/** The name of one thing of a kind: `magic item`. */
export function oneOf(kind: string): string {
  return KINDS.find((known) => known.kind === kind)?.one ?? kind.replaceAll('_', ' ');
}

/** The heading over the things of a kind: `Magic items`. A thing whose kind cannot be told is unread. */
export function headingOf(kind: string): string {
  if (kind === '') return 'Cannot be read';
  return human(KINDS.find((known) => known.kind === kind)?.many ?? kind);
}

/** Sorts kinds as a rulebook has them; what nobody here knows comes last. */
export function inOrder(kinds: Iterable<string>): string[] {
  const place = (kind: string) => {
    const at = KINDS.findIndex((known) => known.kind === kind);
    return at < 0 ? KINDS.length : at;
  };
  return [...new Set(kinds)].sort((a, b) => place(a) - place(b) || a.localeCompare(b, 'en'));
}

/** What a pack holds: `3 feats, 12 spells`. */
export function contents(things: PackRow['things']): string {
  const parts = inOrder(Object.keys(things)).flatMap((kind) => {
    const number = things[kind] ?? 0;
    const known = KINDS.find((candidate) => candidate.kind === kind);
    if (number === 0) return [];
    if (kind === '') return [`${number} unread`];
    return [counted(number, known?.one ?? oneOf(kind), known?.many ?? oneOf(kind))];
  });
  return parts.length > 0 ? parts.join(', ') : 'nothing yet';
}

/** How many things a pack holds. */
export function sizeOf(things: PackRow['things']): number {
  return Object.values(things).reduce((sum, number) => sum + number, 0);
}

export const FATES: Readonly<Record<PackFate, string>> = {
  added: 'new',
  removed: 'gone',
  changed: 'changed',
};

/** What a character's standing to a pack means, in a sentence; empty where the version says it all. */
export function standing({ state }: CharacterPack): string {
  switch (state) {
    case 'archived':
      return 'The pack is archived. What the character has of it stays as it was.';
    case 'missing':
      return 'The library does not have this pack, or not this version. What the sheet says stays; what the rules would add to it is unknown until the pack is imported.';
    default:
      return '';
  }
}
