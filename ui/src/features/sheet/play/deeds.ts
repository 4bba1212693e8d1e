/** What can be done at the table from the keyboard and the palette. */
import BookMarked from '@lucide/svelte/icons/book-marked';
import Coffee from '@lucide/svelte/icons/coffee';
import Coins from '@lucide/svelte/icons/coins';
import Dices from '@lucide/svelte/icons/dices';
import Moon from '@lucide/svelte/icons/moon';
import { tick } from 'svelte';
import type { Action } from '~/state/actions.svelte';
import type { SheetPage } from '../page.svelte';

/** Opens the purse where it stands, brought into sight first. */
async function openPurse(page: SheetPage): Promise<void> {
  if (page.section !== 'play') page.section = 'equipment';
  await tick();
  page.element?.querySelector('[data-purse]')?.scrollIntoView({ block: 'center' });
  page.table.purse = true;
}

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
      id: 'table.purse',
      label: 'Spend or gain coins…',
      group,
      keys: 'c',
      icon: Coins,
      words: 'pay price gold silver purse money change',
      enabled: () => table.ready && page.source.record.kind !== 'monster',
      run: () => openPurse(page),
    },
    {
      id: 'table.prepare',
      label: 'Prepare spells…',
      group,
      keys: 'p',
      icon: BookMarked,
      words: 'unprepare limit spellbook',
      enabled: () => table.ready && page.sheet.spellcasting.casters.length > 0,
      run: () => (table.preparing = true),
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
