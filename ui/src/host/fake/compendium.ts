/** A slice of the compendium for the demo host: enough of each kind to see it searched, narrowed, shown and put on a sheet. */
import { blankCondition, blankItem, blankMagicItem, blankSpell } from '~/features/sheet/blanks';
import { ordered } from '~/features/sheet/keyed';
import { rankAfter } from '~/features/sheet/rank';
import type {
  AddThing,
  ChoiceOption,
  CompendiumEntry,
  CompendiumPage,
  CompendiumQuery,
  CompendiumRow,
  EditOutcome,
  Facet,
  Rarity,
  SheetView,
} from '~/features/sheet/model';
import { fold } from '~/kit/options';
import raw from './compendium.json';
import { refuse, type Commands, type World } from './world';

export const things = raw.map((entry) => ({
  ...entry,
  row: { ...entry.row, pack: null },
})) as CompendiumEntry[];

export default function compendiumCommands(world: World): Commands {
  const show = (id: string) => world.run('sheet_show', { id }) as SheetView;
  /** The SRD's things and those of packs, which take the place of what they are called like. */
  const everything = (): CompendiumEntry[] => {
    const packed = world.packed();
    const key = ({ row }: CompendiumEntry) => `${row.kind}/${row.id}`;
    const replaced = new Set(packed.map(key));
    return [...things.filter((thing) => !replaced.has(key(thing))), ...packed];
  };

  function add(asked: AddThing): EditOutcome {
    const thing = everything().find(({ row }) => row.kind === asked.kind && row.name === asked.name);
    if (!thing)
      return refuse({
        code: 'not_found',
        message: `The compendium has no ${asked.kind.replace('_', ' ')} called “${asked.name}”.`,
        hint: 'Look the name up in the compendium.',
        cell: null,
      });
    const view = show(asked.id);
    const { source } = view;
    const { path, list, value } = written(thing, asked, view);
    const rank = rankAfter(ordered<{ rank: string }>(list).map((entry) => entry.thing.rank));
    const id = `${asked.kind === 'spell' ? 'spell-' : ''}${thing.row.id}-${crypto.randomUUID().slice(0, 6)}`;
    const changes = [{ op: 'set' as const, path: `${path}/${id}`, value: { ...value, rank } }];
    const price = Number((thing.raw as { cost_cp?: number } | null)?.cost_cp ?? 0) * asked.count;
    const purse = source.equipment.currency;
    if (asked.pay && asked.kind === 'item') {
      if (purse.gp * 100 < price)
        return refuse({
          code: 'invalid',
          message: `${thing.row.name} costs more than the purse holds.`,
          hint: 'Add it without paying, or fewer of it.',
          cell: '/equipment/currency/gp',
        });
      const gp = purse.gp - Math.ceil(price / 100);
      changes.push({ op: 'set', path: '/equipment/currency/gp', value: gp as unknown as typeof value });
    }
    const request = {
      id: asked.id,
      branch: null,
      base: view.commit,
      changes,
      message: `Added ${asked.name}`,
    };
    return world.run('sheet_edit', { request }) as EditOutcome;
  }

  return {
    compendium_search: ({ query }) => search(everything(), query as CompendiumQuery),
    compendium_show: ({ kind, id }) =>
      everything().find(({ row }) => row.kind === kind && row.id === id) ??
      refuse({
        code: 'not_found',
        message: `The compendium has no ${String(kind).replace('_', ' ')} “${String(id)}”.`,
        hint: 'Search for it by name.',
        cell: null,
      }),
    // The builder's fake answers for the sheet, and hands on here what is no choice of the rules.
    compendium_add: ({ thing }) => add(thing as AddThing),
    compendium_options: ({ id, cell }) => spellsFor(show(String(id)), String(cell).split('/').at(-1) ?? ''),
  };
}

function search(all: readonly CompendiumEntry[], query: CompendiumQuery): CompendiumPage {
  const words = fold(query.text ?? '')
    .split(/\s+/)
    .filter((word) => word !== '');
  const ranked = all
    .map(({ row }) => ({ row, rank: rank(row, words) }))
    .filter(({ row, rank }) => rank !== null && (query.tags ?? []).every((tag) => row.tags.includes(tag)))
    .sort((a, b) => (a.rank ?? 9) - (b.rank ?? 9) || a.row.name.localeCompare(b.row.name))
    .map(({ row }) => row);
  const kinds = query.kinds ?? [];
  const found = ranked.filter((row) => kinds.length === 0 || kinds.includes(row.kind));
  const offset = query.offset ?? 0;
  return {
    rows: found.slice(offset, offset + (query.limit || 100)),
    total: found.length,
    kinds: facets(ranked.map((row) => row.kind)),
    tags: facets(found.flatMap((row) => row.tags))
      .sort((a, b) => b.count - a.count)
      .slice(0, 60),
  };
}

function rank({ name, detail, text, tags }: CompendiumRow, words: readonly string[]): number | null {
  if (words.length === 0) return 3;
  const own = fold(name);
  if (own === words.join(' ')) return 0;
  if (own.startsWith(words.join(' '))) return 1;
  if (words.every((word) => own.includes(word))) return 2;
  const all = fold(`${name} ${detail} ${text} ${tags.join(' ')}`);
  return words.every((word) => all.includes(word)) ? 3 : null;
}

function facets(names: readonly string[]): Facet[] {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return [...counts].map(([name, count]) => ({ name, count })).sort((a, b) => a.name.localeCompare(b.name));
}

/** What `sheet_options` answers for a caster: the spells of its list, the ones too high for it barred. */
export function spellsFor({ source }: SheetView, caster: string): ChoiceOption[] {
  const name = source.spellcasting.casters[caster]?.class ?? '';
  const level = ordered(source.levels).filter(({ thing }) => thing.class === name).length;
  const highest = Math.max(1, Math.ceil(level / 2));
  const own = Object.values(source.spellcasting.spells).map((spell) => spell?.name);
  return things
    .filter(({ row }) => row.kind === 'spell' && row.tags.includes(name.toLowerCase()))
    .map(({ row, raw: spell }) => ({
      id: row.id,
      name: row.name,
      text: row.text,
      detail: row.detail,
      barred:
        (spell as { level: number }).level > highest
          ? `${name} ${level} has no slots of level ${(spell as { level: number }).level}`
          : '',
      picked: own.includes(row.name),
      level: (spell as { level: number }).level,
      most: 1,
    }));
}

function written({ row, raw: pack }: CompendiumEntry, asked: AddThing, { source }: SheetView) {
  const facts = pack as Record<string, never> | null;
  switch (asked.kind) {
    case 'spell':
      return {
        path: '/spellcasting/spells',
        list: source.spellcasting.spells,
        value: {
          ...blankSpell(),
          name: row.name,
          caster: asked.caster,
          level: Number(facts?.level ?? 0),
          school: String(facts?.school ?? ''),
          ritual: Boolean(facts?.ritual),
          concentration: Boolean(facts?.concentration),
          casting_time: String(facts?.time ?? ''),
          range: String(facts?.range ?? ''),
          components: String(facts?.components ?? ''),
          duration: String(facts?.duration ?? ''),
          description: row.text,
        },
      };
    case 'magic_item': {
      const plain = row.name.replace(/, \+1.*/, '');
      return {
        path: '/equipment/magical_items',
        list: source.equipment.magical_items,
        value: {
          ...blankMagicItem(),
          name: asked.variant ? `${asked.base ?? plain}, ${asked.variant}` : row.name,
          base: asked.base ?? '',
          kind: String(facts?.category ?? '').replace('_', ' '),
          rarity: (facts?.rarity ?? 'uncommon') as Rarity,
          requires_attunement: Boolean(facts?.attunement),
          quantity: asked.count,
          description: row.text,
        },
      };
    }
    case 'condition':
      return {
        path: '/conditions',
        list: source.conditions,
        value: { ...blankCondition(), name: row.name },
      };
    default:
      return {
        path: '/equipment/inventory',
        list: source.equipment.inventory,
        value: {
          ...blankItem(),
          name: row.name,
          quantity: asked.count * Number(facts?.bundle ?? 1),
          weight_lb: Number(facts?.weight_lb ?? 0),
          cost_cp: Number(facts?.cost_cp ?? 0),
          notes: row.text,
        },
      };
  }
}
