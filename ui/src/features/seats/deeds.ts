/** What can be done with seats from anywhere: entries of the rail's menu, actions of the palette. */
import Armchair from '@lucide/svelte/icons/armchair';
import UserCog from '@lucide/svelte/icons/user-cog';
import type { Role } from '~/api/wire';
import type { MenuEntry } from '~/kit/menu';
import type { Action } from '~/state/actions.svelte';
import { router } from '~/state/router.svelte';
import { seats, type Seats } from './seats.svelte';

export function roleWord(role: Role): string {
  return role === 'dm' ? 'DM' : 'player';
}

/** The menu in the rail: who may sit here, and where seats are made. */
export function seatEntries(table: Seats): MenuEntry[] {
  return [
    ...table.list.map((seat) => ({
      label: `${seat.name}${seat.role === 'dm' ? ' · DM' : ''}`,
      checked: seat.id === table.view?.seated,
      onselect: () => table.take(seat.id),
    })),
    'separator',
    {
      label: 'Seats and rules of the table',
      icon: UserCog,
      onselect: () => router.go({ screen: 'settings', part: 'table' }),
    },
  ];
}

/** “Sit as Maren”, for each that does not sit here. */
export function seatActions(table: Seats = seats): readonly Action[] {
  return [
    ...table.list.map((seat) => ({
      id: `seats.take.${seat.id}`,
      label: `Sit as ${seat.name}`,
      group: 'Seats',
      icon: Armchair,
      words: `switch seat player dm table profile ${roleWord(seat.role)}`,
      enabled: () => table.view?.seated !== seat.id,
      run: () => table.take(seat.id),
    })),
    {
      id: 'seats.settings',
      label: 'Seats and rules of the table',
      group: 'Seats',
      icon: UserCog,
      words: 'players dm review auto accept owner settings',
      run: () => router.go({ screen: 'settings', part: 'table' }),
    },
  ];
}
