/** Sets what the rules made of a change below the changes that a person made. */
import type { ChangeLine } from '~/features/sheet/model';

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

/** A word for what happened, for those who do not see the strike and the wash. */
export function toneWord(line: ChangeLine): string {
  return { added: 'added', removed: 'removed', changed: 'changed', moved: 'moved', consequence: 'becomes' }[
    line.tone
  ];
}
