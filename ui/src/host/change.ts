/** Making the changes that the backend tells: what a change does not touch is shared with the value before, not copied. */
import type { Change, EntryChange } from '~/api/wire';

/** Gives the value that a change makes of one; the value itself stays as it is. */
export function changed<T>(value: T, change: Change | null): T {
  return (change === null ? value : after(value, change)) as T;
}

function after(value: unknown, change: Change): unknown {
  switch (change.of) {
    case 'value':
      return change.value;
    case 'members':
      return withMembers(value as Members, change.changed, change.gone);
    case 'entries':
      return change.entries.flatMap((entry) => entriesOf(value as readonly unknown[], entry));
  }
}

type Members = { readonly [name: string]: unknown };

function withMembers(
  before: Members,
  changes: { readonly [name in string]?: Change },
  gone: readonly string[],
): Members {
  const members = new Map(Object.entries(before));
  for (const name of gone) members.delete(name);
  let grown = false;
  for (const [name, change] of Object.entries(changes)) {
    if (!change) continue;
    grown ||= !members.has(name);
    members.set(name, after(members.get(name), change));
  }
  // Only maps get further members, and the backend writes those in the order of their names.
  const list = [...members];
  return Object.fromEntries(grown ? list.sort(([a], [b]) => (a < b ? -1 : 1)) : list);
}

function entriesOf(before: readonly unknown[], entry: EntryChange): readonly unknown[] {
  switch (entry.is) {
    case 'kept':
      return before.slice(entry.from, entry.from + entry.count);
    case 'changed':
      return [after(before[entry.at], entry.change)];
    case 'new':
      return [entry.value];
  }
}
