/** What can be done at the table from the keyboard and the palette. */
import Coffee from '@lucide/svelte/icons/coffee';
import Dices from '@lucide/svelte/icons/dices';
import Moon from '@lucide/svelte/icons/moon';
import type { Action } from '~/state/actions.svelte';
import type { SheetPage } from '../page.svelte';

export function tableActions(page: SheetPage, toggleDice: () => void): readonly Action[] {
  const { table } = page;
  const group = 'At the table';
  const enabled = () => table.ready;
  return [
    {
      id: 'table.dice',
      label: 'Dice tray',
      group,
      keys: 'd',
      icon: Dices,
      words: 'roll log notation d20',
      run: toggleDice,
    },
    {
      id: 'table.initiative',
      label: 'Roll initiative',
      group,
      keys: 'i',
      enabled,
      run: () => table.roll('/combat/initiative', null),
    },
    {
      id: 'table.short-rest',
      label: 'Short rest…',
      group,
      keys: 's',
      icon: Coffee,
      words: 'hit dice recover hour',
      enabled,
      run: () => (table.rest = 'short'),
    },
    {
      id: 'table.long-rest',
      label: 'Long rest…',
      group,
      keys: 'l',
      icon: Moon,
      words: 'sleep night recover',
      enabled,
      run: () => (table.rest = 'long'),
    },
    {
      id: 'table.turn',
      label: 'Begin a turn',
      group,
      words: 'recharge combat',
      enabled,
      run: () => table.act({ do: 'start_turn' }),
    },
  ];
}
