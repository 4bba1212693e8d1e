/** Reads and writes the numbers of NumberField: limits, steps, signs, and entries such as `+5` or `-9`. */

export interface Limits {
  min?: number;
  max?: number;
  /** Digits after the point that are kept; 0 for whole numbers. */
  digits?: number;
}

/** Brings a number within its limits and to its digits. */
export function within(value: number, { min, max, digits = 0 }: Limits): number {
  const scale = 10 ** digits;
  const rounded = Math.round(value * scale) / scale;
  return Math.min(max ?? Infinity, Math.max(min ?? -Infinity, rounded));
}

/**
 * Reads what was typed.
 *
 * With `relative`, an entry that begins with a sign changes `present` by that much: `-9` at 40 is 31. Sums (`12+5`) are
 * added up. Answers `null` for nothing and `undefined` for what is no number.
 */
export function readNumber(
  text: string,
  present: number | null,
  relative = false,
): number | null | undefined {
  const clean = text.replace(/[\s_]/g, '').replace(/[−–]/g, '-').replace(',', '.');
  if (clean === '') return null;
  if (!/^[+-]?\d*\.?\d+([+-]\d*\.?\d+)*$/.test(clean)) return undefined;
  const terms = clean.match(/[+-]?\d*\.?\d+/g) ?? [];
  const sum = terms.reduce((total, term) => total + Number(term), 0);
  if (!Number.isFinite(sum)) return undefined;
  return relative && /^[+-]/.test(clean) ? (present ?? 0) + sum : sum;
}

/** Writes a number with its sign, with a true minus: `+4`, `−1`, `+0`. */
export function signed(value: number): string {
  return value < 0 ? `−${Math.abs(value)}` : `+${value}`;
}
