/** What the sections of a sheet are called, by the names that cross. */
const TITLES: Readonly<Record<string, string>> = {
  identity: 'Identity',
  creature: 'Creature',
  levels: 'Levels',
  build: 'Choices',
  abilities: 'Abilities and proficiencies',
  proficiencies: 'Skills and proficiencies',
  combat: 'Combat',
  actions: 'Actions and features',
  equipment: 'Equipment',
  spellcasting: 'Spells',
  conditions: 'Conditions',
  adjustments: 'Set by hand',
  notes: 'Notes',
  events: 'Events',
  record: 'Record',
};

/** The title of a section; its name, made readable, where it is none of those above. */
export function sectionTitle(name: string): string {
  const known = TITLES[name];
  if (known !== undefined) return known;
  const words = name.replaceAll('_', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** Gathers what belongs to sections under them, in the order in which they first appear. */
export function bySection<T extends { section: string }>(
  all: readonly T[],
): { name: string; title: string; items: readonly T[] }[] {
  const groups = new Map<string, T[]>();
  for (const one of all) groups.set(one.section, [...(groups.get(one.section) ?? []), one]);
  return [...groups].map(([name, items]) => ({ name, title: sectionTitle(name), items }));
}
