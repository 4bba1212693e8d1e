import { render, screen, waitFor, within } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { beforeEach, expect, test } from 'vitest';
import { fakeHost, type FakeHost } from '~/host/fake';
import { useHost } from '~/host/host';
import { toasts } from '~/state/toasts.svelte';
import { documents } from './documents.svelte';
import { SheetPage } from './page.svelte';
import Sheet from './Sheet.svelte';
import type { EditOutcome, Section } from './model';

let backend: FakeHost;
const user = userEvent.setup();

beforeEach(() => {
  backend = fakeHost();
  useHost(backend);
  for (const toast of toasts.list) toasts.close(toast.id);
});

async function show(handle: string, section: Section = 'play') {
  const id = backend.world.rows.find((row) => row.handle === handle)?.id ?? '';
  const page = new SheetPage(documents.open(id), section);
  await page.doc.open();
  await waitFor(() => expect(page.vocabulary.skills.length).toBeGreaterThan(0));
  const { container } = render(Sheet, { props: { page } });
  const cell = (path: string) => container.querySelector<HTMLElement>(`[data-cell="${path}"]`) as HTMLElement;
  return { page, id, container, cell };
}

test('damage typed at the hit points is taken, told, and taken back by its toast', async () => {
  const { page } = await show('sorrel-quickfen');
  const before = page.sheet.combat.current_hp;
  await user.type(screen.getByLabelText(/^Amount/), '12{Enter}');
  await waitFor(() => expect(page.sheet.combat.current_hp).toBe(before - 7));
  await waitFor(() => expect(toasts.list.at(-1)?.text).toBe('Took 12 damage'));
  const toast = toasts.list.at(-1);
  expect(toast?.hint).toContain(`Hit points ${before} → ${before - 7}`);
  await toast?.action?.run();
  expect(page.sheet.combat.current_hp).toBe(before);
  expect(page.source.combat.temporary_hp).toBe(5);
});

test('Shift+Enter heals, and an empty field does nothing on Enter', async () => {
  const { page } = await show('sorrel-quickfen');
  const before = page.sheet.combat.current_hp;
  await user.type(screen.getByLabelText(/^Amount/), '{Enter}');
  expect(page.doc.queue.pending).toHaveLength(0);
  await user.type(screen.getByLabelText(/^Amount/), '4{Shift>}{Enter}{/Shift}');
  await waitFor(() => expect(page.sheet.combat.current_hp).toBe(before + 4));
});

test('a skill goes round its trainings by key', async () => {
  const { page, cell } = await show('sorrel-quickfen');
  const mark = within(cell('/proficiencies/skills/arcana')).getByRole('button');
  mark.focus();
  for (const level of ['proficient', 'expertise', 'half', undefined]) {
    await user.keyboard('{Enter}');
    expect(page.source.proficiencies.skills.arcana).toBe(level);
  }
  await page.doc.queue.idle();
});

test('a number answers why, is set by hand with a reason, and computed again', async () => {
  const { page, cell } = await show('sorrel-quickfen');
  await user.click(within(cell('/combat/armor_class')).getByRole('button'));
  const why = await screen.findByLabelText('Why armor class is 17');
  expect(why).toHaveTextContent('Studded leather');
  expect(why).toHaveTextContent('Not used: Unarmored');
  await user.click(within(why).getByText('Override…'));
  const field = within(why).getByLabelText('Instead');
  await user.clear(field);
  await user.type(field, '21');
  await user.type(within(why).getByLabelText('Why'), 'A blessing');
  await user.click(within(why).getByText('Set by hand'));
  await waitFor(() => expect(page.sheet.combat.armor_class).toBe(21));
  expect(page.source.overrides['/combat/armor_class']).toEqual({ value: 21, note: 'A blessing' });
  expect(cell('/combat/armor_class')).toHaveTextContent('by hand');
  await user.click(await within(why).findByText('Use 17 again'));
  await waitFor(() => expect(page.sheet.combat.armor_class).toBe(17));
});

test('rows unfold, are added with the cursor in the name, moved and removed by keys', async () => {
  const { page, cell } = await show('sorrel-quickfen');
  const order = () => page.sheet.actions.weapons.map(({ name }) => name);
  const row = within(cell('/actions/weapons/longbow')).getByRole('button', {
    name: /^Longbow of the Fen 150/,
  });
  await user.click(row);
  expect(row).toHaveAttribute('aria-expanded', 'true');
  await user.keyboard('{Escape}');
  row.focus();
  await user.keyboard('{Alt>}{ArrowDown}{/Alt}');
  await waitFor(() => expect(order()[1]).toBe('Longbow of the Fen'));
  await user.keyboard('{Delete}');
  await waitFor(() => expect(order()).not.toContain('Longbow of the Fen'));
  expect(toasts.list.at(-1)?.text).toBe('Removed Longbow of the Fen');
  await toasts.list.at(-1)?.action?.run();
  expect(order()[1]).toBe('Longbow of the Fen');
  await user.click(screen.getByRole('button', { name: 'Add an attack' }));
  await waitFor(() => expect(document.activeElement).toHaveAccessibleName('Name'));
  await user.keyboard('Fishing spear{Enter}');
  await waitFor(() => expect(order().at(-1)).toBe('Fishing spear'));
});

test('a refused value stays in its field with what to do; Escape lets it go', async () => {
  const { page, cell } = await show('sorrel-quickfen', 'record');
  const field = within(cell('/record/handle')).getByRole('textbox');
  await user.clear(field);
  await user.type(field, 'not a handle{Enter}');
  expect(await screen.findByRole('alert')).toHaveTextContent('For example sorrel-quickfen');
  expect(field).toHaveValue('not a handle');
  expect(page.doc.state).toBe('unsaved');
  await user.keyboard('{Escape}');
  expect(field).toHaveValue('sorrel-quickfen');
  expect(page.doc.state).toBe('saved');
});

test('what is being typed stays when news arrive, and both values are offered', async () => {
  const { page, id, cell } = await show('sorrel-quickfen', 'character');
  const field = within(cell('/identity/player_name')).getByRole('textbox');
  await user.clear(field);
  await user.type(field, 'Iris');
  const changes = [{ op: 'set', path: '/identity/player_name', value: 'Jonas' }];
  const request = { id, branch: null, base: page.view.commit, changes, message: null };
  const outcome = await backend.call<EditOutcome>('sheet_edit', { request });
  await page.doc.refresh(outcome.view.commit);
  expect(field).toHaveValue('Iris');
  await user.keyboard('{Enter}');
  const conflict = await screen.findByRole('group', { name: /Conflict/ });
  expect(conflict).toHaveTextContent('Maren');
  expect(conflict).toHaveTextContent('Jonas');
  await user.click(within(conflict).getByRole('button', { name: 'Take theirs' }));
  await waitFor(() => expect(field).toHaveValue('Jonas'));
  await waitFor(() => expect(page.doc.state).toBe('saved'));
});

test('a finding leads to its cell, unfolding what hides it', async () => {
  const { page, container } = await show('sorrel-quickfen');
  await page.goTo('/equipment/inventory/rope/weight_lb');
  expect(page.section).toBe('equipment');
  expect(container.querySelector('[data-cell="/equipment/inventory/rope/weight_lb"]')).toContainElement(
    document.activeElement as HTMLElement,
  );
});

test('an older version shows everything and changes nothing', async () => {
  const { page, id } = await show('sorrel-quickfen');
  const first = page.sheet.audit_trail.at(-1)?.commit ?? '';
  const then = new SheetPage(documents.openAt(id, first));
  await then.doc.open();
  document.body.replaceChildren();
  const { container } = render(Sheet, { props: { page: then } });
  expect(container.querySelectorAll('button.skip, .add').length).toBe(0);
  expect(screen.queryByLabelText(/^Amount/)).toBeNull();
  expect(screen.getByRole('status')).toHaveTextContent('read only');
  for (const field of screen.getAllByRole('textbox')) expect(field).toHaveAttribute('readonly');
});

test('a monster shows its stat block, a person how to play them', async () => {
  const monster = await show('mother-of-mosses');
  expect(monster.container).toHaveTextContent('Legendary actions');
  expect(screen.queryByText('Heroic Inspiration')).toBeNull();
  document.body.replaceChildren();
  const person = await show('hask-the-reedcutter');
  expect(person.container).toHaveTextContent('How to play them');
});
