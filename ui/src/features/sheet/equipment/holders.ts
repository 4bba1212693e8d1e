/** What things can lie in: containers, those left out that lie in the thing themselves. */
import { ordered } from '../keyed';
import type { Source } from '../model';

export interface Holder {
  id: string;
  name: string;
}

export function holdersFor({ equipment }: Source, id: string): Holder[] {
  const all = [
    ...ordered(equipment.inventory).map(({ id, thing }) => ({
      id,
      thing,
      holds: thing.kind === 'container' || thing.capacity_lb !== null,
    })),
    ...ordered(equipment.magical_items).map(({ id, thing }) => ({
      id,
      thing,
      holds: thing.capacity_lb !== null,
    })),
  ];
  const around = new Map(all.map((entry) => [entry.id, entry.thing.container]));
  const within = (holder: string): boolean => {
    let at: string | null | undefined = holder;
    for (let steps = 0; at != null && steps <= all.length; steps += 1) {
      if (at === id) return true;
      at = around.get(at);
    }
    return false;
  };
  return all
    .filter((entry) => entry.holds && !within(entry.id))
    .map((entry) => ({ id: entry.id, name: entry.thing.name || 'Unnamed' }));
}
