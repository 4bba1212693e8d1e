/** The rules of the table as they are shown and changed: owner rules gathered under what people call them. */
import type { CellOwner, OwnerRule, TableRules } from '~/api/wire';

export const OWNERS: readonly { value: CellOwner; label: string }[] = [
  { value: 'player', label: 'the player' },
  { value: 'dm', label: 'the DM' },
  { value: 'free', label: 'nobody' },
];

export interface OwnerGroup {
  name: string;
  owner: CellOwner;
  patterns: readonly string[];
}

/** Gathers rules that stand together and say the same. The first rule that fits holds, so that their order is kept. */
export function grouped(rules: readonly OwnerRule[]): OwnerGroup[] {
  const groups: { name: string; owner: CellOwner; patterns: string[] }[] = [];
  for (const { name, owner, pattern } of rules) {
    const last = groups.at(-1);
    if (last && last.name === name && last.owner === owner) last.patterns.push(pattern);
    else groups.push({ name, owner, patterns: [pattern] });
  }
  return groups;
}

/** The rules of groups again, in their order. */
export function flat(groups: readonly OwnerGroup[]): OwnerRule[] {
  return groups.flatMap(({ name, owner, patterns }) => patterns.map((pattern) => ({ name, owner, pattern })));
}

/** The same rules with others in place of the owner rules. */
export function withOwners(rules: TableRules, groups: readonly OwnerGroup[]): TableRules {
  return { ...rules, owners: flat(groups) };
}

/** Whether two rules say the same; each answer of the backend brings them as new objects. */
export function same<R>(a: R, b: R): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

/** The rules with one in place of another, wherever that stands now; where it is gone, the new one is added. */
export function replaced<R>(rules: readonly R[], before: R, next: R): R[] {
  const at = rules.findIndex((rule) => same(rule, before));
  return at < 0 ? [...rules, next] : rules.with(at, next);
}

/** The rules with one of them a place further up. */
export function raised<R>(rules: readonly R[], rule: R): R[] {
  const at = rules.findIndex((one) => same(one, rule));
  return at <= 0 ? [...rules] : rules.toSpliced(at, 1).toSpliced(at - 1, 0, rule);
}

/** Reads patterns that were typed, a line or a comma for each. */
export function patternsOf(text: string): string[] {
  return text
    .split(/[\n,]/)
    .map((line) => line.trim())
    .filter((line) => line !== '');
}
