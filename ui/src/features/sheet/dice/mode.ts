/** With advantage or not: what the keys held down at a click ask for, and how an action carries it. */
import type { Action, Mode } from '../model';

/** Shift asks for advantage, Control (or Command) for disadvantage; both cancel each other. Without either: nothing asked. */
export function modeOf(
  event: Pick<MouseEvent | KeyboardEvent, 'shiftKey' | 'ctrlKey' | 'metaKey'>,
): Mode | null {
  const against = event.ctrlKey || event.metaKey;
  if (event.shiftKey) return against ? 'cancelled' : 'advantage';
  return against ? 'disadvantage' : null;
}

/** The action with a mode, where it rolls with one. */
export function withMode(action: Action, mode: Mode): Action {
  return 'mode' in action ? { ...action, mode } : action;
}

/** The action answered by a die that was rolled by hand, where it takes one. */
export function withFace(action: Action, face: number | null): Action {
  return 'face' in action ? { ...action, face } : action;
}

/** Whether a d20 is rolled with a number, as `sheet_act` takes it; the die stands beside those. */
export function isRolled(cell: string): boolean {
  return /^\/(combat\/(initiative|death_saves)|statistics\/(saving_throws|skills|ability_modifiers)\/[^/]+|actions\/weapons\/[^/]+\/attack_bonus|spellcasting\/casters\/[^/]+\/spell_attack_bonus)$/.test(
    cell,
  );
}

export const MODE_WORDS: Record<Mode, string> = {
  normal: '',
  advantage: 'advantage',
  disadvantage: 'disadvantage',
  cancelled: 'advantage and disadvantage',
};
