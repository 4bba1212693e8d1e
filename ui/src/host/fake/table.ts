/** Play at the table for the demo host: the deeds of an evening, close to the rules, and the log of its rolls. */
import type {
  Action,
  ActOutcome,
  EditOutcome,
  Mode,
  Roll,
  RollLine,
  RollRequest,
  SheetView,
} from '~/features/sheet/model';
import { ordered } from '~/features/sheet/keyed';
import { spellOf } from './spell-rolls';
import { convert } from './table-convert';
import { clearSaves, deathSave, heal, hurtAtZero, refuseDead, revive, stabilize } from './table-death';
import { no, partsOf, say, set, type Deed } from './table-deed';
import { rolled, test } from './table-dice';
import { rollSpell, throwSpell } from './table-spells';
import { count, suppliesOf, supplyOf } from './table-supply';
import { handle } from './table-things';
import { makeUse } from './table-uses';
import type { Commands, World } from './world';

export default function tableCommands(world: World): Commands {
  const log: RollLine[] = [];
  const run = (command: string, args: Record<string, unknown>) => world.run(command, args);

  function remember(who: string, label: string, roll: Roll): RollLine {
    const line = { id: crypto.randomUUID(), time: world.now().toISOString(), who, label, roll };
    log.unshift(line);
    return line;
  }

  function act(id: string, action: Action): ActOutcome {
    const view = run('sheet_show', { id }) as SheetView;
    const deed: Deed = { view, title: '', lines: [], edits: [], rolls: [], prompts: [] };
    enact(deed, action);
    const edit =
      deed.edits.length === 0
        ? null
        : (run('sheet_edit', {
            request: { id, branch: null, base: view.commit, changes: deed.edits, message: deed.title },
          }) as EditOutcome);
    for (const roll of deed.rolls) remember(view.row.display_name, deed.title, roll);
    const { title, lines, rolls, prompts } = deed;
    return { outcome: { title, lines, writes: [], rolls, prompts }, edit };
  }

  return {
    sheet_act: ({ id, action }) => act(String(id), action as Action),
    sheet_roll: ({ id, roll }) => {
      const { notation, label, mode, critical } = roll as RollRequest;
      const who = world.rows.find((row) => row.id === id)?.display_name ?? '';
      return remember(who, label, rolled(notation, { mode, critical }));
    },
    sheet_rolls: () => log,
  };
}

function enact(deed: Deed, action: Action): void {
  switch (action.do) {
    case 'damage':
      return hurt(deed, action.amount, action.kind, action.half);
    case 'heal':
      refuseDead(deed);
      if (deed.view.sheet.combat.current_hp === deed.view.sheet.combat.hp_maximum)
        no('No hit points are missing.');
      heal(deed, action.amount, '');
      deed.title = `Healed ${action.amount}`;
      return;
    case 'temporary_hit_points': {
      const now = deed.view.sheet.combat.temporary_hp;
      deed.title = `${action.amount} temporary hit points`;
      if (action.amount <= now) say(deed, 'Temporary hit points', now, now, 'the larger number stands');
      else {
        set(deed, '/combat/temporary_hp', action.amount);
        say(deed, 'Temporary hit points', now, action.amount);
      }
      return;
    }
    case 'death_save':
      return deathSave(deed, action.mode, action.face);
    case 'stabilize':
      return stabilize(deed);
    case 'revive':
      return revive(deed, action.hit_points);
    case 'convert':
      return convert(deed, action.exchange, action.slots ?? {});
    case 'concentration_save':
      return concentrationSave(deed, action.dc, action.mode, action.face);
    case 'add_condition': {
      const last = ordered(deed.view.source.conditions).at(-1)?.thing.rank ?? 'A';
      const { name, source, duration, level } = action;
      set(deed, `/conditions/${crypto.randomUUID()}`, {
        rank: `${last}V`,
        name,
        source,
        duration,
        level,
        notes: '',
      });
      deed.title = `Condition added: ${name}`;
      if (duration) say(deed, name, '', duration, source);
      return;
    }
    case 'remove_condition': {
      const name = deed.view.source.conditions[action.id]?.name ?? no('This condition has ended already.');
      deed.edits.push({ op: 'remove', path: `/conditions/${action.id}` });
      deed.title = `Condition ended: ${name}`;
      return;
    }
    case 'exhaustion': {
      const now = deed.view.sheet.combat.exhaustion_level;
      const next = Math.min(6, Math.max(0, now + action.delta));
      set(deed, '/combat/exhaustion', next);
      say(deed, 'Exhaustion', now, next);
      deed.title = `Exhaustion ${next}`;
      return;
    }
    case 'concentrate':
      concentrate(deed, action.on);
      deed.title = `Concentrates on ${action.on}`;
      return;
    case 'end_concentration':
      deed.title = `No longer concentrates on ${deed.view.sheet.combat.concentration}`;
      set(deed, '/combat/concentration', '');
      return;
    case 'gain_inspiration':
    case 'spend_inspiration':
      deed.title = `${action.do === 'gain_inspiration' ? 'Gained' : 'Spent'} Heroic Inspiration`;
      set(deed, '/identity/heroic_inspiration', action.do === 'gain_inspiration');
      return;
    case 'spend':
    case 'regain': {
      const supply = supplyOf(deed, action.counter);
      const amount = action.amount ?? supply.max;
      count(deed, supply, action.do === 'spend' ? -amount : amount);
      deed.title = `${supply.name}: ${action.do === 'spend' ? 'spent' : 'regained'} ${amount}`;
      return;
    }
    case 'short_rest':
    case 'long_rest':
      return rest(deed, action);
    case 'cast':
      return cast(deed, action);
    case 'roll_spell':
      return rollSpell(deed, action);
    case 'roll':
      return roll(deed, action.cell, action.mode);
    case 'weapon_damage':
      return damage(deed, action.weapon, action.two_handed, action.critical, action.riders ?? []);
    case 'use':
      return makeUse(deed, action, {
        heal,
        spend: (of, cell) => count(of, supplyOf(of, cell), -1),
        parts: partsOf,
      });
    case 'equip':
    case 'unequip':
    case 'attune':
    case 'unattune':
      return wear(deed, action.do, action.item);
    case 'start_turn':
    case 'dawn':
      deed.title = action.do === 'dawn' ? 'Dawn' : 'A turn begins';
      say(deed, 'Nothing comes back', '', '', 'all there is, is there');
      return;
    default:
      if (!handle(deed, action)) no('The demo does not play this.', 'The desktop program does.');
  }
}

function hurt(deed: Deed, rolledAmount: number, kind: string | null, half: boolean): void {
  refuseDead(deed);
  const { combat } = deed.view.sheet;
  let amount = half ? Math.floor(rolledAmount / 2) : rolledAmount;
  if (half) say(deed, 'Damage', rolledAmount, amount, 'half, by the save', 'damage');
  if (kind && combat.resistances.includes(kind)) {
    say(deed, 'Damage', amount, Math.floor(amount / 2), `resistant to ${kind}, half`, 'damage');
    amount = Math.floor(amount / 2);
  }
  if (kind && combat.immunities.includes(kind)) amount = 0;
  deed.title = `Took ${amount || 'no'}${kind ? ` ${kind}` : ''} damage`;
  const absorbed = Math.min(combat.temporary_hp, amount);
  if (absorbed > 0) {
    set(deed, '/combat/temporary_hp', combat.temporary_hp - absorbed);
    say(deed, 'Temporary hit points', combat.temporary_hp, combat.temporary_hp - absorbed, 'lost first');
  }
  const next = Math.max(0, combat.current_hp - (amount - absorbed));
  if (next !== combat.current_hp) {
    set(deed, '/combat/damage_taken', combat.hp_maximum - next);
    say(deed, 'Hit points', combat.current_hp, `${next} of ${combat.hp_maximum}`, '', 'hurt');
  }
  if (combat.current_hp === 0 && amount > 0) hurtAtZero(deed);
  else if (next === 0 && combat.current_hp > 0) {
    clearSaves(deed);
    if (combat.concentration) set(deed, '/combat/concentration', '');
    say(deed, 'Dying', '', '', '0 hit points: a death save at the start of each turn', 'dying');
  } else if (amount > 0 && combat.concentration) {
    const dc = Math.min(30, Math.max(10, Math.floor(amount / 2)));
    deed.prompts.push({
      title: `Constitution save to keep concentrating on ${combat.concentration}`,
      dc,
      cell: '/statistics/saving_throws/constitution',
      action: { do: 'concentration_save', dc, face: null, mode: 'normal', bonus: null },
    });
  }
}

function concentrationSave(deed: Deed, dc: number, mode: Mode, face: number | null): void {
  const on = deed.view.sheet.combat.concentration;
  const made = test(partsOf(deed, '/statistics/saving_throws/constitution'), mode, face);
  deed.rolls.push(made);
  deed.title = made.total >= dc ? `Keeps concentrating on ${on}` : `Lost concentration on ${on}`;
  say(
    deed,
    'Concentration',
    '',
    '',
    `${made.total} against DC ${dc}`,
    made.total >= dc ? 'success' : 'failure',
  );
  if (made.total < dc) set(deed, '/combat/concentration', '');
}

function concentrate(deed: Deed, on: string): void {
  const before = deed.view.sheet.combat.concentration;
  set(deed, '/combat/concentration', on);
  say(deed, 'Concentration', before, on);
}

function roll(deed: Deed, cell: string, mode: Mode): void {
  const last = (cell.split('/').at(-1) ?? '').replaceAll('_', ' ');
  const weapon = deed.view.sheet.actions.weapons.find(({ id }) => cell.includes(id))?.name;
  const name = weapon ? `${weapon} attack` : last.charAt(0).toUpperCase() + last.slice(1);
  const made = test(partsOf(deed, cell), mode);
  deed.rolls.push(made);
  const kind = cell.includes('saving_throws') ? ' save' : cell.includes('modifiers') ? ' check' : '';
  deed.title = `${name}${kind}: ${made.total}`;
  if (weapon && made.natural === 'twenty') say(deed, 'Critical hit', '', '', '20 on the die', 'critical');
  if (weapon && made.natural === 'one') say(deed, 'Miss', '', '', '1 on the die', 'miss');
}

function damage(deed: Deed, id: string, two: boolean, critical: boolean, riders: readonly string[]): void {
  const weapon =
    deed.view.sheet.actions.weapons.find((one) => one.id === id) ?? no('The character has no such attack.');
  const source = deed.view.source.actions.weapons[id];
  const dice =
    (two ? source?.versatile : source?.damage) ||
    no(`${weapon.name} has no damage dice.`, 'Write them down first.');
  const made = rolled(dice, { critical, labels: partsOf(deed, `/actions/weapons/${id}/damage_bonus`) });
  deed.rolls.push(made);
  say(deed, 'Damage', '', `${made.total} ${weapon.damage_type}`, made.notation, 'damage');
  let sum = made.total;
  for (const rider of weapon.riders?.filter((own) => riders.includes(own.id)) ?? []) {
    const more = rolled(rider.dice, { critical });
    deed.rolls.push(more);
    const type = rider.types[0] ?? weapon.damage_type;
    say(deed, rider.name, '', `${more.total} ${type}`, more.notation, 'damage');
    sum += more.total;
  }
  deed.title = `${weapon.name}: ${sum} damage`;
}

function rest(deed: Deed, action: Extract<Action, { do: 'short_rest' | 'long_rest' }>): void {
  const { combat, statistics } = deed.view.sheet;
  if (combat.current_hp === 0)
    no('Nobody begins a rest at 0 hit points.', 'Heal the character first.', '/combat/damage_taken');
  const why = action.do === 'short_rest' ? 'short rest' : 'long rest';
  deed.title = `Finished a ${why}`;
  if (action.do === 'short_rest') {
    let gained = 0;
    for (const [die, wanted] of Object.entries(action.hit_dice)) {
      count(deed, supplyOf(deed, `/combat/hit_dice_used/${die}`), -wanted);
      for (let index = 0; index < wanted; index += 1) {
        const made = rolled(`1${die}`, {
          labels: [{ label: 'Constitution', value: statistics.ability_modifiers.constitution }],
        });
        deed.rolls.push(made);
        gained += Math.max(1, made.total);
        say(deed, `Hit die ${die}`, '', Math.max(1, made.total), made.notation, 'roll');
      }
    }
    heal(deed, gained, 'hit dice');
  } else {
    heal(deed, combat.hp_maximum, why);
    if (combat.temporary_hp > 0) {
      set(deed, '/combat/temporary_hp', 0);
      say(deed, 'Temporary hit points', combat.temporary_hp, 0, 'they end with a long rest');
    }
    if (combat.exhaustion_level > 0) {
      set(deed, '/combat/exhaustion', combat.exhaustion_level - 1);
      say(deed, 'Exhaustion', combat.exhaustion_level, combat.exhaustion_level - 1, 'one level less');
    }
  }
  for (const supply of suppliesOf(deed))
    if (supply.back === 'short' || (supply.back === 'long' && action.do === 'long_rest'))
      count(deed, supply, supply.max - supply.left, why);
}

function cast(deed: Deed, action: Extract<Action, { do: 'cast' }>): void {
  const { caster, spell } =
    spellOf(deed.view.sheet.spellcasting.casters, action.spell) ??
    no('The character does not have this spell.');
  const how = action.with;
  const counter =
    how.by === 'slot'
      ? `/spellcasting/slots/${how.level}/used`
      : how.by === 'pact'
        ? '/spellcasting/pact/used'
        : how.by === 'uses'
          ? how.counter
          : null;
  deed.title =
    how.by === 'slot'
      ? `Cast ${spell.name} with a level ${how.level} slot`
      : how.by === 'ritual'
        ? `Cast ${spell.name} as a ritual`
        : `Cast ${spell.name}`;
  if (counter !== null) count(deed, supplyOf(deed, counter), -1);
  if (spell.concentration) concentrate(deed, spell.name);
  const asks = !spell.known || (spell.saves ?? []).length > 0;
  if (asks && caster.spell_save_dc) say(deed, 'Save DC', '', caster.spell_save_dc, caster.class, 'note');
  const level = how.by === 'slot' ? how.level : spell.level;
  if (action.roll) throwSpell(deed, caster, spell, { level, attack: action.attack });
  else if (action.attack)
    deed.rolls.push(
      test(partsOf(deed, `/spellcasting/casters/${caster.id}/spell_attack_bonus`), action.attack),
    );
}

function wear(deed: Deed, what: 'equip' | 'unequip' | 'attune' | 'unattune', id: string): void {
  const { equipment } = deed.view.sheet;
  const magic = equipment.magical_items.find((item) => item.id === id);
  const item =
    magic ?? equipment.inventory.find((one) => one.id === id) ?? no('This thing is not carried any more.');
  const on = what === 'equip' || what === 'attune';
  if (what === 'attune' && equipment.attuned_count >= 3)
    no(
      'Nobody is attuned to more than three items.',
      'End another attunement first.',
      '/equipment/magical_items',
    );
  const field = what === 'equip' || what === 'unequip' ? 'equipped' : 'attuned';
  set(deed, `/equipment/${magic ? 'magical_items' : 'inventory'}/${id}/${field}`, on);
  deed.title = {
    equip: 'Puts on',
    unequip: 'Takes off',
    attune: 'Attunes to',
    unattune: 'Ends the attunement to',
  }[what];
  deed.title += ` ${item.name}`;
}
