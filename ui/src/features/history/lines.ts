/** Sets what the rules made of a change below the changes that a person made; says how much there is. */
import type { ChangeLine } from '~/features/sheet/model';
import { counted } from '~/kit/format';

export interface Told {
  changes: ChangeLine[];
  consequences: ChangeLine[];
}

export function told(lines: readonly ChangeLine[]): Told {
  return {
    changes: lines.filter((line) => line.tone !== 'consequence'),
    consequences: lines.filter((line) => line.tone === 'consequence'),
  };
}

/** How much a sitting holds, each number with what it counts: `7 steps, 10 values changed`. */
export function extent(steps: number, changed: number): string {
  const parts = [];
  if (steps > 1) parts.push(counted(steps, 'step'));
  if (changed > 0) parts.push(`${counted(changed, 'value')} changed`);
  return parts.join(', ');
}

/** A word for what happened, for those who do not see the strike and the wash. */
export function toneWord(line: ChangeLine): string {
  return { added: 'added', removed: 'removed', changed: 'changed', moved: 'moved', consequence: 'becomes' }[
    line.tone
  ];
}
