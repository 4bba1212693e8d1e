/** Dice of the demo host: enough of the notation for a tray, each die told. */
import type { Die, Mode, Natural, Roll, RollTerm } from '~/features/sheet/model';
import { refuse } from './world';

export interface Part {
  label: string;
  value: number;
}

const cast = (sides: number): Die => {
  const face = 1 + Math.floor(Math.random() * sides);
  return { sides, face, value: face, rerolled: [], kept: true };
};

/** Keeps the highest or lowest few of a term; the others are dropped. */
function keep(dice: Die[], count: number, high: boolean): void {
  const order = [...dice].sort((a, b) => (high ? b.face - a.face : a.face - b.face));
  for (const die of order.slice(count)) die.kept = false;
}

const sum = (dice: readonly Die[]) => dice.reduce((total, die) => total + (die.kept ? die.value : 0), 0);

function done(notation: string, terms: RollTerm[]): Roll {
  const d20 = terms.flatMap((term) => term.dice).filter((die) => die.sides === 20 && die.kept);
  const face = d20.length === 1 ? d20[0]?.face : undefined;
  const natural: Natural | null = face === 20 ? 'twenty' : face === 1 ? 'one' : null;
  return { notation, terms, total: terms.reduce((total, term) => total + term.subtotal, 0), natural };
}

const plainTerm = ({ label, value }: Part): RollTerm => ({
  notation: String(Math.abs(value)),
  label,
  subtotal: value,
  dice: [],
  parts: [],
});

/** A d20 with the terms of a number, each with its name; `face` is a die that was rolled by hand. */
export function test(parts: readonly Part[], mode: Mode, face: number | null = null): Roll {
  const two = face === null && (mode === 'advantage' || mode === 'disadvantage');
  const dice = two ? [cast(20), cast(20)] : [cast(20)];
  if (face !== null && dice[0]) Object.assign(dice[0], { face, value: face });
  if (two) keep(dice, 1, mode === 'advantage');
  const bare = two ? `2d20k${mode === 'advantage' ? 'h' : 'l'}1` : '1d20';
  const counted = parts.filter((part) => part.value !== 0);
  const total = counted.reduce((all, part) => all + part.value, 0);
  const notation = total === 0 ? bare : `${bare}${total > 0 ? '+' : '-'}${Math.abs(total)}`;
  return done(notation, [
    { notation: bare, label: '', subtotal: sum(dice), dice, parts: [] },
    ...counted.map(plainTerm),
  ]);
}

/** Rolls a notation: `2d6+3`, `4d6kh3`, `1d20-1`. */
export function rolled(
  notation: string,
  {
    mode = 'normal',
    critical = false,
    labels = [],
  }: { mode?: Mode; critical?: boolean; labels?: readonly Part[] } = {},
): Roll {
  const text = notation.replace(/\s/g, '').replaceAll('−', '-').toLowerCase();
  const pieces = text.match(/[+-]?[^+-]+/g) ?? [];
  const terms = pieces.map((piece): RollTerm => {
    const sign = piece.startsWith('-') ? -1 : 1;
    const bare = piece.replace(/^[+-]/, '');
    const number = /^\d+$/.exec(bare);
    if (number) return plainTerm({ label: '', value: sign * Number(bare) });
    const read = /^(\d*)d(\d+)(?:k([hl])(\d+))?$/.exec(bare);
    const [count, sides] = [Number(read?.[1] || 1), Number(read?.[2])];
    if (!read || count < 1 || count > 100 || sides < 2 || sides > 1000)
      return refuse({
        code: 'invalid',
        message: `“${bare}” is no dice.`,
        hint: 'Write up to 100 dice like 2d6+3 or 4d6kh3.',
        cell: null,
      });
    const two = sides === 20 && count === 1 && (mode === 'advantage' || mode === 'disadvantage');
    const dice = Array.from({ length: (two ? 2 : count) * (critical ? 2 : 1) }, () => cast(sides));
    if (two) keep(dice, 1, mode === 'advantage');
    else if (read[3]) keep(dice, Number(read[4]), read[3] === 'h');
    const written = two ? `2d20k${mode === 'advantage' ? 'h' : 'l'}1` : bare;
    return { notation: written, label: '', subtotal: sign * sum(dice), dice, parts: [] };
  });
  if (terms.length === 0)
    return refuse({
      code: 'invalid',
      message: 'There is nothing to roll.',
      hint: 'Write dice like 2d6+3.',
      cell: null,
    });
  return done(text, [...terms, ...labels.filter(({ value }) => value !== 0).map(plainTerm)]);
}
