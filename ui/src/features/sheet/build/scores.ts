/** Ways to find six scores, as the form shows them; whether scores are lawful is said by the sheet's findings. */
import type { Ability, Build, CellEdit, RollLine, RollTerm, ScoreMethod } from '../model';
import { ABILITIES } from '../words';

export const METHODS: readonly { value: ScoreMethod; label: string }[] = [
  { value: 'standard_array', label: 'Standard array' },
  { value: 'point_buy', label: 'Point buy' },
  { value: 'rolled', label: 'Rolled' },
  { value: 'free', label: 'Free' },
];

export const STANDARD: readonly number[] = [15, 14, 13, 12, 10, 8];
/** What there is to spend, and what a bought score costs. */
export const POINTS = 27;
const COSTS: Record<number, number> = { 8: 0, 9: 1, 10: 2, 11: 3, 12: 4, 13: 5, 14: 7, 15: 9 };

export type Scores = Record<Ability, number>;

/** What a score costs; `undefined` for one that cannot be bought. */
export function costOf(score: number): number | undefined {
  return COSTS[score];
}

/** What six scores cost together; `undefined` if one cannot be bought. */
export function costOfAll(scores: Scores): number | undefined {
  let sum = 0;
  for (const ability of ABILITIES) {
    const cost = costOf(scores[ability]);
    if (cost === undefined) return undefined;
    sum += cost;
  }
  return sum;
}

/** The four faces of a kept roll, highest first; the last does not count. */
export function facesOf(roll: string): number[] {
  return roll
    .split(/\s+/)
    .map(Number)
    .filter((face) => face > 0)
    .sort((a, b) => b - a);
}

/** What kept rolls give, each with its faces, highest first. */
export function rolled(build: Build): { total: number; faces: number[] }[] {
  return Object.values(build.rolls)
    .map((roll) => facesOf(roll))
    .map((faces) => ({ faces, total: faces.slice(0, 3).reduce((sum, face) => sum + face, 0) }))
    .sort((a, b) => b.total - a.total);
}

/** Writes the dice of a roll as the sheet keeps them: `6 5 3 1`. */
export function kept(line: RollLine): string {
  const dice = (terms: readonly RollTerm[]): number[] =>
    terms.flatMap((term) => [...term.dice.map((die) => die.face), ...dice(term.parts)]);
  return dice(line.roll.terms).join(' ');
}

/** Hands values out so that the highest score stays the highest, and so on down. */
export function handedOut(scores: Scores, values: readonly number[]): Scores {
  const order = [...ABILITIES].sort((a, b) => scores[b] - scores[a]);
  const sorted = [...values].sort((a, b) => b - a);
  const result = { ...scores };
  order.forEach((ability, place) => (result[ability] = sorted[place] ?? result[ability]));
  return result;
}

/** Tells whether six scores are exactly these values, in any order. */
export function areThese(scores: Scores, values: readonly number[]): boolean {
  const sorted = (list: readonly number[]) => [...list].sort((a, b) => a - b).join(' ');
  return sorted(ABILITIES.map((ability) => scores[ability])) === sorted(values);
}

/** Gives a value to an ability; whoever has it takes the other in exchange. */
export function exchanged(scores: Scores, ability: Ability, value: number): Scores {
  const holder = ABILITIES.find((other) => other !== ability && scores[other] === value);
  return { ...scores, [ability]: value, ...(holder ? { [holder]: scores[ability] } : {}) };
}

export function scoreEdits(before: Scores, after: Scores): CellEdit[] {
  return ABILITIES.filter((ability) => before[ability] !== after[ability]).map((ability) => ({
    op: 'set',
    path: `/abilities/scores/${ability}`,
    value: after[ability],
  }));
}
