import { expect, test } from 'vitest';
import type { Action } from '../model';
import { isRolled, modeOf, withFace, withMode } from './mode';

const keys = (shiftKey: boolean, ctrlKey: boolean, metaKey = false) => ({ shiftKey, ctrlKey, metaKey });

test.each([
  [keys(false, false), null],
  [keys(true, false), 'advantage'],
  [keys(false, true), 'disadvantage'],
  [keys(false, false, true), 'disadvantage'],
  [keys(true, true), 'cancelled'],
])('%o asks for %s', (held, mode) => {
  expect(modeOf(held)).toBe(mode);
});

test('a mode and a face go only into what takes them', () => {
  const save: Action = { do: 'concentration_save', dc: 12, face: null, mode: 'normal', bonus: null };
  expect(withMode(save, 'advantage')).toEqual({ ...save, mode: 'advantage' });
  expect(withFace(save, 7)).toEqual({ ...save, face: 7 });
  const heal: Action = { do: 'heal', amount: 3 };
  expect(withMode(heal, 'advantage')).toBe(heal);
  expect(withFace(heal, 7)).toBe(heal);
});

test.each([
  ['/statistics/skills/stealth', true],
  ['/statistics/saving_throws/wisdom', true],
  ['/statistics/ability_modifiers/strength', true],
  ['/statistics/ability_scores/strength', false],
  ['/statistics/passive_perception', false],
  ['/combat/initiative', true],
  ['/combat/armor_class', false],
  ['/actions/weapons/longbow/attack_bonus', true],
  ['/actions/weapons/longbow/damage_bonus', false],
  ['/spellcasting/casters/main/spell_attack_bonus', true],
  ['/spellcasting/casters/main/spell_save_dc', false],
])('%s rolls a d20: %s', (cell, rolled) => {
  expect(isRolled(cell)).toBe(rolled);
});
