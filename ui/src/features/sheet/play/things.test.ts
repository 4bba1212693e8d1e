/** Coins, things, what is prepared and conditions, as a player uses them in the play part and in the parts of their own. */
import { render, screen, waitFor, within } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { beforeEach, expect, test, vi } from 'vitest';
import { fakeHost, type FakeHost } from '~/host/fake';
import { useHost } from '~/host/host';
import { toasts } from '~/state/toasts.svelte';
import { dice } from '../dice/dice.svelte';
import { documents } from '../documents.svelte';
import { holdersFor } from '../equipment/holders';
import { SheetPage } from '../page.svelte';
import Sheet from '../Sheet.svelte';

/** The frame that is waited for, where a test holds it back. */
const frame = vi.hoisted(() => ({ held: null as Promise<void> | null }));
vi.mock(import('~/kit/painted'), async (original) => {
  const { painted } = await original();
  return { painted: () => frame.held ?? painted() };
});

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

async function show(section: 'play' | 'equipment' | 'spells' = 'play') {
  const id = backend.world.rows.find((row) => row.handle === 'sorrel-quickfen')?.id ?? '';
  const page = new SheetPage(documents.open(id), section);
  await page.doc.open();
  await waitFor(() => expect(page.vocabulary.skills.length).toBeGreaterThan(0));
  const { container } = render(Sheet, { props: { page } });
  const cell = (path: string) => container.querySelector<HTMLElement>(`[data-cell="${path}"]`) as HTMLElement;
  return { page, cell };
}

const thing = (page: SheetPage, name: string) =>
  page.sheet.equipment.inventory.find((item) => item.name === name) ??
  page.sheet.equipment.magical_items.find((item) => item.name === name);

test('coins are spent with change and gained by what is typed, and taken back', async () => {
  const { page } = await show();
  const before = { ...page.sheet.equipment.currency };
  page.table.purse = true;
  await user.type(await screen.findByLabelText('How much'), '15 gp 8 sp{Enter}');
  await waitFor(() => expect(page.table.purse).toBe(false));
  const after = page.sheet.equipment.currency;
  const worth = ({ pp, gp, ep, sp, cp }: typeof before) => pp * 1000 + gp * 100 + ep * 50 + sp * 10 + cp;
  expect(worth(after)).toBe(worth(before) - 1580);
  expect(toasts.list.at(-1)?.text).toBe('Paid 15 gp 8 sp');
  await toasts.list.at(-1)?.action?.run();
  expect(page.sheet.equipment.currency).toEqual(before);
  page.table.purse = true;
  await user.type(await screen.findByLabelText('How much'), '+3 sp{Enter}');
  await waitFor(() => expect(page.sheet.equipment.currency.sp).toBe(before.sp + 3));
});

test('what the purse cannot pay is told, and the purse stays open', async () => {
  const { page } = await show('equipment');
  const before = { ...page.sheet.equipment.currency };
  page.table.purse = true;
  await user.type(await screen.findByLabelText('How much'), '90000 gp{Enter}');
  await waitFor(() => expect(toasts.list.at(-1)).toMatchObject({ tone: 'problem' }));
  expect(toasts.list.at(-1)?.text).toContain('cannot be paid');
  expect(page.table.purse).toBe(true);
  expect(page.sheet.equipment.currency).toEqual(before);
});

test('a potion is used up, and arrows that were shot are gathered again, half of them', async () => {
  const { page } = await show();
  const left = (name: string) => thing(page, name)?.quantity ?? 0;
  const [potions, arrows] = [left('Potion of Healing'), left('Arrows')];
  await user.click(screen.getByRole('button', { name: 'Use one Potion of Healing' }));
  await waitFor(() => expect(left('Potion of Healing')).toBe(potions - 1));
  const shoot = screen.getByRole('button', { name: 'Shoot one Arrows' });
  for (let shot = 1; shot <= 4; shot += 1) {
    await user.click(shoot);
    await waitFor(() => expect(left('Arrows')).toBe(arrows - shot));
  }
  await user.click(screen.getByRole('button', { name: 'Gather Arrows' }));
  const field = await screen.findByLabelText('How many were spent in the fight');
  expect(field).toHaveValue('4');
  await user.type(field, '{Enter}');
  await waitFor(() => expect(left('Arrows')).toBe(arrows - 2));
});

test('a shot counts for gathering before it is painted, and no longer once it is taken back', async () => {
  const { page } = await show();
  const arrows = thing(page, 'Arrows');
  const id = arrows?.id ?? '';
  frame.held = new Promise(() => {});
  void page.table.useUp(id);
  await waitFor(() => expect(page.table.spentOf(id)).toBe(1));
  expect(thing(page, 'Arrows')?.quantity).toBe((arrows?.quantity ?? 0) - 1);
  frame.held = null;
  await page.table.useUp(id);
  expect(page.table.spentOf(id)).toBe(2);
  await toasts.list.at(-1)?.action?.run();
  expect(page.table.spentOf(id)).toBe(1);
  expect(thing(page, 'Arrows')?.quantity).toBe((arrows?.quantity ?? 0) - 1);
});

test('after a shot, one of what was shot is offered to be taken off', async () => {
  const { page } = await show();
  vi.spyOn(Math, 'random').mockReturnValue(0.5);
  const arrows = thing(page, 'Arrows')?.quantity ?? 0;
  const bow = page.sheet.actions.weapons.find((weapon) => weapon.properties.includes('ammunition'));
  await user.click(screen.getByRole('button', { name: `Roll to hit with ${bow?.name}` }));
  await user.click(await screen.findByRole('button', { name: `1 of ${arrows} Arrows` }));
  await waitFor(() => expect(thing(page, 'Arrows')?.quantity).toBe(arrows - 1));
});

test('a thing is put into a container and taken out again; what is worn comes off', async () => {
  const { page } = await show('equipment');
  const source = () => page.source.equipment.inventory;
  const [id] = Object.entries(source()).find(([, item]) => item?.equipped && item.container === null) ?? [''];
  const [holder] = holdersFor(page.source, id);
  expect(holder).toBeDefined();
  const name = source()[id]?.name;
  await page.table.act({ do: 'move', item: id, container: holder?.id ?? '' });
  expect(source()[id]).toMatchObject({ container: holder?.id, equipped: false });
  expect(toasts.list.at(-1)?.text).toBe(`Put ${name} into ${holder?.name}`);
  screen.getByRole('button', { name: `What to do with ${name}` }).focus();
  await user.keyboard('{Enter}');
  await user.click(await screen.findByText(`Take out of ${holder?.name}`));
  await waitFor(() => expect(source()[id]?.container).toBeNull());
  // A container never lies in itself, nor in what lies in it.
  expect(holdersFor(page.source, holder?.id ?? '').map((other) => other.id)).not.toContain(holder?.id);
});

test('spells are prepared up to the limit, with the count in sight and the reason where there is no more', async () => {
  const { page } = await show();
  page.table.preparing = true;
  const dialog = await screen.findByRole('dialog', { name: 'Prepare spells' });
  const [caster] = page.sheet.spellcasting.casters;
  const limit = caster?.prepared_limit ?? 0;
  const count = () => page.sheet.spellcasting.casters[0]?.prepared_count ?? 0;
  expect(dialog).toHaveTextContent(`${limit - count()} more can be prepared.`);
  const boxes = within(dialog).getAllByRole('checkbox', { checked: true });
  const mine = boxes.find((box) => !box.hasAttribute('disabled')) as HTMLElement;
  const before = count();
  await user.click(mine);
  await waitFor(() => expect(count()).toBe(before - 1));
  await user.click(mine);
  await waitFor(() => expect(count()).toBe(before));
  // With the limit at what is prepared, the rules refuse another and say why.
  await user.click(mine);
  await waitFor(() => expect(count()).toBe(before - 1));
  await page.doc.set(`/spellcasting/casters/${caster?.id}/prepared_limit`, before - 1);
  await waitFor(() => expect(dialog).toHaveTextContent('No more can be prepared'));
  await user.click(mine);
  await waitFor(() => expect(toasts.list.at(-1)?.text).toContain(`${before - 1} are allowed`));
  expect(count()).toBe(before - 1);
});

test('in the part of spells a tick is a deed of the rules too', async () => {
  const { page, cell } = await show('spells');
  const calls = vi.spyOn(backend, 'call');
  const spell = page.sheet.spellcasting.casters
    .flatMap((caster) => caster.spells)
    .find((one) => one.level > 0 && one.prepared && !one.always_prepared);
  await user.click(within(cell(`/spellcasting/spells/${spell?.id}/prepared`)).getByRole('checkbox'));
  await waitFor(() => expect(page.source.spellcasting.spells[spell?.id ?? '']?.prepared).toBe(false));
  expect(calls.mock.calls.find(([name]) => name === 'sheet_act')?.[1]?.action).toEqual({
    do: 'unprepare',
    spell: spell?.id,
  });
  expect(screen.getAllByTitle(/Choose what is prepared/)[0]).toHaveTextContent(/\d of \d+ prepared/);
});

test('conditions say what they do, before they are added and while they hold', async () => {
  const { page } = await show();
  await user.click(screen.getByRole('button', { name: '+ condition' }));
  const form = await screen.findByLabelText('Add a condition');
  const field = within(form).getByLabelText('Condition');
  await waitFor(() => expect(field).toHaveFocus());
  const row = within(form).getByText('Restrained').closest('button');
  await waitFor(() => expect(row).toHaveTextContent('Your speed is 0.'));
  await user.keyboard('rest{Enter}');
  const found = (name: string) => page.sheet.conditions.find((one) => one.name === name);
  await waitFor(() => expect(found('Restrained')).toBeDefined());
  await user.click(screen.getByRole('button', { name: /^Restrained$/ }));
  const open = await screen.findByLabelText('Restrained', { selector: '[role="dialog"]' });
  expect(open).toHaveTextContent('Your speed is 0.');
  await user.keyboard('{Escape}');
  await user.click(screen.getByRole('button', { name: '+ condition' }));
  await user.type(await screen.findByLabelText('Condition'), 'Blessed by the tide{Enter}');
  await waitFor(() => expect(found('Blessed by the tide')).toBeDefined());
});
