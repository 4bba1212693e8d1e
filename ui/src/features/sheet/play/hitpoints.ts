/** The edits behind the buttons of the hit points: damage goes to the temporary ones first, healing takes damage back. */
import type { CellEdit, Combat } from '../model';

/** At most `maximum` damage counts: nobody is hurt below nothing. */
export function damageEdits(combat: Combat, maximum: number, amount: number): CellEdit[] {
  const absorbed = Math.min(combat.temporary_hp, amount);
  const taken = Math.min(Math.max(maximum, combat.damage_taken), combat.damage_taken + amount - absorbed);
  const edits: CellEdit[] = [];
  if (absorbed > 0) edits.push(set('/combat/temporary_hp', combat.temporary_hp - absorbed));
  if (taken !== combat.damage_taken) edits.push(set('/combat/damage_taken', taken));
  return edits;
}

export function healingEdits(combat: Combat, amount: number): CellEdit[] {
  const left = Math.max(0, combat.damage_taken - amount);
  return left === combat.damage_taken ? [] : [set('/combat/damage_taken', left)];
}

function set(path: string, value: number): CellEdit {
  return { op: 'set', path, value };
}
