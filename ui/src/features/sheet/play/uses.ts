/** What features do when they are used, in words. Whether it is allowed, and what comes of it, is said when it is done. */
import type { RiderEntry, UseEntry, UseYield } from '../model';
import { ACTIVATIONS } from '../words';
import { given } from './exchanges';

/** Says when it is done, where it comes from, and what it costs: `bonus action · Fighter 1 · 1 Second Wind`. */
export function underUse(use: UseEntry): string {
  const when =
    use.activation === 'passive' || use.activation === 'other'
      ? ''
      : ACTIVATIONS[use.activation].replace(/s$/, '').toLowerCase();
  return [when, use.source, costs(use), use.when].filter((part) => part !== '').join(' · ');
}

/** What it costs: `1 Focus Points`, `1 to 25 Lay On Hands`, `a spell slot`. */
export function costs({ cost, most }: Pick<UseEntry, 'cost' | 'most'>): string {
  const range = cost.of === 'uses' && most !== null && most > cost.amount;
  return range ? `${cost.amount} to ${most} ${cost.name}` : given(cost);
}

/** What one of its numbers is called: `Healing`, `Dexterity save DC`, `fire damage, half on a save`. */
export function calledYield(own: UseYield): string {
  if (own.of === 'uses') return own.roll === '' ? `all ${own.name} back` : `${own.name} back`;
  const name = own.types.length > 0 ? `${own.types.join(' or ')} ${own.name.toLowerCase()}` : own.name;
  return `${name}${own.each ? ' for each' : ''}${own.half ? ', half on a save' : ''}`;
}

/** Dice that may be added to a hit: `Sneak Attack 3d6`. */
export const calledRider = ({ name, dice, types }: RiderEntry): string =>
  [name, dice, types.join(' or ')].filter((part) => part !== '').join(' ');

/** Whether something is to be chosen before it is used: how much, which slot, who gets it. */
export function isChosen(use: UseEntry): boolean {
  const range = use.cost.of === 'uses' && use.most !== null && use.most > use.cost.amount;
  return range || use.cost.of === 'slot' || use.yields.some(({ to }) => to === 'anyone');
}
