/** What the compendium's kinds and tags are called, in the order in which a rulebook has them. */
import type { Facet } from '~/api/wire';
import type { Option } from '~/kit/options';
import { human } from '~/features/sheet/words';

/** Kinds by their plural. */
export const KINDS: Readonly<Record<string, string>> = {
  class: 'Classes',
  subclass: 'Subclasses',
  species: 'Species',
  background: 'Backgrounds',
  feature: 'Class features and traits',
  feat: 'Feats',
  option: 'Class options',
  spell: 'Spells',
  item: 'Items',
  magic_item: 'Magic items',
  creature: 'Creatures',
  condition: 'Conditions',
  language: 'Languages',
  property: 'Weapon properties',
  mastery: 'Weapon masteries',
  skill: 'Skills',
};

/** The kinds in order, each with how many the words find; a kind that nobody here knows comes last. */
export function kindsOf(facets: readonly Facet[]): { kind: string; label: string; count: number }[] {
  const counts = new Map(facets.map(({ name, count }) => [name, count]));
  const unknown = facets.map(({ name }) => name).filter((name) => !(name in KINDS));
  return [...Object.keys(KINDS), ...unknown].map((kind) => ({
    kind,
    label: KINDS[kind] ?? human(kind),
    count: counts.get(kind) ?? 0,
  }));
}

const SCHOOLS = 'abjuration conjuration divination enchantment evocation illusion necromancy transmutation';
const CLASSES = 'barbarian bard cleric druid fighter monk paladin ranger rogue sorcerer warlock wizard';
const DAMAGE =
  'acid bludgeoning cold fire force lightning necrotic piercing poison psychic radiant slashing thunder';
const RARITIES = ['common', 'uncommon', 'rare', 'very rare', 'legendary', 'artifact', 'rarity varies'];
const SIZES = ['tiny', 'small', 'medium', 'large', 'huge', 'gargantuan'];
const MASTERIES = 'cleave graze nick push sap slow topple vex';
const PROPERTIES = 'ammunition finesse heavy light loading range reach thrown two handed versatile';

/** Tags that are switched on and off by themselves, not chosen from among their like. */
const SWITCHES = ['ritual', 'concentration', 'attunement', 'no attunement'];

/** What a tag is about, by the kind it belongs to; the order of the groups is that of this list. */
const GROUPS: readonly [name: string, any: string, fits: (tag: string, kind: string) => boolean][] = [
  ['Level', 'Any level', (tag) => /^(cantrip|level \d+)$/.test(tag)],
  ['Class', 'Any class', (tag) => CLASSES.split(' ').includes(tag)],
  ['School', 'Any school', (tag) => SCHOOLS.split(' ').includes(tag)],
  ['Challenge', 'Any challenge', (tag) => tag.startsWith('CR ')],
  ['Rarity', 'Any rarity', (tag, kind) => kind === 'magic_item' && RARITIES.includes(tag)],
  ['Size', 'Any size', (tag, kind) => kind === 'creature' && SIZES.includes(tag)],
  ['Damage', 'Any damage', (tag, kind) => kind === 'spell' && DAMAGE.split(' ').includes(tag)],
  ['Save', 'Any save', (tag) => tag.endsWith(' save')],
  ['Mastery', 'Any mastery', (tag, kind) => kind === 'item' && MASTERIES.split(' ').includes(tag)],
  ['Property', 'Any property', (tag, kind) => kind === 'item' && PROPERTIES.includes(tag)],
];

/** A few tags of which one can be chosen. */
export interface TagGroup {
  name: string;
  options: Option[];
}

/** Sorts the tags of a kind into groups to choose from and switches to press. */
export function groupsOf(kind: string, tags: readonly Facet[]): { groups: TagGroup[]; switches: string[] } {
  const groups = new Map<string, string[]>();
  for (const { name: tag } of tags) {
    if (SWITCHES.includes(tag)) continue;
    const group = GROUPS.find(([, , fits]) => fits(tag, kind));
    const name = group?.[0] ?? 'Sort';
    groups.set(name, [...(groups.get(name) ?? []), tag]);
  }
  const order = ['Sort', ...GROUPS.map(([name]) => name)];
  const any = new Map(GROUPS.map(([name, words]) => [name, words]));
  return {
    groups: order.flatMap((name) => {
      const own = groups.get(name);
      if (!own || own.length < 2) return [];
      const label = name === 'Sort' && kind === 'creature' ? 'Type' : name;
      return [
        {
          name: label,
          options: [
            { value: '', label: any.get(name) ?? `Any ${label.toLowerCase()}` },
            ...own.toSorted(inOrder).map((tag) => ({ value: tag, label: human(tag) })),
          ],
        },
      ];
    }),
    switches: SWITCHES.filter((tag) => tags.some(({ name }) => name === tag)),
  };
}

function inOrder(a: string, b: string): number {
  return place(a) - place(b) || a.localeCompare(b, 'en', { numeric: true });
}

/** Levels, challenge ratings, rarities and sizes go up; the rest by name. */
function place(tag: string): number {
  if (tag === 'cantrip') return -1;
  const rating = /^CR (\d+)(?:\/(\d+))?$/.exec(tag);
  if (rating) return Number(rating[1]) / Number(rating[2] ?? 1);
  if (SIZES.includes(tag)) return SIZES.indexOf(tag);
  return Math.max(0, RARITIES.indexOf(tag));
}
