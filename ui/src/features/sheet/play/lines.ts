/** How items of an outcome are set, by their sort. */
import type { LineKind } from '../model';

export type Tone = 'good' | 'bad' | 'plain';

const TONES: Partial<Record<LineKind, Tone>> = {
  critical: 'good',
  hit: 'good',
  success: 'good',
  healed: 'good',
  stable: 'good',
  miss: 'bad',
  failure: 'bad',
  hurt: 'bad',
  dying: 'bad',
  dead: 'bad',
};

/** Whether an item is good news for whoever did it, or bad. */
export function toneOf(kind: LineKind): Tone {
  return TONES[kind] ?? 'plain';
}
