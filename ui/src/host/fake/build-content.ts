/** A little content for the demo host's builder, in the shapes of its choices; what there is stands in the files beside this. */
import type { Ability } from '~/features/sheet/model';

export interface Slot {
  slot: string;
  name: string;
  count: number;
  from: 'skills' | 'styles' | 'weapons' | 'feats' | 'orders' | 'expertise' | 'abilities' | 'languages';
  of?: readonly string[];
}

export interface Gift {
  name: string;
  text: string;
  slots?: readonly Slot[];
}

export interface Klass {
  saves: readonly Ability[];
  primary: readonly Ability[];
  text: string;
  array: readonly number[];
  levels: Record<number, readonly Gift[]>;
  subclass: string;
  casts?: { ability: Ability; cantrips: number; prepared: readonly number[] };
  start: readonly {
    option: string;
    text: string;
    items: readonly string[];
    gp: number;
    open?: readonly string[];
  }[];
}

/** Coins in place of things to start with. */
export function coins(option: string, gp: number): Klass['start'][number] {
  return { option, text: `${gp} gp`, items: [], gp };
}
