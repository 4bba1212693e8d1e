/** Leaves out of two long values what both begin and end with, up to a few words around what differs. */

/** Values of at most this many characters are shown whole. */
const WHOLE = 60;
/** How many characters before and after the difference stay, to the end of the word. */
const AROUND = 24;

export function shortened(before: string, after: string): { before: string; after: string } {
  if (before === '' || after === '' || Math.max(before.length, after.length) <= WHOLE)
    return { before, after };
  const least = Math.min(before.length, after.length);
  let start = 0;
  while (start < least && before[start] === after[start]) start += 1;
  let end = 0;
  while (end < least - start && before.at(-1 - end) === after.at(-1 - end)) end += 1;
  // Whole words, and no half of a pair of characters.
  const from = Math.max(0, before.lastIndexOf(' ', Math.max(0, start - AROUND)) + 1);
  const cut = (value: string) => {
    const last = value.length - Math.max(0, end - AROUND);
    const space = value.indexOf(' ', last);
    const to = end <= AROUND || space < 0 ? value.length : space;
    return `${from > 0 ? '… ' : ''}${value.slice(from, to)}${to < value.length ? ' …' : ''}`;
  };
  return { before: cut(before), after: cut(after) };
}
