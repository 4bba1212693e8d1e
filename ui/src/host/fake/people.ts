/** The sample library of the demo host: a party, the people they met, and what hunts them. */
import type { CharacterRow, Kind } from '~/api/wire';

type Line = [
  name: string,
  kind: Kind,
  species: string,
  classes: Record<string, number>,
  owner: string,
  hoursAgo: number,
  versions: number,
  active?: boolean,
];

const LINES: Line[] = [
  ['Sorrel Quickfen', 'character', 'Wood Elf', { Ranger: 4, Cleric: 2 }, 'Maren', 0.2, 214],
  ['Brannoch Ironvow', 'character', 'Human', { Paladin: 6 }, 'Tom', 3, 168],
  ['Ysolde of the Seven Lamps', 'character', 'High Elf', { Wizard: 6 }, 'Iris', 3, 191],
  ['Pip Underbough', 'character', 'Halfling', { Rogue: 5, Bard: 1 }, 'Jonas', 26, 132],
  ['Kessa Emberhand', 'character', 'Tiefling', { Sorcerer: 1 }, 'Lea', 74, 12],
  ['Old Thorvald', 'character', 'Dwarf', { Fighter: 12 }, 'Maren', 400, 388],
  ['Hask the Reedcutter', 'npc', 'Human', {}, '', 50, 9],
  ['Abbess Ferrin', 'npc', 'Gnome', { Cleric: 9 }, '', 122, 21],
  ['Mother of Mosses', 'monster', 'Plant', {}, '', 300, 6],
  ['Drowned Sentinel', 'monster', 'Undead', {}, '', 301, 4],
  ['Ashwing Drake', 'monster', 'Dragon', {}, '', 302, 5],
  ['Wenna Tallow', 'character', 'Human', { Bard: 3 }, 'Iris', 2200, 47, false],
];

const FIRST = [
  'Ada',
  'Bren',
  'Corin',
  'Dagny',
  'Edda',
  'Faolan',
  'Greta',
  'Hollis',
  'Ivo',
  'Jory',
  'Katla',
  'Lorcan',
  'Mirel',
  'Nessa',
  'Orrin',
  'Petra',
  'Quill',
  'Rowan',
  'Saskia',
  'Tamsin',
];
const LAST = [
  'Ashdown',
  'Blackmere',
  'Copperkettle',
  'Duskwater',
  'Elmshadow',
  'Fairwind',
  'Greycloak',
  'Hollowell',
  'Ironwood',
  'Karr',
  'Lightfoot',
  'Marsh',
  'Nightingale',
  'Oakes',
  'Pellin',
  'Quarrel',
  'Reed',
  'Stormcrow',
  'Thistle',
  'Vane',
];
const CLASSES = [
  'Barbarian',
  'Bard',
  'Cleric',
  'Druid',
  'Fighter',
  'Monk',
  'Paladin',
  'Ranger',
  'Rogue',
  'Sorcerer',
  'Warlock',
  'Wizard',
];
const SPECIES = [
  'Human',
  'High Elf',
  'Dwarf',
  'Halfling',
  'Gnome',
  'Orc',
  'Tiefling',
  'Dragonborn',
  'Goliath',
];
const OWNERS = ['Maren', 'Tom', 'Iris', 'Jonas', 'Lea'];

/** Makes the name by which a character is addressed. */
export function handleOf(name: string): string {
  const plain = name.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
  return (
    plain
      .replace(/[^a-z0-9]+/g, '-')
      .replace(/^-+|-+$/g, '')
      .slice(0, 60) || 'character'
  );
}

/** The sample party; times count back from `now`. */
export function party(now: Date): CharacterRow[] {
  return LINES.map(([name, kind, species, classes, owner, hours, versions, active = true], index) =>
    row(
      index,
      { name, kind, species, classes, owner, versions, active },
      new Date(now.getTime() - hours * 3.6e6),
    ),
  );
}

/** As many characters as are asked for, each a little different; the party comes first. */
export function crowd(count: number, now: Date): CharacterRow[] {
  const rows = party(now);
  for (let index = rows.length; index < count; index++) {
    const kind: Kind = index % 11 === 0 ? 'monster' : index % 4 === 0 ? 'npc' : 'character';
    const level = 1 + (index % 20);
    const main = pick(CLASSES, index * 7);
    const second = pick(CLASSES, index * 5 + 3);
    const classes: Record<string, number> =
      kind === 'monster'
        ? {}
        : level > 4 && index % 3 === 0 && second !== main
          ? { [main]: level - 2, [second]: 2 }
          : { [main]: level };
    const name = `${pick(FIRST, index * 3 + Math.floor(index / 20))} ${pick(LAST, Math.floor(index / 20) + index)}${index >= 400 ? ` ${roman(Math.floor(index / 400))}` : ''}`;
    rows.push(
      row(
        index,
        {
          name,
          kind,
          species: pick(SPECIES, index),
          classes,
          owner: kind === 'character' ? pick(OWNERS, index) : '',
          versions: 1 + (index % 90),
          active: index % 37 !== 0,
        },
        new Date(now.getTime() - index * 5.3e6),
      ),
    );
  }
  return rows.slice(0, Math.max(count, 0));
}

/** The same character with everything as long as it may be. */
export function stretched(row: CharacterRow): CharacterRow {
  return {
    ...row,
    display_name:
      `${row.display_name}, ${'called the Unforgettable by everybody who has ever met them, '.repeat(2)}`.slice(
        0,
        120,
      ),
    class_line: 'Barbarian 3, Bard 3, Cleric 3, Druid 3, Fighter 3, Monk 3, Paladin 2',
    owner: row.owner && `${row.owner} von und zu Hohenzollern-Sigmaringen`,
    species: `${row.species} of the Northern Marches`,
    level: 20,
  };
}

interface Person {
  name: string;
  kind: Kind;
  species: string;
  classes: Record<string, number>;
  owner: string;
  versions: number;
  active: boolean;
}

function row(index: number, person: Person, updated: Date): CharacterRow {
  const classes = Object.entries(person.classes);
  return {
    id: `0192f3a0-7c1e-7000-8000-${index.toString(16).padStart(12, '0')}`,
    handle: handleOf(person.name),
    display_name: person.name,
    kind: person.kind,
    owner: person.owner,
    species: person.species,
    class_line: classes.map(([name, level]) => `${name} ${level}`).join(', '),
    classes: classes.map(([name]) => name),
    level: classes.reduce((sum, [, level]) => sum + level, 0),
    active: person.active,
    avatar: null,
    created: new Date(updated.getTime() - 8.6e9).toISOString(),
    updated: updated.toISOString(),
    version_number: person.versions,
  };
}

function pick(list: readonly string[], index: number): string {
  return list[index % list.length] ?? '';
}

function roman(number: number): string {
  const marks: [number, string][] = [
    [50, 'L'],
    [40, 'XL'],
    [10, 'X'],
    [9, 'IX'],
    [5, 'V'],
    [4, 'IV'],
    [1, 'I'],
  ];
  let rest = number;
  return marks
    .map(([value, mark]) => {
      const times = Math.floor(rest / value);
      rest -= times * value;
      return mark.repeat(times);
    })
    .join('');
}
