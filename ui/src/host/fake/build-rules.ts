/** A sketch of building under the rules for the demo host: choices, options with reasons, and what picks give. */
import { blankFeature, blankIncrease } from '~/features/sheet/blanks';
import { ordered } from '~/features/sheet/keyed';
import type { Ability, ChoiceOption, ChoiceState, Finding, Level, Source } from '~/features/sheet/model';
import { CLASSES } from './build-classes';
import type { Slot } from './build-content';
import { FEATS, ORDERS, SPELLS, STYLES, WEAPONS } from './build-options';
import { BACKGROUNDS, LANGUAGES, SPECIES } from './build-origins';
import { vocabulary } from './sheet-vocabulary';

const SIX: Ability[] = ['strength', 'dexterity', 'constitution', 'intelligence', 'wisdom', 'charisma'];
const ARRAY = [15, 14, 13, 12, 10, 8];
const COST: Record<number, number> = { 8: 0, 9: 1, 10: 2, 11: 3, 12: 4, 13: 5, 14: 7, 15: 9 };
const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1).replaceAll('_', ' ');

export const isBuilt = (source: Source) => Object.keys(source.build.packs).length > 0;

interface Offer extends Slot {
  source: string;
  level: number;
}

interface At {
  id: string;
  thing: Level;
  /** Level of the class. */
  count: number;
}

function levelsOf(source: Source): At[] {
  const counts: Record<string, number> = {};
  return ordered(source.levels).map(({ id, thing }) => ({
    id,
    thing,
    count: (counts[thing.class] = (counts[thing.class] ?? 0) + 1),
  }));
}

function offersOf(source: Source): Offer[] {
  const { species, background } = source.identity;
  const offers: Offer[] = (SPECIES[species]?.slots ?? []).map((slot) => ({
    ...slot,
    source: species,
    level: 1,
  }));
  const life = BACKGROUNDS[background];
  if (life)
    offers.push(
      {
        slot: `${background.toLowerCase()}.abilities`,
        name: 'Ability scores',
        count: 3,
        from: 'abilities',
        of: life.abilities,
        source: background,
        level: 1,
      },
      { slot: 'languages', name: 'Languages', count: 2, from: 'languages', source: background, level: 1 },
    );
  for (const { thing, count } of levelsOf(source))
    for (const gift of CLASSES[thing.class]?.levels[count] ?? [])
      for (const slot of gift.slots ?? [])
        offers.push({ ...slot, source: `${thing.class} ${count}`, level: count });
  return offers;
}

const picksOf = (source: Source, slot: string) =>
  (source.build.choices[slot] ?? '').split(' ').filter(Boolean);

/** Who gives a skill already. */
function skillsBy(source: Source, except: string): Map<string, string> {
  const given = new Map<string, string>();
  const { background } = source.identity;
  for (const skill of BACKGROUNDS[background]?.skills ?? []) given.set(skill, background);
  for (const offer of offersOf(source))
    if (offer.from === 'skills' && offer.slot !== except)
      for (const pick of picksOf(source, offer.slot)) given.set(pick, offer.source);
  return given;
}

function optionsOfSlot(source: Source, offer: Offer): ChoiceOption[] {
  const picks = picksOf(source, offer.slot);
  const make = (id: string, name: string, detail: string, text: string, barred = ''): ChoiceOption => ({
    id,
    name,
    text,
    detail,
    level: null,
    barred,
    picked: picks.includes(id),
    most: Math.min(offer.count, offer.from === 'abilities' ? 2 : 1),
  });
  const plain = (list: typeof FEATS) =>
    list.map(([id, name, detail, text, asks]) => make(id, name, detail, text, asks ?? ''));
  switch (offer.from) {
    case 'styles':
      return plain(STYLES);
    case 'orders':
      return plain(ORDERS);
    case 'weapons':
      return plain(WEAPONS);
    case 'feats':
      return plain(FEATS);
    case 'languages':
      return LANGUAGES.map((name) => make(name.toLowerCase(), name, 'standard', ''));
    case 'abilities':
      return SIX.map((ability) =>
        make(
          ability,
          capital(ability),
          `now ${grown(source).abilities.scores[ability]}`,
          '',
          offer.of?.includes(ability) ? '' : 'it is not among the abilities of this choice',
        ),
      ).filter((option) => option.barred === '' || option.picked);
    case 'skills':
    case 'expertise': {
      const given = skillsBy(source, offer.slot);
      return vocabulary.skills
        .filter(({ key }) => !offer.of || offer.of.includes(key) || picks.includes(key))
        .map(({ key, name, ability }) =>
          make(
            key,
            name,
            capital(ability),
            `What ${capital(ability).toLowerCase()} does with practice.`,
            offer.from === 'expertise'
              ? given.has(key)
                ? ''
                : 'you are not proficient in it'
              : given.has(key)
                ? `${given.get(key)} gives it already`
                : '',
          ),
        );
    }
  }
}

export function optionsOf(source: Source, cell: string): ChoiceOption[] | undefined {
  const named = (name: string, text: string, detail: string, written: string, barred = ''): ChoiceOption => ({
    id: name,
    name,
    text,
    detail,
    level: null,
    barred,
    picked: name === written,
    most: 1,
  });
  if (cell === '/identity/species')
    return Object.entries(SPECIES).map(([name, { text, speed }]) =>
      named(name, text, `${speed} ft`, source.identity.species),
    );
  if (cell === '/identity/background')
    return Object.entries(BACKGROUNDS).map(([name, { text, feat }]) =>
      named(name, text, feat, source.identity.background),
    );
  const [, id, what] = /^\/levels\/([^/]+)\/(\w+)$/.exec(cell) ?? [];
  const level = id === undefined ? undefined : source.levels[id];
  if (level && what === 'class') {
    const own = new Set(Object.values(source.levels).map((one) => one.class));
    const alone = [...own].every((name) => name === '' || name === level.class) && level.class === '';
    const { scores } = grown(source).abilities;
    return Object.entries(CLASSES).map(([name, { text, primary }]) => {
      const short = primary.filter((ability) => scores[ability] < 13);
      const barred =
        alone || own.has(name) || short.length === 0
          ? ''
          : `it asks for ${short.map(capital).join(' and ')} 13 or more`;
      const die = vocabulary.classes.find((one) => one.name === name)?.hit_die;
      return named(name, text, `d${die}`, level.class, barred);
    });
  }
  if (level && what === 'subclass') {
    const { subclass } = CLASSES[level.class] ?? { subclass: '' };
    return subclass
      ? [named(subclass, `The ${level.class.toLowerCase()} of the free rules.`, level.class, level.subclass)]
      : [];
  }
  const caster = cell.replace('/spellcasting/casters/', '').replace('class-', '');
  const at = Object.keys(CLASSES).find((name) => name.toLowerCase() === caster);
  if (cell.startsWith('/spellcasting/casters/') && at) {
    const count = levelsOf(source).filter(({ thing }) => thing.class === at).length;
    const highest = Math.ceil(count / 2);
    const own = Object.values(source.spellcasting.spells).map((spell) => spell.name);
    return SPELLS.filter(([, , , lists]) => lists.includes(caster)).map(([name, spell, school, , text]) => ({
      id: name.toLowerCase().replaceAll(' ', '-'),
      name,
      text,
      detail: spell === 0 ? `${school} cantrip` : `level ${spell} ${school}`,
      level: spell,
      most: 1,
      barred: spell > highest ? `${at} ${count} has no slots of level ${spell}` : '',
      picked: own.includes(name),
    }));
  }
  const offer = offersOf(source).find((one) => `/build/choices/${one.slot}` === cell);
  return offer && optionsOfSlot(source, offer);
}

export function choicesOf(source: Source): ChoiceState[] {
  if (!isBuilt(source)) return [];
  const named = (cell: string, name: string, from: string, level: number, written: string): ChoiceState => ({
    cell,
    name,
    source: from,
    level,
    count: 1,
    picks: written === '' ? [] : [{ id: written, name: written, barred: '' }],
    open: written === '' ? 1 : 0,
  });
  const levels = levelsOf(source);
  return [
    named('/identity/species', 'Species', 'Character', 1, source.identity.species),
    named('/identity/background', 'Background', 'Character', 1, source.identity.background),
    ...levels
      .filter(({ thing }) => thing.class === '')
      .map(({ id }, index) => named(`/levels/${id}/class`, 'Class', `Level ${index + 1}`, index + 1, '')),
    ...levels
      .filter(({ thing, count }) => count === 3 && CLASSES[thing.class]?.subclass)
      .map(({ id, thing }) =>
        named(`/levels/${id}/subclass`, 'Subclass', `${thing.class} 3`, 3, thing.subclass),
      ),
    ...offersOf(source).map((offer): ChoiceState => {
      const options = optionsOfSlot(source, offer);
      const picks = picksOf(source, offer.slot).map((id, place, all) => {
        const option = options.find((one) => one.id === id);
        const before = all.slice(0, place).filter((one) => one === id).length;
        const most = offer.from === 'abilities' ? 2 : 1;
        return {
          id,
          name: option?.name ?? id,
          barred:
            before >= most
              ? `it may be picked ${most} times`
              : (option?.barred ?? 'it is not among the options'),
        };
      });
      return {
        cell: `/build/choices/${offer.slot}`,
        name: offer.name,
        source: offer.source,
        level: offer.level,
        count: offer.count,
        picks,
        open: Math.max(0, offer.count - picks.length),
      };
    }),
  ];
}

export function cantripLimit(source: Source, klass: string): number | null {
  return isBuilt(source) ? (CLASSES[klass]?.casts?.cantrips ?? null) : null;
}

/** Lays what the rules give over what is written. */
export function grown(source: Source): Source {
  if (!isBuilt(source)) return source;
  const next = structuredClone(source);
  const { species, background } = source.identity;
  const life = BACKGROUNDS[background];
  const levels = levelsOf(source);
  const first = levels[0]?.thing.class ?? '';
  for (const save of CLASSES[first]?.saves ?? []) next.proficiencies.saving_throws[save] = true;
  for (const skill of life?.skills ?? []) next.proficiencies.skills[skill] = 'proficient';
  next.combat.speeds.walk = SPECIES[species]?.speed ?? 30;
  let place = 0;
  const feature = (name: string, from: string, level: number, text: string) =>
    (next.actions.features[`given-${++place}`] = {
      ...blankFeature(),
      rank: String(place).padStart(4, '0'),
      name,
      source: from,
      level,
      description: text,
    });
  for (const trait of SPECIES[species]?.traits ?? [])
    next.actions.traits[`given-${trait}`] = {
      rank: trait,
      name: trait,
      source: species,
      description: 'As the species has it.',
    };
  if (life) feature(life.feat, background, 1, 'The origin feat of the background.');
  for (const { thing, count } of levels) {
    for (const gift of CLASSES[thing.class]?.levels[count] ?? [])
      feature(gift.name, thing.class, count, gift.text);
    if (thing.subclass !== '' && count === 3)
      feature(`${thing.subclass} feature`, thing.class, 3, 'What the subclass begins with.');
  }
  for (const offer of offersOf(source))
    for (const pick of picksOf(source, offer.slot)) {
      if (offer.from === 'skills') next.proficiencies.skills[pick] = 'proficient';
      if (offer.from === 'expertise') next.proficiencies.skills[pick] = 'expertise';
      if (offer.from === 'weapons') next.actions.weapon_masteries[pick] = true;
      if (offer.from === 'languages') next.proficiencies.languages[capital(pick)] = true;
      if (offer.from === 'abilities')
        next.abilities.increases[`given-${++place}`] = {
          ...blankIncrease(),
          rank: String(place),
          ability: pick as Ability,
          amount: 1,
          source: offer.source,
        };
    }
  for (const name of new Set(levels.map(({ thing }) => thing.class))) {
    const casts = CLASSES[name]?.casts;
    if (!casts) continue;
    const count = levels.filter(({ thing }) => thing.class === name).length;
    next.spellcasting.casters[`class-${name.toLowerCase()}`] = {
      rank: name,
      class: name,
      ability: casts.ability,
      bonus_to_attack: 0,
      bonus_to_dc: 0,
      prepared_limit: casts.prepared[Math.min(count, casts.prepared.length) - 1] ?? null,
      notes: '',
    };
    for (let level = 1; level <= Math.ceil(count / 2); level += 1)
      next.spellcasting.slots[level] = { max: Math.min(4, count + 1), used: 0, created: 0 };
  }
  return next;
}

export function buildFindings(source: Source): Finding[] {
  if (!isBuilt(source)) return [];
  const findings: Finding[] = choicesOf(source).flatMap((choice) =>
    choice.picks
      .filter((pick) => pick.barred !== '')
      .map((pick) => ({
        cell: choice.cell,
        severity: 'warning' as const,
        message: `${choice.name} of ${choice.source}: ${pick.name} is not lawful: ${pick.barred}.`,
        hint: 'Choose another, or keep it as a house rule.',
      })),
  );
  const scores = SIX.map((ability) => source.abilities.scores[ability]);
  const sorted = [...scores].sort((a, b) => b - a).join(', ');
  const cost = scores.reduce((sum, score) => sum + (COST[score] ?? 99), 0);
  const by = source.build.scores_by;
  const dice = Object.values(source.build.rolls)
    .map((roll) =>
      roll
        .split(' ')
        .map(Number)
        .sort((a, b) => b - a),
    )
    .map((faces) => faces.slice(0, 3).reduce((sum, face) => sum + face, 0))
    .sort((a, b) => b - a)
    .join(', ');
  const message =
    by === 'standard_array' && sorted !== ARRAY.join(', ')
      ? 'The scores are not those of the standard array 15, 14, 13, 12, 10, 8.'
      : by === 'point_buy' && cost > 27
        ? cost > 90
          ? 'Bought scores are 8 to 15 before increases.'
          : `The scores cost ${cost} points; there are 27.`
        : by === 'rolled' && dice !== sorted
          ? `The dice gave ${dice || 'nothing yet'}; the scores are others.`
          : '';
  if (message !== '')
    findings.push({
      cell: '/abilities/scores',
      severity: 'warning',
      message,
      hint: 'Change the scores, or how they were found.',
    });
  return findings;
}
