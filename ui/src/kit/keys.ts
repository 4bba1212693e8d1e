/**
 * Key combinations written as `Mod+Shift+Z`: `Mod` is the command key on a Mac and Control elsewhere.
 *
 * Single keys (`?`, `n`) are compared with what the key types, so that they work on any layout.
 */

/** Tells whether this is a Mac, whose modifier is the command key. */
export function onMac(): boolean {
  return typeof navigator !== 'undefined' && /Mac|iPhone|iPad/.test(navigator.platform);
}

const MAC: Record<string, string> = { Mod: '⌘', Shift: '⇧', Alt: '⌥', Ctrl: '⌃' };
const PLAIN: Record<string, string> = { Mod: 'Ctrl' };
const NAMES: Record<string, string> = {
  ArrowUp: '↑',
  ArrowDown: '↓',
  ArrowLeft: '←',
  ArrowRight: '→',
  Escape: 'Esc',
  Enter: '↵',
  ' ': 'Space',
};

/** Splits a combination into the caps to draw. */
export function keyCaps(keys: string, mac = onMac()): string[] {
  return parts(keys).map((part) => {
    const modifier = mac ? MAC[part] : PLAIN[part];
    return modifier ?? NAMES[part] ?? (part.length === 1 ? part.toUpperCase() : part);
  });
}

/** Tells whether a key press is the combination. */
export function pressed(event: KeyboardEvent, keys: string, mac = onMac()): boolean {
  const wanted = parts(keys);
  const key = wanted.pop() ?? '';
  const mod = wanted.includes('Mod');
  const ctrl = wanted.includes('Ctrl') || (mod && !mac);
  const meta = mod && mac;
  if (event.ctrlKey !== ctrl || event.metaKey !== meta) return false;
  if (event.altKey !== wanted.includes('Alt')) return false;
  const symbol = key.length === 1 && key.toLowerCase() === key.toUpperCase();
  // A symbol such as `?` already says whether Shift is needed, and that differs between keyboards.
  if (!symbol && event.shiftKey !== wanted.includes('Shift')) return false;
  return event.key.toLowerCase() === key.toLowerCase();
}

function parts(keys: string): string[] {
  // The plus key itself is written `Mod++`.
  return keys.endsWith('++')
    ? [...parts(keys.slice(0, -1).replace(/\+$/, '')), '+']
    : keys.split('+').filter(Boolean);
}
