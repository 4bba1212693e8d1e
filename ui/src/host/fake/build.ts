/** Building in the demo host: levels up and down, open choices filled, starting equipment, dice, whole characters at once. */
import { blankItem, blankLevel } from '~/features/sheet/blanks';
import { ordered } from '~/features/sheet/keyed';
import type {
  AddThing,
  CellEdit,
  EditOutcome,
  LevelPreview,
  LevelUp,
  NewCharacter,
  QuickCharacter,
  RollLine,
  RollRequest,
  SheetView,
  Source,
  StartOffer,
  StartWith,
} from '~/features/sheet/model';
import { withEdits } from '~/features/sheet/path';
import { rankAfter } from '~/features/sheet/rank';
import { CLASSES } from './build-classes';
import { SPELLS } from './build-options';
import { BACKGROUNDS } from './build-origins';
import { choicesOf, optionsOf } from './build-rules';
import { DEMO_PACKS } from './packs-sheet';
import { rosterCommands } from './roster';
import { derive } from './sheet-rules';
import { vocabulary } from './sheet-vocabulary';
import { refuse, type Commands, type World } from './world';

const SIX = ['strength', 'dexterity', 'constitution', 'intelligence', 'wisdom', 'charisma'] as const;

export default function buildCommands(world: World): Commands {
  const roster = rosterCommands(world);
  const log: RollLine[] = [];
  let serial = 0;
  const newId = (what: string) => `${what}-${(++serial).toString(36)}${Date.now().toString(36)}`;
  const show = (id: string) => world.run('sheet_show', { id }) as SheetView;
  const edit = (id: string, changes: CellEdit[], message: string) =>
    world.run('sheet_edit', {
      request: { id, branch: null, base: show(id).commit, changes, message },
    }) as EditOutcome;
  const die = (sides: number) => 1 + Math.floor(Math.random() * sides);

  function levelEdits(source: Source, klass: string, hit_points: number | null): CellEdit[] {
    const levels = ordered(source.levels);
    if (!CLASSES[klass])
      refuse({
        code: 'invalid',
        message: `No pack has a class called “${klass}”.`,
        hint: 'Choose one of the list.',
        cell: null,
      });
    if (levels.length >= 20)
      refuse({
        code: 'invalid',
        message: 'A character has at most 20 levels.',
        hint: 'Epic boons and the like come as feats.',
        cell: null,
      });
    const [first] = levels;
    if (first && levels.length === 1 && first.thing.class === '')
      return [{ op: 'set', path: `/levels/${first.id}/class`, value: klass }];
    const rank = rankAfter(levels.map(({ thing }) => thing.rank));
    const value = { ...blankLevel(), rank, class: klass, hit_points };
    return [{ op: 'set', path: `/levels/${newId('level')}`, value }];
  }

  /** Makes every open choice with the first that may be. */
  function filled(source: Source): CellEdit[] {
    const edits: CellEdit[] = [];
    let now = source;
    const put = (change: CellEdit) => {
      edits.push(change);
      now = withEdits(now, [change]);
    };
    for (let round = 0; round < 200; round += 1) {
      const open = choicesOf(now).find((choice) => choice.open > 0);
      if (!open) break;
      const ids = open.picks.map((pick) => pick.id);
      const free = (optionsOf(now, open.cell) ?? []).filter((option) => option.barred === '');
      const option = free.find(({ id }) => !ids.includes(id)) ?? free[0];
      if (!option) break;
      put({ op: 'set', path: open.cell, value: [...ids, option.id].join(' ') });
    }
    for (const caster of derive(now).sheet.spellcasting.casters) {
      const lists = caster.class.toLowerCase();
      for (const cantrip of [true, false]) {
        const own = caster.spells.filter((spell) => (spell.level === 0) === cantrip).length;
        const limit = (cantrip ? caster.cantrip_limit : caster.prepared_limit) ?? 0;
        SPELLS.filter(
          ([name, level, , on]) =>
            (level === 0) === cantrip &&
            level <= 1 &&
            on.includes(lists) &&
            !caster.spells.some((spell) => spell.name === name),
        )
          .slice(0, Math.max(0, limit - own))
          .forEach(([name]) => edits.push(...spellEdits(name, caster.id)));
      }
    }
    return edits;
  }

  function spellEdits(name: string, caster: string | null): CellEdit[] {
    const spell = SPELLS.find(([own]) => own === name);
    if (!spell)
      return refuse({
        code: 'not_found',
        message: `The compendium has no spell called “${name}”.`,
        hint: 'Look the name up.',
        cell: null,
      });
    const [, level, school, , description] = spell;
    const id = `${caster ?? 'spell'}-${name.toLowerCase().replaceAll(' ', '-')}`;
    return [
      {
        op: 'set',
        path: `/spellcasting/spells/${id}`,
        value: { rank: `m${level}${name}`, name, level, school, caster, description, prepared: level > 0 },
      },
    ];
  }

  function offers(source: Source): StartOffer[] {
    const klass = ordered(source.levels)[0]?.thing.class ?? '';
    const { background } = source.identity;
    return [
      { source: klass, ways: CLASSES[klass]?.start ?? [] },
      { source: background, ways: BACKGROUNDS[background]?.start ?? [] },
    ].flatMap(({ source: from, ways }) =>
      ways.map((way) => ({
        source: from,
        option: way.option,
        text: way.text,
        open: way.open ? [[...way.open]] : [],
        taken: source.build.choices[`${from.toLowerCase()}.equipment`] === way.option,
      })),
    );
  }

  function startEdits(source: Source, asked: StartWith): CellEdit[] {
    const way = [...(CLASSES[asked.source]?.start ?? []), ...(BACKGROUNDS[asked.source]?.start ?? [])].find(
      ({ option }) => option === asked.option,
    );
    const names = [...(way?.items ?? []), ...asked.picks.filter(Boolean)];
    let ranks = ordered(source.equipment.inventory).map(({ thing }) => thing.rank);
    const { gp } = source.equipment.currency;
    return [
      ...names.map((name): CellEdit => {
        const rank = rankAfter(ranks);
        ranks = [...ranks, rank];
        const armor =
          name === 'Chain mail'
            ? {
                category: 'heavy',
                base: 16,
                dex_cap: 0,
                bonus: 0,
                strength_required: 13,
                stealth_disadvantage: true,
              }
            : name === 'Chain shirt'
              ? {
                  category: 'medium',
                  base: 13,
                  dex_cap: 2,
                  bonus: 0,
                  strength_required: null,
                  stealth_disadvantage: false,
                }
              : null;
        const value = {
          ...blankItem(),
          rank,
          name,
          kind: armor ? 'armor' : 'gear',
          equipped: armor !== null,
          armor,
        };
        return { op: 'set', path: `/equipment/inventory/${newId('item')}`, value };
      }),
      { op: 'set', path: '/equipment/currency/gp', value: gp + (way?.gp ?? 0) },
      { op: 'set', path: `/build/choices/${asked.source.toLowerCase()}.equipment`, value: asked.option },
    ];
  }

  const begin = (klass?: string): CellEdit[] => [
    { op: 'set', path: '/build/packs/srd', value: '5.2.1' },
    { op: 'set', path: '/build/scores_by', value: 'standard_array' },
    ...SIX.map((ability, place): CellEdit => ({
      op: 'set',
      path: `/abilities/scores/${ability}`,
      value: (CLASSES[klass ?? '']?.array ?? [15, 14, 13, 12, 10, 8])[place],
    })),
    { op: 'set', path: '/levels/first', value: { ...blankLevel(), rank: 'V', class: klass ?? '' } },
  ];

  return {
    roster_create: (args) => {
      const made = roster.roster_create?.(args) as { id: string };
      const { built, kind } = args.character as NewCharacter;
      if (built && kind === 'character') edit(made.id, begin(), 'Began to build');
      return made;
    },
    roster_quick: ({ character }) => {
      const asked = character as QuickCharacter;
      const made = roster.roster_create?.({
        character: {
          display_name: asked.display_name ?? '',
          handle: null,
          kind: 'character',
          owner: asked.owner ?? '',
        },
      }) as { id: string };
      const [first = '', ...more] = asked.levels ?? [];
      edit(
        made.id,
        [
          ...begin(first),
          { op: 'set', path: '/identity/species', value: asked.species || 'Human' },
          { op: 'set', path: '/identity/background', value: asked.background || 'Soldier' },
          ...DEMO_PACKS,
        ],
        'Quick build',
      );
      for (const klass of more)
        edit(made.id, levelEdits(show(made.id).source, klass, null), `Took a level of ${klass}`);
      edit(made.id, filled(show(made.id).source), 'Made the open choices');
      return made;
    },
    sheet_options: (args) => {
      const cell = String(args.cell);
      const found = optionsOf(show(String(args.id)).source, cell);
      if (found) return found;
      if (cell.startsWith('/spellcasting/')) return world.run('compendium_options', args);
      return refuse({
        code: 'not_found',
        message: `“${cell}” offers no choice now.`,
        hint: 'What there is to choose is listed with the sheet.',
        cell,
      });
    },
    sheet_level_up: ({ level }) => {
      const asked = level as LevelUp;
      const sides = vocabulary.classes.find(({ name }) => name === asked.class)?.hit_die ?? 8;
      const { hit_points } = asked;
      const points =
        hit_points.by === 'fixed' ? null : hit_points.by === 'given' ? hit_points.value : die(sides);
      return edit(
        asked.id,
        levelEdits(show(asked.id).source, asked.class, points),
        `Took a level of ${asked.class}`,
      );
    },
    sheet_level_down: ({ id }) => {
      const { source } = show(String(id));
      const last = ordered(source.levels).at(-1);
      if (!last || Object.keys(source.levels).length < 2)
        return refuse({
          code: 'invalid',
          message: 'There is no level to take away.',
          hint: 'The first level stays; change its class instead.',
          cell: null,
        });
      const without = withEdits(source, [{ op: 'remove', path: `/levels/${last.id}` }]);
      const kept = new Set(choicesOf(without).map(({ cell }) => cell));
      const gone = choicesOf(source).filter(
        ({ cell, picks }) => cell.startsWith('/build/') && picks.length > 0 && !kept.has(cell),
      );
      return edit(
        String(id),
        [
          { op: 'remove', path: `/levels/${last.id}` },
          ...gone.map(({ cell }): CellEdit => ({ op: 'remove', path: cell })),
        ],
        'Took the last level back',
      );
    },
    sheet_level_preview: ({ id, of: klass }): LevelPreview => {
      const { source } = show(String(id));
      const next = withEdits(source, levelEdits(source, String(klass), null));
      const [before, after] = [derive(source), derive(next)];
      const had = new Set(before.sheet.choices.map(({ cell }) => cell));
      const features = new Set(before.sheet.actions.features.map(({ name }) => name));
      const labels: Record<string, string> = {
        '/combat/hp_maximum': 'Hit points',
        '/statistics/proficiency_bonus': 'Proficiency bonus',
        '/combat/initiative': 'Initiative',
      };
      return {
        changes: Object.keys(labels)
          .filter((cell) => before.stats[cell]?.value !== after.stats[cell]?.value)
          .map((path) => ({
            path,
            label: labels[path] ?? '',
            tone: 'consequence',
            before: String(before.stats[path]?.value ?? ''),
            after: String(after.stats[path]?.value ?? ''),
          })),
        gains: after.sheet.actions.features
          .filter(({ name }) => !features.has(name))
          .map(({ name, source: from, description: text }) => ({ name, source: from, text })),
        choices: after.sheet.choices.filter(({ cell }) => !had.has(cell)),
      };
    },
    sheet_fill: ({ id }) => edit(String(id), filled(show(String(id)).source), 'Made the open choices'),
    sheet_start_offers: ({ id }) => offers(show(String(id)).source),
    sheet_start_with: ({ start }) => {
      const asked = start as StartWith;
      return edit(
        asked.id,
        startEdits(show(asked.id).source, asked),
        `Took starting equipment ${asked.option} of ${asked.source}`,
      );
    },
    sheet_add_thing: (args) => {
      const asked = args.thing as AddThing;
      const built = show(asked.id).sheet.built && SPELLS.some(([name]) => name === asked.name);
      if (asked.kind !== 'spell' || !built) return world.run('compendium_add', args);
      return edit(asked.id, spellEdits(asked.name, asked.caster), `Added ${asked.name}`);
    },
    sheet_roll: ({ roll, id }): RollLine => {
      const asked = roll as RollRequest;
      const [, count = '1', sides = '20', keep] = /^(\d*)d(\d+)(?:kh(\d+))?/.exec(asked.notation) ?? [];
      const faces = Array.from({ length: Number(count) || 1 }, () => die(Number(sides)));
      const best = [...faces].sort((a, b) => b - a).slice(0, keep ? Number(keep) : undefined);
      const total = best.reduce((sum, face) => sum + face, 0);
      const dice = faces.map((face) => ({
        sides: Number(sides),
        face,
        value: face,
        rerolled: [],
        kept: true,
      }));
      const line: RollLine = {
        id: newId('roll'),
        time: world.now().toISOString(),
        who: id ? show(String(id)).row.display_name : '',
        label: asked.label,
        roll: {
          notation: asked.notation,
          terms: [{ notation: asked.notation, label: '', subtotal: total, dice, parts: [] }],
          total,
          natural: null,
        },
      };
      log.unshift(line);
      return line;
    },
    sheet_rolls: () => log,
  };
}
