/**
 * Reads what a pack writes about a thing, where facts in words are not enough to set it well.
 *
 * A pack may write anything: whatever is not as expected is left out.
 */
import type { CompendiumEntry } from '~/api/wire';

function read(raw: unknown, name: string): unknown {
  return typeof raw === 'object' && raw !== null ? (raw as Record<string, unknown>)[name] : undefined;
}

function text(raw: unknown, name: string): string {
  const value = read(raw, name);
  return typeof value === 'string' ? value : '';
}

function numbers(raw: unknown, name: string): number[] {
  const value = read(raw, name);
  return Array.isArray(value) ? value.filter((one): one is number => typeof one === 'number') : [];
}

/** What stands at the head of a stat block. */
export interface CreatureHead {
  /** `Huge dragon (chromatic), chaotic evil`. */
  line: string;
  /** Scores and saving throws in the order of the abilities; empty where they are not known. */
  scores: number[];
  saves: number[];
  legendaryUses: number | null;
}

export function creatureHead({ raw }: CompendiumEntry): CreatureHead {
  const uses = read(raw, 'legendary_uses');
  const sort = [text(raw, 'size'), text(raw, 'type')].filter((part) => part !== '').join(' ');
  const line = [sort, text(raw, 'alignment')].filter((part) => part !== '').join(', ');
  const [scores, saves] = [numbers(raw, 'scores'), numbers(raw, 'saves')];
  return {
    line: line.charAt(0).toUpperCase() + line.slice(1).toLowerCase(),
    scores: scores.length === 6 && saves.length === 6 ? scores : [],
    saves,
    legendaryUses: typeof uses === 'number' ? uses : null,
  };
}

export interface Variant {
  name: string;
  rarity: string;
  text: string;
}

/** The versions a magic item comes in. */
export function variantsOf({ raw }: CompendiumEntry): Variant[] {
  const variants = read(raw, 'variants');
  if (!Array.isArray(variants)) return [];
  return variants
    .map((one: unknown) => ({
      name: text(one, 'name'),
      rarity: text(one, 'rarity').replaceAll('_', ' '),
      text: text(one, 'text'),
    }))
    .filter(({ name }) => name !== '');
}

/** What mundane thing a magic item is made of, in the pack's words: `any simple or martial`; empty: of none. */
export function baseOf({ raw }: CompendiumEntry): { words: string; category: string } {
  return { words: text(raw, 'base'), category: text(raw, 'category') };
}

export interface LevelRow {
  level: number;
  features: string[];
  values: string[];
}

/** The table of a class: what comes at each level, and its columns of numbers and dice. */
export function levelTable(entry: CompendiumEntry): { columns: string[]; rows: LevelRow[] } | null {
  const columns: { name: string; values: string[] }[] = [];
  for (const part of ['tables', 'dice']) {
    const tables = read(entry.raw, part);
    if (typeof tables !== 'object' || tables === null) continue;
    for (const [name, values] of Object.entries(tables)) {
      if (!Array.isArray(values) || values.length !== 20) continue;
      const written = values.map((value: unknown) =>
        value === 0 || value === '' || value === null ? '–' : String(value),
      );
      columns.push({ name: name.replaceAll('_', ' '), values: written });
    }
  }
  if (columns.length === 0) return null;
  const levelOf = (source: string) => Number(/(\d+)$/.exec(source)?.[1] ?? 1);
  return {
    columns: columns.map(({ name }) => name),
    rows: Array.from({ length: 20 }, (_, index) => ({
      level: index + 1,
      features: entry.parts.filter(({ source }) => levelOf(source) === index + 1).map(({ name }) => name),
      values: columns.map(({ values }) => values[index] ?? '–'),
    })),
  };
}
