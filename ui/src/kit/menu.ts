/** The entries of Menu and ContextMenu. */
import type { Component } from 'svelte';

export interface MenuAction {
  label: string;
  icon?: Component<{ size?: number | string; 'aria-hidden'?: 'true' }>;
  keys?: string;
  danger?: boolean;
  disabled?: boolean;
  /** For an entry that is on or off. */
  checked?: boolean;
  onselect: () => unknown;
}

export interface SubMenu {
  label: string;
  icon?: Component<{ size?: number | string; 'aria-hidden'?: 'true' }>;
  entries: MenuEntry[];
}

export type MenuEntry = MenuAction | SubMenu | 'separator';
