/** What a CommandPalette offers, and how it is searched. */
import type { Component } from 'svelte';
import { fold } from './options';

export interface PaletteItem {
  id: string;
  label: string;
  group: string;
  detail?: string;
  keys?: string;
  /** More words by which it is found. */
  words?: string;
  icon?: Component<{ size?: number | string; 'aria-hidden'?: 'true' }>;
  run: () => unknown;
}

/**
 * Orders the items that contain every typed word; a label that begins with the text comes before one with a word that
 * does, that before one that merely contains it.
 */
export function searchPalette(items: readonly PaletteItem[], typed: string): PaletteItem[] {
  const text = fold(typed.trim());
  if (text === '') return [...items];
  const words = text.split(/\s+/);
  return items
    .map((item, index) => {
      const label = fold(item.label);
      const all = `${label} ${fold(`${item.detail ?? ''} ${item.words ?? ''} ${item.group}`)}`;
      if (!words.every((word) => all.includes(word))) return null;
      const rank = label.startsWith(text) ? 0 : label.includes(` ${text}`) ? 1 : label.includes(text) ? 2 : 3;
      return { item, index, rank };
    })
    .filter((entry) => entry !== null)
    .sort((a, b) => a.rank - b.rank || a.index - b.index)
    .map((entry) => entry.item);
}

/** Gathers items under their groups, in the order in which the groups first appear. */
export function paletteGroups(items: readonly PaletteItem[]): { name: string; items: PaletteItem[] }[] {
  const groups: { name: string; items: PaletteItem[] }[] = [];
  for (const item of items) {
    let group = groups.find((candidate) => candidate.name === item.group);
    if (!group) groups.push((group = { name: item.group, items: [] }));
    group.items.push(item);
  }
  return groups;
}
