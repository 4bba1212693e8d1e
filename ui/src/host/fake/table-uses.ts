/** Uses of features and dice that are added to hits, as the demo host plays them. */
import type { Action, Roll } from '~/features/sheet/model';
import { no, say, set, type Deed } from './table-deed';
import { rolled, type Part } from './table-dice';

export interface Hands {
  heal: (deed: Deed, amount: number, why: string) => void;
  spend: (deed: Deed, cell: string) => void;
  parts: (deed: Deed, cell: string) => Part[];
}

/** Uses a feature: pays, rolls, and gives its user what is for it. */
export function makeUse(
  deed: Deed,
  action: Extract<Action, { do: 'use' }>,
  { heal, spend, parts }: Hands,
): void {
  const { actions, combat } = deed.view.sheet;
  const use =
    actions.uses?.find(({ id }) => id === action.id) ?? no('The character has no such use of a feature.');
  const alone = use.yields.length === 1 && use.yields[0]?.of === 'healing' && !action.other;
  if (alone && combat.current_hp === combat.hp_maximum)
    no(`${use.name}: no hit points are missing.`, 'Keep it for later.');
  if (use.cost.of === 'uses') spend(deed, use.cost.counter);
  const told: string[] = [];
  for (const own of use.yields) {
    if (own.of === 'save') {
      say(deed, own.name, '', own.amount, '', 'note');
      told.push(`${own.name} ${own.amount}`);
      continue;
    }
    const made: Roll = rolled(own.dice, { labels: own.cell ? parts(deed, own.cell) : [] });
    const points = Math.max(0, made.total);
    deed.rolls.push(made);
    const kind = own.of === 'damage' ? 'damage' : 'roll';
    say(deed, own.name, '', `${points} ${own.types.join(' or ')}`.trim(), made.notation, kind);
    const user = own.to === 'user' || (own.to === 'anyone' && !action.other);
    if (own.of === 'healing' && user) {
      heal(deed, points, '');
      told.push(`regained ${Math.min(points, combat.hp_maximum - combat.current_hp)} hit points`);
    } else if (own.of === 'healing') told.push(`${points} healing for somebody else`);
    else if (own.of === 'temporary_hit_points') {
      if (user && points > combat.temporary_hp) set(deed, '/combat/temporary_hp', points);
      told.push(`${points} temporary hit points`);
    } else told.push(`${points} ${own.types.join(' or ')} ${own.name.toLowerCase()}`.replace('  ', ' '));
  }
  deed.title = told.length > 0 ? `${use.name}: ${told.join(', ')}` : `Used ${use.name}`;
}
