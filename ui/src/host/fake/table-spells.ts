/** Spells rolled at the table of the demo host: attacks, damage, healing, each beam by itself. */
import type { Action, CasterEntry, Mode, SpellEntry } from '~/features/sheet/model';
import { spellOf } from './spell-rolls';
import { no, partsOf, say, type Deed } from './table-deed';
import { rolled, test } from './table-dice';

export function rollSpell(deed: Deed, action: Extract<Action, { do: 'roll_spell' }>): void {
  const { caster, spell } =
    spellOf(deed.view.sheet.spellcasting.casters, action.spell) ??
    no('The character does not have this spell.');
  deed.title = spell.name;
  throwSpell(deed, caster, spell, {
    level: action.level ?? spell.level,
    roll: action.roll ?? undefined,
    attack: action.attack ? action.mode : null,
    critical: action.critical,
  });
}

export function throwSpell(
  deed: Deed,
  caster: CasterEntry,
  spell: SpellEntry,
  how: { level: number; roll?: number; attack?: Mode | null; critical?: boolean },
): void {
  const rolls = (spell.rolls ?? []).filter((roll, place) =>
    how.roll === undefined ? roll.when === '' : place === how.roll,
  );
  let critical = how.critical ?? false;
  const words: string[] = [];
  if (how.attack) {
    const made = test(partsOf(deed, `/spellcasting/casters/${caster.id}/spell_attack_bonus`), how.attack);
    deed.rolls.push(made);
    say(deed, 'To hit', '', made.total, '', 'roll');
    if (made.natural === 'one') {
      say(deed, 'Miss', '', '', '1 on the die', 'miss');
      deed.title += ': a miss';
      return;
    }
    critical ||= made.natural === 'twenty';
    if (critical) say(deed, 'Critical hit', '', '', '20 on the die', 'critical');
    words.push(`${made.total} to hit`);
  }
  for (const roll of rolls) {
    const dice = roll.at.findLast((at) => at.level <= how.level) ?? roll.at[0];
    if (!dice) continue;
    let sum = 0;
    const kind = roll.kind === 'damage' ? roll.damage_type : 'hit points';
    for (let beam = 0; beam < dice.times; beam += 1) {
      const labels = roll.bonus_cell ? partsOf(deed, roll.bonus_cell) : [];
      const made = rolled(dice.dice, { critical, labels });
      deed.rolls.push(made);
      sum += made.total;
      say(
        deed,
        roll.kind === 'damage' ? 'Damage' : 'Healing',
        '',
        `${made.total} ${kind}`,
        made.notation,
        'damage',
      );
      if (roll.on_save === 'half')
        say(deed, 'On a save', '', `${Math.floor(made.total / 2)} ${kind}`, 'half, rounded down', 'note');
    }
    words.push(`${sum} ${kind}`);
  }
  if (words.length > 0) deed.title += `: ${words.join(', ')}`;
}
