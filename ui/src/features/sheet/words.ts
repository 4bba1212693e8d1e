/** How a sheet names what it shows: abilities, levels, sizes, recoveries, and values of any kind on a line. */
import { signed } from '~/kit/number';
import type { Option } from '~/kit/options';
import type {
  Ability,
  Activation,
  ArmorCategory,
  ItemKind,
  Kind,
  Rarity,
  Recovery,
  Size,
  TrainingKind,
} from './model';

export const ABILITIES: readonly Ability[] = [
  'strength',
  'dexterity',
  'constitution',
  'intelligence',
  'wisdom',
  'charisma',
];

/** Writes a name of the files for people: `sleight_of_hand` becomes `Sleight of hand`. */
export function human(name: string): string {
  const words = name.replaceAll('_', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** The three letters of an ability. */
export function abbreviated(ability: string): string {
  return human(ability).slice(0, 3);
}

export const abilityOptions: readonly Option<Ability>[] = ABILITIES.map((value) => ({
  value,
  label: human(value),
}));

export function namedOptions(names: readonly string[]): Option[] {
  return names.map((value) => ({ value, label: human(value) }));
}

export function plainOptions(names: readonly string[]): Option[] {
  return names.map((value) => ({ value, label: value }));
}

const SIZES: readonly Size[] = ['tiny', 'small', 'medium', 'large', 'huge', 'gargantuan'];
export const sizeOptions = namedOptions(SIZES);
const ITEM_KINDS: readonly ItemKind[] = [
  'gear',
  'weapon',
  'armor',
  'shield',
  'ammunition',
  'tool',
  'container',
  'consumable',
  'treasure',
];
export const itemKindOptions = namedOptions(ITEM_KINDS);
const RARITIES: readonly Rarity[] = ['common', 'uncommon', 'rare', 'very_rare', 'legendary', 'artifact'];
export const rarityOptions = namedOptions(RARITIES);
const ARMOR: readonly ArmorCategory[] = ['light', 'medium', 'heavy', 'shield'];
export const armorOptions = namedOptions(ARMOR);
const TRAININGS: readonly TrainingKind[] = ['armor', 'weapon', 'tool', 'vehicle', 'other'];
export const trainingOptions = namedOptions(TRAININGS);

export const kindOptions: readonly Option<Kind>[] = [
  { value: 'character', label: 'Player character' },
  { value: 'npc', label: 'NPC' },
  { value: 'monster', label: 'Monster' },
];

export const ACTIVATIONS: Record<Activation, string> = {
  action: 'Actions',
  bonus_action: 'Bonus actions',
  reaction: 'Reactions',
  legendary: 'Legendary actions',
  passive: 'Always on',
  other: 'Other',
};

export const activationOptions: readonly Option<Activation>[] = [
  { value: 'passive', label: 'Always on' },
  { value: 'action', label: 'Action' },
  { value: 'bonus_action', label: 'Bonus action' },
  { value: 'reaction', label: 'Reaction' },
  { value: 'legendary', label: 'Legendary action' },
  { value: 'other', label: 'Other' },
];

export const recoveryOptions: readonly Option<Recovery>[] = [
  { value: 'none', label: 'Never by itself' },
  { value: 'short_rest', label: 'Short or long rest' },
  { value: 'long_rest', label: 'Long rest' },
  { value: 'one_on_short_rest', label: 'One on a short rest, all on a long one' },
  { value: 'dawn', label: 'At dawn' },
  { value: 'initiative', label: 'When initiative is rolled' },
  { value: 'turn', label: 'At the start of a turn' },
  { value: 'other', label: 'Otherwise' },
];

const BACK: Record<Recovery, string> = {
  none: '',
  short_rest: 'short rest',
  long_rest: 'long rest',
  one_on_short_rest: 'one a short rest',
  dawn: 'dawn',
  initiative: 'initiative',
  turn: 'each turn',
  other: '',
};

/** Says in two words when uses come back. */
export function comesBack(recovery: Recovery): string {
  return BACK[recovery];
}

const ORDINALS = [
  'Cantrips',
  'First',
  'Second',
  'Third',
  'Fourth',
  'Fifth',
  'Sixth',
  'Seventh',
  'Eighth',
  'Ninth',
];

/** Names a spell level: `Third level`. */
export function spellLevel(level: number): string {
  return level === 0 ? 'Cantrips' : `${ORDINALS[level] ?? level} level`;
}

/** Writes a computed number the way its cell is read: bonuses with their sign, weights and counts plain. */
export function writeStat(cell: string, value: number): string {
  return isBonus(cell) ? signed(value) : plain(value);
}

/** A computed number that comes as text, written as the sheet writes it: what is added gets its sign. */
export function writeText(cell: string, text: string): string {
  return isBonus(cell) && /^[-−]?\d+$/.test(text) ? signed(Number(text.replace('−', '-'))) : text;
}

export function plain(value: number): string {
  return String(Math.round(value * 100) / 100).replace('-', '−');
}

/** Whether a computed number is one that is added, and so written with its sign. */
export function isBonus(cell: string): boolean {
  return /\/(ability_modifiers|saving_throws|skills)\/|\/(initiative|proficiency_bonus|attack_bonus|spell_attack_bonus|damage_bonus|d20_penalty)$/.test(
    cell,
  );
}

/** The words of a Markdown text without its marks, for a line or two of a list. */
export function gist(markdown: string): string {
  return markdown.replace(/[*_`#>]+/g, '').trim();
}

/** Writes any value on a line, as a conflict or a list shows it. */
export function spoken(value: unknown): string {
  if (value === null || value === undefined) return 'nothing';
  if (value === '') return 'empty';
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (typeof value === 'number') return plain(value);
  if (typeof value === 'string') return value;
  const name = typeof value === 'object' && 'name' in value ? value.name : undefined;
  return typeof name === 'string' && name !== '' ? name : JSON.stringify(value);
}
