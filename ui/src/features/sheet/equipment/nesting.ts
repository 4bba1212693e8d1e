/** Sets what lies in a container below it, as deep as it goes; what lies in nothing that exists stands at the top. */
import type { Entry } from '../model';

export interface Nested {
  rank: string;
  container: string | null;
}

export interface Placed<T> extends Entry<T> {
  depth: number;
}

/** `shut` tells which containers hide what lies in them. */
export function nested<T extends Nested>(
  entries: readonly Entry<T>[],
  shut: (id: string) => boolean = () => false,
): Placed<T>[] {
  const known = new Set(entries.map(({ id }) => id));
  const inside = new Map<string | null, Entry<T>[]>();
  for (const entry of entries) {
    const holder = entry.thing.container;
    const key = holder !== null && known.has(holder) && holder !== entry.id ? holder : null;
    inside.set(key, [...(inside.get(key) ?? []), entry]);
  }
  const placed: Placed<T>[] = [];
  const seen = new Set<string>();
  const place = (holder: string | null, depth: number) => {
    for (const entry of inside.get(holder) ?? []) {
      if (seen.has(entry.id)) continue;
      seen.add(entry.id);
      placed.push({ ...entry, depth });
      if (!shut(entry.id)) place(entry.id, depth + 1);
      else hide(entry.id);
    }
  };
  const hide = (holder: string) => {
    for (const entry of inside.get(holder) ?? []) {
      if (seen.has(entry.id)) continue;
      seen.add(entry.id);
      hide(entry.id);
    }
  };
  place(null, 0);
  // Two containers that lie in each other lie nowhere: they are shown at the top rather than not at all.
  for (const entry of entries) if (!seen.has(entry.id)) placed.push({ ...entry, depth: 0 });
  return placed;
}
