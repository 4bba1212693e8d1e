/** At 0 hit points in the demo host: dying, stable, dead, and the ways back. */
import type { Vitality, Mode, Source } from '~/features/sheet/model';
import { no, say, set, type Deed } from './table-deed';
import { test } from './table-dice';

const DECIDED = 3;
const DEADLY_EXHAUSTION = 6;

/** How somebody stands between life and death. */
export function lifeOf({ record, combat }: Source, current: number, maximum: number): Vitality {
  if (combat.death_saves.failures >= DECIDED || combat.exhaustion >= DEADLY_EXHAUSTION) return 'dead';
  if (maximum <= 0 || current > 0) return 'up';
  return combat.death_saves.successes >= DECIDED || record.kind === 'monster' ? 'stable' : 'dying';
}

export function refuseDead(deed: Deed): void {
  if (deed.view.sheet.combat.life === 'dead') no('The character is dead.', 'Revive it first.');
}

export function heal(deed: Deed, amount: number, why: string): void {
  const { combat } = deed.view.sheet;
  const next = Math.min(combat.hp_maximum, combat.current_hp + amount);
  if (next === combat.current_hp) return;
  set(deed, '/combat/damage_taken', combat.hp_maximum - next);
  say(deed, 'Hit points', combat.current_hp, `${next} of ${combat.hp_maximum}`, why, 'healed');
  if (combat.death_saves.successes || combat.death_saves.failures) clearSaves(deed);
}

export function clearSaves(deed: Deed): void {
  set(deed, '/combat/death_saves/successes', 0);
  set(deed, '/combat/death_saves/failures', 0);
}

/** Takes damage at 0 hit points: a failure. */
export function hurtAtZero(deed: Deed): void {
  const { successes, failures } = deed.view.sheet.combat.death_saves;
  const next = Math.min(DECIDED, failures + 1);
  // Who was stable is dying again.
  if (successes >= DECIDED) set(deed, '/combat/death_saves/successes', 0);
  set(deed, '/combat/death_saves/failures', next);
  say(deed, 'Death save failures', failures, next, 'damage at 0 hit points', 'failure');
  if (next === DECIDED) say(deed, 'Dead', '', '', 'the third failed death save', 'dead');
}

export function deathSave(deed: Deed, mode: Mode, face: number | null): void {
  const { death_saves: saves, current_hp, hp_maximum } = deed.view.sheet.combat;
  refuseDead(deed);
  if (current_hp > 0) no('Death saves are made at 0 hit points only.', `There are ${current_hp} left.`);
  if (saves.successes >= DECIDED)
    no('The character is stable and makes no more death saves.', 'Heal it, or let it take damage.');
  const throwOf = test([], mode, face);
  deed.rolls.push(throwOf);
  if (throwOf.natural === 'twenty') {
    clearSaves(deed);
    set(deed, '/combat/damage_taken', hp_maximum - 1);
    deed.title = 'Death save: a 20, back with 1 hit point';
    return;
  }
  const good = throwOf.total >= 10;
  const cell = good ? 'successes' : 'failures';
  const next = Math.min(DECIDED, saves[cell] + (throwOf.natural === 'one' ? 2 : 1));
  set(deed, `/combat/death_saves/${cell}`, next);
  say(deed, `Death save ${cell}`, saves[cell], next, '', good ? 'success' : 'failure');
  deed.title = `Death save: ${good ? 'success' : 'failure'}, ${next} of 3`;
  if (next < DECIDED) return;
  if (good) stable(deed);
  else say(deed, 'Dead', '', '', 'the third failed death save', 'dead');
}

function stable(deed: Deed): void {
  set(deed, '/combat/death_saves/successes', DECIDED);
  set(deed, '/combat/death_saves/failures', 0);
  say(deed, 'Stable', '', '', 'unconscious, without death saves to make', 'stable');
}

export function stabilize(deed: Deed): void {
  refuseDead(deed);
  const { current_hp, life } = deed.view.sheet.combat;
  if (current_hp > 0) no('Only who has 0 hit points can be stabilized.', `There are ${current_hp} left.`);
  if (life === 'stable') no('The character is stable already.');
  deed.title = 'Stabilized';
  stable(deed);
}

export function revive(deed: Deed, points: number): void {
  const { life, hp_maximum, exhaustion_level } = deed.view.sheet.combat;
  if (life !== 'dead') no('The character is not dead.', 'Heal it.');
  deed.title = 'Brought back from death';
  if (exhaustion_level >= DEADLY_EXHAUSTION) set(deed, '/combat/exhaustion', DEADLY_EXHAUSTION - 1);
  const now = Math.min(points, hp_maximum);
  set(deed, '/combat/damage_taken', hp_maximum - now);
  say(deed, 'Hit points', 0, `${now} of ${hp_maximum}`, 'brought back', 'healed');
  clearSaves(deed);
}
