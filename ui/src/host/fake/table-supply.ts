/** What is counted on a sheet of the demo host: uses, charges, slots, hit dice; spent and given back. */
import type { Source, UsesLeft } from '~/features/sheet/model';
import { no, say, set, type Deed } from './table-deed';

/** What is left of the uses of a feature; nothing where it is not counted. */
export function usesOf(
  id: string,
  { max, used, recovery }: NonNullable<Source['actions']['features'][string]>['uses'],
): UsesLeft | null {
  if (max <= 0) return null;
  return {
    cell: `/actions/features/${id}/uses/used`,
    max,
    current: Math.min(max, Math.max(0, max - used)),
    recovery,
    short_rest: recovery === 'one_on_short_rest' ? 1 : 0,
    die: '',
  };
}

export interface Supply {
  cell: string;
  name: string;
  max: number;
  left: number;
  back: 'short' | 'long' | '';
}

export function suppliesOf(deed: Deed): Supply[] {
  const { actions, equipment, spellcasting, combat } = deed.view.sheet;
  const { pact_slots: pact } = spellcasting;
  return [
    ...actions.features.flatMap(({ name, uses }): Supply[] =>
      uses
        ? [
            {
              cell: uses.cell,
              name,
              max: uses.max,
              left: uses.current,
              back: uses.recovery === 'short_rest' ? 'short' : uses.recovery === 'long_rest' ? 'long' : '',
            },
          ]
        : [],
    ),
    ...equipment.magical_items.flatMap(({ id, name, charges }): Supply[] =>
      charges
        ? [
            {
              cell: `/equipment/magical_items/${id}/charges/used`,
              name,
              max: charges.max,
              left: charges.current,
              back: '',
            },
          ]
        : [],
    ),
    ...Object.entries(spellcasting.spell_slots).map(([level, { max, current }]): Supply => ({
      cell: `/spellcasting/slots/${level}/used`,
      name: `Level ${level} spell slots`,
      max,
      left: current,
      back: 'long',
    })),
    ...(pact
      ? [
          {
            cell: '/spellcasting/pact/used',
            name: 'Pact slots',
            max: pact.max,
            left: pact.current,
            back: 'short',
          } as const,
        ]
      : []),
    ...Object.entries(combat.hit_dice_total).map(([die, max]): Supply => ({
      cell: `/combat/hit_dice_used/${die}`,
      name: `Hit dice ${die}`,
      max,
      left: combat.hit_dice_remaining[die] ?? 0,
      back: 'long',
    })),
  ];
}

export const supplyOf = (deed: Deed, cell: string): Supply =>
  suppliesOf(deed).find((supply) => supply.cell === cell) ??
  no('Nothing on the sheet is counted there.', '', cell);

export function count(deed: Deed, supply: Supply, by: number, why = ''): void {
  if (supply.left + by < 0)
    no(`${supply.name}: ${supply.left || 'none'} left.`, 'A rest brings them back.', supply.cell);
  const next = Math.min(supply.max, supply.left + by);
  if (next === supply.left) return;
  set(deed, supply.cell, supply.max - next);
  say(deed, supply.name, supply.left, next, why);
}
