/** What a computed cell is called where it stands alone: `Stealth`, `Longbow: attack bonus`. */
import type { Source } from '../model';
import { namesOf, pointer, read } from '../path';
import { human } from '../words';

export function cellName(cell: string, source: Source): string {
  const names = namesOf(cell);
  const [, part = '', third = ''] = names;
  const last = human(names.at(-1) ?? cell);
  if (part === 'saving_throws') return `${last} save`;
  if (part === 'ability_modifiers') return `${last} modifier`;
  const owner = read(source, pointer(...names.slice(0, 3)));
  if (names.length > 3 && typeof owner === 'object' && owner !== null) {
    const own = 'name' in owner ? owner.name : 'class' in owner ? owner.class : third;
    if (typeof own === 'string' && own !== '') return `${own}: ${last.toLowerCase()}`;
  }
  return last;
}
