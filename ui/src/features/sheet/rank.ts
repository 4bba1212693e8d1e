/**
 * Fractional ranks: the order of keyed things as a text beside each, so that moving one touches no other.
 *
 * A rank is a fraction in base 62 without its leading `0.`; ranks compare as ASCII text. The backend reckons them the same way.
 */
const DIGITS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

function digit(text: string, index: number): number {
  return Math.max(0, DIGITS.indexOf(text[index] ?? '0'));
}

/** Gives a rank strictly between two; an absent bound is the beginning or the end. */
export function rankBetween(before: string | null, after: string | null): string {
  const low = before ?? '';
  let high = after !== null && compareRanks(low, after) < 0 ? after : null;
  let rank = '';
  for (let place = 0; ; place += 1) {
    const a = digit(low, place);
    const b = high === null ? DIGITS.length : digit(high, place);
    if (a + 1 < b) return rank + (DIGITS[(a + b) >> 1] ?? '');
    rank += DIGITS[a] ?? '';
    // Below the upper bound, or past its end (which only a foreign rank brings about): only the lower matters.
    if (a < b || (high !== null && place + 1 >= high.length)) high = null;
  }
}

/** Gives a rank after the last of some, growing slowly under repeated appending. */
export function rankAfter(ranks: readonly string[]): string {
  const last = ranks.reduce<string | null>(
    (most, rank) => (most === null || compareRanks(rank, most) > 0 ? rank : most),
    null,
  );
  if (last === null) return 'V';
  const end = DIGITS.indexOf(last.at(-1) ?? '');
  const next = end >= 0 && end + 1 < DIGITS.length ? last.slice(0, -1) + (DIGITS[end + 1] ?? '') : `${last}1`;
  return compareRanks(next, last) > 0 ? next : rankBetween(last, null);
}

/** Compares as the backend does: by code unit, never by the rules of a language. */
export function compareRanks(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
