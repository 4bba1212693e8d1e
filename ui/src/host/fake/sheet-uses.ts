/** What some features do when they are used, for the demo host: close to the rules, so that the play view has something of each. */
import type { Source } from '~/features/sheet/model';
import type { RiderEntry, Term, UseEntry, UseYield } from '~/features/sheet/model';
import { ordered } from '~/features/sheet/keyed';

type Put = (cell: string, terms: Term[]) => number;

const term = (label: string, value: number, source_cell: string | null = null): Term => ({
  label,
  value,
  detail: '',
  source_cell,
});

/** Lists the uses of the features that the demo knows, and puts their numbers among those that explain themselves. */
export function featureUses(source: Source, wisdom: number, proficiency: number, put: Put): UseEntry[] {
  const entries: UseEntry[] = [];
  const spark = [term('Wisdom', wisdom, '/statistics/ability_modifiers/wisdom')];
  const dc = [
    term('Base', 8),
    term('Proficiency', proficiency, '/statistics/proficiency_bonus'),
    term('Wisdom', wisdom, '/statistics/ability_modifiers/wisdom'),
  ];
  for (const { id, thing } of ordered(source.actions.features)) {
    const add = (key: string, name: string, when: string, yields: readonly Said[]) => {
      const use = `${id}.${key}`;
      const counter = `/actions/features/${id}/uses/used`;
      entries.push({
        id: use,
        name,
        source: `${thing.source} ${thing.level ?? 1}`,
        feature: id,
        activation: thing.activation,
        when,
        on: 'any',
        bloodied: false,
        cost: { of: 'uses', counter, name: thing.name, amount: 1 },
        most: null,
        tally: null,
        yields: yields.map((said) => toYield(use, said, put)),
      });
    };
    if (thing.name === 'Channel Divinity') {
      add('spark', 'Divine Spark: heal', '30 ft', [
        { of: 'healing', name: 'Healing', dice: '1d8', terms: spark, to: 'anyone' },
      ]);
      add('harm', 'Divine Spark: harm', '30 ft', [
        { of: 'save', name: 'Constitution save DC', dice: '', terms: dc, to: 'other' },
        {
          of: 'damage',
          name: 'Damage',
          dice: '1d8',
          terms: spark,
          to: 'other',
          types: ['radiant'],
          half: true,
        },
      ]);
      add('turn', 'Turn Undead', '30 ft', [
        { of: 'save', name: 'Wisdom save DC', dice: '', terms: dc, to: 'other' },
      ]);
    }
    if (thing.name === 'Second Wind')
      add('wind', 'Second Wind', '', [
        {
          of: 'healing',
          name: 'Healing',
          dice: '1d10',
          terms: [term('Fighter level', Object.keys(source.levels).length)],
          to: 'user',
        },
      ]);
  }
  return entries;
}

interface Said {
  of: UseYield['of'];
  name: string;
  dice: string;
  terms: Term[];
  to: UseYield['to'];
  types?: string[];
  half?: boolean;
}

function toYield(use: string, said: Said, put: Put): UseYield {
  const cell = `/actions/uses/${use}/${said.of}`;
  const amount = put(cell, said.terms);
  const sign = amount < 0 ? '−' : '+';
  const roll =
    said.dice === '' ? String(amount) : amount === 0 ? said.dice : `${said.dice}${sign}${Math.abs(amount)}`;
  return {
    of: said.of,
    name: said.name,
    cell,
    amount,
    dice: said.dice,
    roll,
    types: said.types ?? [],
    ability: null,
    half: said.half ?? false,
    to: said.to,
    each: false,
    counter: null,
  };
}

/** The dice that may be added to a hit. */
export function ridersOf(source: Source): RiderEntry[] {
  const rider = (id: string, name: string, from: string, dice: string, types: string[], when: string) => ({
    id,
    name,
    source: from,
    feature: id,
    dice,
    twice: false,
    types,
    when,
    cost: { of: 'nothing' as const },
  });
  const hunter = Object.values(source.levels).some((level) => level?.subclass === 'Hunter');
  const marked = source.combat.concentration.replace('’', "'") === "Hunter's Mark";
  return [
    ...(hunter
      ? [rider('colossus', 'Colossus Slayer', 'Hunter 3', '1d8', [], 'once a turn, on a wounded target')]
      : []),
    ...(marked
      ? [rider('mark', "Hunter's Mark", 'Ranger 1', '1d6', ['force'], 'against the marked creature')]
      : []),
  ];
}
