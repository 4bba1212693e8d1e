/** Spells at the table: the rows tell attack, save and dice, and a press casts and rolls at the slot that is taken. */
import { render, screen, waitFor, within } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { beforeEach, expect, test, vi } from 'vitest';
import { fakeHost, type FakeHost } from '~/host/fake';
import { useHost } from '~/host/host';
import { toasts } from '~/state/toasts.svelte';
import { blankSpell } from '../blanks';
import { dice } from '../dice/dice.svelte';
import { documents } from '../documents.svelte';
import { SheetPage } from '../page.svelte';
import Sheet from '../Sheet.svelte';

let backend: FakeHost;
const user = userEvent.setup();

beforeEach(() => {
  backend = fakeHost();
  useHost(backend);
  dice.open = false;
  dice.dismiss();
  dice.mode = 'normal';
  for (const toast of toasts.list) toasts.close(toast.id);
});

async function cleric() {
  const id = backend.world.rows.find((row) => row.handle === 'sorrel-quickfen')?.id ?? '';
  const page = new SheetPage(documents.open(id), 'play');
  await page.doc.open();
  const known = (name: string, level: number) => ({
    op: 'set' as const,
    path: `/spellcasting/spells/${name.toLowerCase().replace(' ', '-')}`,
    value: { ...blankSpell(), rank: `z${name}`, name, level, caster: 'cleric', prepared: level > 0 },
  });
  await page.doc.edit([
    known('Sacred Flame', 0),
    known('Guiding Bolt', 1),
    known('Burning Hands', 1),
    known('Cure Wounds', 1),
  ]);
  const { container } = render(Sheet, { props: { page } });
  const row = (name: string) =>
    screen.getByRole('button', { name: `Cast ${name}` }).closest('li') as HTMLElement;
  await waitFor(() => row('Guiding Bolt'));
  return { page, row, container };
}

/** Every die shows this face of its sides: 0 is a one, just below 1 the highest. */
const fix = (share: number) => vi.spyOn(Math, 'random').mockReturnValue(share);

test('a row tells what the spell comes to', async () => {
  const { page, row } = await cleric();
  const caster = page.sheet.spellcasting.casters.find((one) => one.id === 'cleric');
  expect(row('Guiding Bolt')).toHaveTextContent(`+${caster?.spell_attack_bonus}`);
  expect(row('Guiding Bolt')).toHaveTextContent('4d6 radiant');
  expect(row('Sacred Flame')).toHaveTextContent(`DC ${caster?.spell_save_dc} Dex`);
  expect(row('Burning Hands')).toHaveTextContent('3d6 fire, half');
  expect(row('Cure Wounds')).toHaveTextContent('2d8+3 hit points');
  await user.click(within(row('Cure Wounds')).getByRole('button', { name: /^Cure Wounds 2d8/ }));
  expect(await screen.findByLabelText(/^Why Cure Wounds is/)).toHaveTextContent('Wisdom');
});

test('a press on Cast spends the slot and rolls its dice', async () => {
  const { page, row } = await cleric();
  fix(0);
  const before = page.sheet.spellcasting.spell_slots['1']?.current ?? 0;
  await user.click(within(row('Burning Hands')).getByRole('button', { name: 'Cast Burning Hands' }));
  await waitFor(() => expect(dice.latest?.title).toBe('Cast Burning Hands with a level 1 slot: 3 fire'));
  expect(page.sheet.spellcasting.spell_slots['1']?.current).toBe(before - 1);
  expect(dice.latest?.rolls[0]?.roll.terms[0]?.dice).toHaveLength(3);
});

test('another slot names its dice in the menu and rolls them', async () => {
  const { row } = await cleric();
  fix(0);
  const ways = () =>
    within(row('Burning Hands')).getByRole('button', { name: 'Other ways to cast Burning Hands' });
  await user.click(ways());
  await user.click(await screen.findByText(/^Level 2 slot, cast higher · 4d6 fire · \d left$/));
  await waitFor(() => expect(dice.latest?.title).toBe('Cast Burning Hands with a level 2 slot: 4 fire'));
});

test('the attack comes first: with advantage by Shift, dice doubled by a 20, none after a 1', async () => {
  const { row } = await cleric();
  fix(0.999);
  await user.keyboard('{Shift>}');
  await user.click(within(row('Guiding Bolt')).getByRole('button', { name: /^Roll Guiding Bolt/ }));
  await user.keyboard('{/Shift}');
  await waitFor(() => expect(dice.latest?.rolls).toHaveLength(2));
  expect(dice.latest?.rolls[0]?.roll.terms[0]?.dice).toHaveLength(2);
  expect(dice.latest?.rolls[1]?.roll.terms[0]?.dice, '4d6, doubled').toHaveLength(8);
  fix(0);
  await user.click(within(row('Guiding Bolt')).getByRole('button', { name: /^Roll Guiding Bolt/ }));
  await waitFor(() => expect(dice.latest?.title).toBe('Guiding Bolt: a miss'));
  expect(dice.latest?.rolls).toHaveLength(1);
});
