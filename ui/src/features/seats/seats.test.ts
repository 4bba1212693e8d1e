/** Seats: who sits here, what the message offers, and the rules as they are gathered and written. */
import { render, screen, waitFor } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { expect, test } from 'vitest';
import { toasts } from '~/state/toasts.svelte';
import { demoForEach } from '~/test/demo';
import { seatActions } from './deeds';
import { flat, grouped, patternsOf } from './rules';
import { Seats, seats } from './seats.svelte';
import TablePart from './TablePart.svelte';

const demo = demoForEach();
const user = userEvent.setup();

test('whoever sits down signs, and the message leads back', async () => {
  const table = new Seats();
  await table.load();
  expect([table.seated?.name, table.role, table.reviewed]).toEqual(['Nell', 'dm', true]);
  await table.take('seat-tom');
  expect([table.author, table.role]).toEqual(['Tom', 'player']);
  await demo.toast()?.action?.run();
  expect(table.author).toBe('Nell');
});

test('a player cannot change the table, and is told', async () => {
  const table = new Seats();
  await table.load();
  await table.take('seat-tom');
  expect(await table.add('Guest', 'player')).toBe(false);
  expect(demo.toast()).toMatchObject({ tone: 'problem', hint: 'Change to the DM’s seat first.' });
});

test('the palette offers the other seats', async () => {
  const table = new Seats();
  await table.load();
  const offered = seatActions(table).filter((action) => action.enabled?.() ?? true);
  expect(offered.map(({ label }) => label)).toEqual([
    'Sit as Iris',
    'Sit as Jonas',
    'Sit as Maren',
    'Sit as Tom',
    'Seats and rules of the table',
  ]);
});

test('rules that stand together and say the same are one line, and written back in their order', () => {
  const rules = [
    { name: 'Coins', pattern: '/a', owner: 'dm' as const },
    { name: 'Coins', pattern: '/b', owner: 'dm' as const },
    { name: 'Story', pattern: '/c', owner: 'player' as const },
    { name: 'Coins', pattern: '/d', owner: 'dm' as const },
  ];
  const groups = grouped(rules);
  expect(groups.map(({ patterns }) => patterns)).toEqual([['/a', '/b'], ['/c'], ['/d']]);
  expect(flat(groups)).toEqual(rules);
  expect(patternsOf(' /a/**,\n/b \n\n')).toEqual(['/a/**', '/b']);
});

test('seats are added, renamed and taken away in the settings; the review is a switch', async () => {
  await seats.load();
  render(TablePart);
  await user.click(await screen.findByRole('button', { name: 'Add a seat…' }));
  await user.type(screen.getByLabelText('Name'), 'Wren');
  await user.click(screen.getByRole('button', { name: 'Add the seat' }));
  await screen.findByRole('button', { name: 'Sit here as Wren' });
  await user.click(screen.getByRole('button', { name: 'Change Wren’s seat' }));
  await user.clear(screen.getByLabelText('Name'));
  await user.type(screen.getByLabelText('Name'), 'Wrenna');
  await user.click(screen.getByRole('button', { name: 'Save' }));
  await user.click(await screen.findByRole('button', { name: 'Take Wrenna’s seat away' }));
  await user.click(await screen.findByRole('button', { name: 'Take it away' }));
  await waitFor(() => expect(seats.list.some(({ name }) => name === 'Wrenna')).toBe(false));
  await user.click(screen.getByRole('switch', { name: 'Players propose what is the DM’s to decide' }));
  await waitFor(() => expect(seats.reviewed).toBe(false));
});

test('a rule that is being changed stays that rule while another goes, and what is sent twice comes once', async () => {
  await seats.load();
  render(TablePart);
  await user.click(await screen.findByText(/^Who decides about what/));
  const names = () => (seats.view?.rules.auto ?? []).map(({ name }) => name);
  const [first = '', second = '', ...others] = names();
  await user.click(screen.getByRole('button', { name: `Change ${second}` }));
  const field = screen.getByLabelText('What people call it');
  await user.clear(field);
  await user.type(field, 'Small change');
  await user.click(screen.getByRole('button', { name: `Take ${first} away` }));
  await waitFor(() => expect(names()).toEqual([second, ...others]));
  expect(field).toHaveValue('Small change');
  await user.click(screen.getByRole('button', { name: 'Save' }));
  await waitFor(() => expect(names()).toEqual(['Small change', ...others]));
  // The way back brings back what went, and leaves what was changed since.
  await toasts.act(demo.toast()?.id ?? 0);
  expect(names()).toEqual([first, 'Small change', ...others]);

  await user.click(screen.getByRole('button', { name: 'Add an exception…' }));
  await user.type(screen.getByLabelText('What people call it'), 'Rations');
  await user.type(screen.getByLabelText('Cells'), '/equipment/rations');
  const form = screen.getByLabelText('Cells').closest('form') as HTMLFormElement;
  form.requestSubmit();
  form.requestSubmit();
  await waitFor(() => expect(names()).toContain('Rations'));
  await seats.amend((rules) => rules);
  expect(names().filter((name) => name === 'Rations')).toHaveLength(1);
});

test('of two rules that are changed at once neither is lost', async () => {
  await seats.load();
  const active = () => (seats.view?.rules.auto ?? []).map((rule) => rule.active);
  const turned = active().map((on) => !on);
  await Promise.all(
    turned.map((_, place) =>
      seats.amend((rules) => ({
        ...rules,
        auto: (rules.auto ?? []).map((rule, at) => (at === place ? { ...rule, active: !rule.active } : rule)),
      })),
    ),
  );
  expect(active()).toEqual(turned);
});

test('who makes the first seat sits on it', async () => {
  await demo.restart({ many: 0 });
  await seats.load();
  render(TablePart);
  await user.type(await screen.findByLabelText('Name'), 'Nell');
  await user.click(screen.getByRole('button', { name: 'Add the seat' }));
  await waitFor(() => expect(seats.seated?.name).toBe('Nell'));
});
