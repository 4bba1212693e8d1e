/** Reads and checks the texts of packs for the demo host: far fewer checks than the rules make, told in the same way. */
import { parse, TomlError } from 'smol-toml';
import type { CompendiumEntry, Fact, PackProblem } from '~/api/wire';
import { things as compendium } from './compendium';

export type Table = Record<string, unknown>;

/** One table of a text: its kind, what it says, and the lines it stands on. */
export interface Part {
  kind: string;
  value: Table | null;
  text: string;
  problem: { line: number | null; message: string } | null;
}

const KINDS = [
  'class',
  'subclass',
  'species',
  'background',
  'feat',
  'option',
  'spell',
  'weapon',
  'armor',
  'gear',
  'magic_item',
  'creature',
  'condition',
  'language',
  'property',
  'mastery',
  'skill',
];
const SCHOOLS =
  'abjuration conjuration divination enchantment evocation illusion necromancy transmutation'.split(' ');
const ABILITIES = ['strength', 'dexterity', 'constitution', 'intelligence', 'wisdom', 'charisma'];
const RARITIES = ['common', 'uncommon', 'rare', 'very_rare', 'legendary', 'artifact', 'varies'];
const CATEGORIES = ['origin', 'general', 'fighting_style', 'epic_boon'];
const GRANTS = [
  'proficiency',
  'expertise',
  'bonus',
  'speed',
  'sense',
  'resistance',
  'choose',
  'spell',
  'score',
];

/** Cuts a text at its tables; a comment belongs to the table under it. */
export function split(text: string): string[] {
  const parts: string[] = [''];
  const lines = text.split('\n');
  let quoted = false;
  lines.forEach((line, index) => {
    const heads = !quoted && /^\s*\[\[[a-z_]+\]\]/.test(line);
    const held = (parts.at(-1) ?? '').trim() !== '' && /^\s*\[\[[a-z_]+\]\]/m.test(parts.at(-1) ?? '');
    if (heads && held) parts.push('');
    parts[parts.length - 1] += index === lines.length - 1 ? line : `${line}\n`;
    if ((line.split('"""').length - 1) % 2 === 1) quoted = !quoted;
  });
  return parts.map((part) => `${part.trimEnd()}\n`);
}

export function readPart(text: string): Part {
  try {
    const read = parse(text) as Table;
    const kind = Object.keys(read).find((name) => name !== 'pack') ?? '';
    const list = read[kind];
    if (kind === '')
      return { kind, value: null, text, problem: { line: null, message: 'there is no table in this text' } };
    if (!KINDS.includes(kind)) {
      const like = KINDS.find((known) => known.startsWith(kind.slice(0, 3)));
      const line = lineOf(text, new RegExp(`^\\s*\\[+${kind}\\]`));
      const message = `\`${kind}\` is no table of the format${like ? `; \`${like}\` is` : ''}`;
      return { kind: '', value: null, text, problem: { line, message } };
    }
    if (!Array.isArray(list))
      return {
        kind,
        value: null,
        text,
        problem: { line: lineOf(text, /^\s*\[/), message: `write \`[[${kind}]]\`, with two brackets` },
      };
    return { kind, value: list[0] as Table, text, problem: null };
  } catch (error) {
    const kind = /^\s*\[\[([a-z_]+)\]\]/m.exec(text)?.[1] ?? '';
    if (!(error instanceof TomlError)) throw error;
    const message = error.message.split('\n')[0]?.replace('Invalid TOML document: ', '') ?? 'cannot be read';
    return { kind, value: null, text, problem: { line: error.line, message } };
  }
}

function lineOf(text: string, what: RegExp): number | null {
  const at = text.split('\n').findIndex((line) => what.test(line));
  return at < 0 ? null : at + 1;
}

export const nameOf = (part: Part) => String(part.value?.name ?? '');

/** What is wrong with one part; `names` are the spells, feats and classes that can be spoken of. */
export function problemsIn(
  part: Part,
  names: (kind: string) => readonly string[],
): Omit<PackProblem, 'thing'>[] {
  const { kind, value, text } = part;
  if (part.problem || value === null) {
    const { line, message } = part.problem ?? { line: null, message: 'cannot be read' };
    return [{ line, place: line === null ? 'the text' : `line ${line}`, message }];
  }
  const found: Omit<PackProblem, 'thing'>[] = [];
  const say = (key: string, message: string) => {
    const line = lineOf(text, new RegExp(`^\\s*${key}\\s*=|[{,]\\s*${key}\\s*=`)) ?? lineOf(text, /^\s*\[\[/);
    found.push({ line, place: `line ${line ?? 1}, [[${kind}]] ${key}`, message });
  };
  const known = (key: string, one: unknown, list: readonly string[], what: string) => {
    if (!list.includes(String(one)))
      say(key, `there is no ${what} called \`${String(one)}\`; one of ${list.slice(0, 6).join(', ')}…`);
  };
  if (nameOf(part).trim() === '') say('name', 'a thing needs a name');
  if (String(value.text ?? '').trim() === '' && kind !== 'language')
    say('text', 'it has no text: say what it does');
  if (kind === 'spell') {
    const level = value.level;
    if (typeof level !== 'number' || level < 0 || level > 9) say('level', 'the level of a spell is 0 to 9');
    known('school', value.school, SCHOOLS, 'school');
    for (const save of (value.saves as string[] | undefined) ?? [])
      known('saves', save, ABILITIES, 'ability');
    for (const klass of (value.classes as string[] | undefined) ?? [])
      known('classes', klass, names('class'), 'class');
  }
  if (kind === 'feat') known('category', value.category, CATEGORIES, 'category of feats');
  if (kind === 'magic_item') known('rarity', value.rarity, RARITIES, 'rarity');
  if (kind === 'creature' && (!Array.isArray(value.scores) || value.scores.length !== 6))
    say('scores', 'a creature has six scores, Strength to Charisma');
  for (const { dice } of (Array.isArray(value.damage) ? value.damage : []) as Table[])
    if (!/^\d*d\d+([+-]\d+)?$|^\d+$/.test(String(dice)))
      say('damage', `\`${String(dice)}\` is no dice; write them like 8d6 or 2d4+2`);
  for (const effect of (Array.isArray(value.effects) ? value.effects : []) as Table[]) {
    known('effects', effect.grants, GRANTS, 'grant');
    if (effect.grants === 'spell') known('effects', effect.spell, names('spell'), 'spell');
  }
  return found;
}

const shelf = (kind: string) => (['weapon', 'armor', 'gear'].includes(kind) ? 'item' : kind);

export const idOf = (name: string) =>
  name
    .replace(/['’]/g, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-|-$/g, '');

/** Whether the SRD has a thing of this kind and name. */
export function replacesSrd(kind: string, name: string): string | null {
  const there = compendium.some(({ row }) => row.kind === shelf(kind) && row.id === idOf(name));
  return there ? 'SRD 5.2.1' : null;
}

const LABELS: Readonly<Record<string, string>> = {
  time: 'Casting time',
  classes: 'Classes',
  cost: 'Price',
  armor_class: 'Armor class',
  hit_points: 'Hit points',
};
const LEFT_OUT = [
  'name',
  'text',
  'level',
  'school',
  'effects',
  'traits',
  'actions',
  'features',
  'scores',
  'saves_all',
];

function words(value: unknown): string {
  if (Array.isArray(value)) return value.map(words).join(', ');
  if (typeof value === 'object' && value !== null)
    return Object.values(value as Table)
      .map(words)
      .join(' ');
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  return String(value).replaceAll('_', ' ');
}

/** What a part looks like in the compendium. */
export function entryOf(part: Part): CompendiumEntry | null {
  const { kind, value } = part;
  if (value === null) return null;
  const detail =
    kind === 'spell'
      ? value.level === 0
        ? `${words(value.school ?? '')} cantrip`
        : `level ${words(value.level ?? '?')} ${words(value.school ?? '')}`
      : kind === 'feat'
        ? `${words(value.category ?? '')} feat`
        : kind === 'magic_item'
          ? `${words(value.rarity ?? '')} ${words(value.category ?? 'item')}`
          : kind === 'creature'
            ? `CR ${words(value.challenge ?? '?')} ${words(value.size ?? '')} ${words(value.type ?? '')}`
            : words(kind);
  const facts = Object.entries(value)
    .filter(([key]) => !LEFT_OUT.includes(key))
    .map(([key, one]): Fact => ({
      name: LABELS[key] ?? (key.charAt(0).toUpperCase() + key.slice(1)).replaceAll('_', ' '),
      value: words(one),
    }));
  const lists = ['traits', 'features', 'actions'] as const;
  const parts = lists.flatMap((list) =>
    (Array.isArray(value[list]) ? (value[list] as Table[]) : []).map((one) => ({
      name: words(one.name ?? ''),
      source: kind === 'creature' ? list.slice(0, -1) : `${nameOf(part)} ${words(one.level ?? 1)}`,
      text: String(one.text ?? ''),
    })),
  );
  const name = nameOf(part);
  return {
    row: {
      kind: shelf(kind),
      id: idOf(name),
      name,
      detail,
      text: String(value.text ?? '').trim(),
      tags: [],
      pack: null,
    },
    facts,
    parts,
    raw: { ...value, saves: value.saves_all ?? value.saves ?? [] },
  };
}
