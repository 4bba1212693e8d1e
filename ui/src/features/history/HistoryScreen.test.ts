/** The history as it is read and walked by keys: steps, differences, a version as it stood, and where a cell comes from. */
import { cleanup, render, screen, waitFor, within } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import App from '~/App.svelte';
import { fakeHost, type FakeHost } from '~/host/fake';
import { useHost } from '~/host/host';
import { actions } from '~/state/actions.svelte';
import { router } from '~/state/router.svelte';
import { toasts } from '~/state/toasts.svelte';
import { asks } from './asks.svelte';

const user = userEvent.setup();
let host: FakeHost;
let id = '';
beforeEach(() => {
  localStorage.clear();
  host = fakeHost();
  useHost(host);
  id = host.world.rows[0]?.id ?? '';
});
afterEach(() => {
  cleanup();
  asks.close();
  for (const toast of [...toasts.list]) toasts.close(toast.id);
  router.go({ screen: 'library' });
});

async function history(): Promise<void> {
  router.go({ screen: 'history', id });
  render(App);
  await screen.findByRole('list', { name: 'Steps, newest first' });
}
const chosen = () => within(screen.getByRole('article', { name: 'The chosen step' }));
const step = (name: RegExp) => screen.findByRole('button', { name });

test('the step where one stands is told first, another when it is chosen', async () => {
  await history();
  expect(chosen().getByText('you are here')).toBeInTheDocument();
  await user.click(await step(/^Drank a Potion/));
  expect(chosen().getByRole('heading', { name: 'Drank a Potion of Healing' })).toBeInTheDocument();
  expect(chosen().getByText(/session 12/)).toBeInTheDocument();
  expect(chosen().queryByText('you are here')).toBeNull();
});

test('C compares the chosen step with now, 2 and V read it another way, X swaps', async () => {
  await history();
  await user.click(await step(/^Drank a Potion/));
  await user.keyboard('c');
  expect(await screen.findByRole('heading', { name: /^How Sorrel Quickfen differs/ })).toBeInTheDocument();
  await screen.findByRole('heading', { name: 'Notes' });
  await user.keyboard('3');
  expect(await screen.findByText('/notes', { selector: 'code' })).toBeInTheDocument();
  await user.keyboard('v');
  expect(screen.queryByText('/notes', { selector: 'code' })).toBeNull();
  const before = router.route;
  await user.keyboard('x');
  await waitFor(() => expect(router.route).not.toEqual(before));
  expect(router.route).toMatchObject({ from: 'main' });
});

test('T marks a milestone, R undoes just that step', async () => {
  await history();
  await user.click(await step(/^Added Poisoned/));
  await user.keyboard('t');
  await user.type(await screen.findByRole('textbox', { name: 'Milestone' }), 'the bad mushroom{Enter}');
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  expect(await screen.findAllByText('the bad mushroom')).not.toHaveLength(0);
  await user.click(await step(/^Added Poisoned/));
  await user.keyboard('r');
  expect(await step(/^Undid: Added Poisoned/)).toBeInTheDocument();
});

test('Enter looks at a step as it stood; the keys go on from there and back to today', async () => {
  await history();
  await user.click(await step(/^Drank a Potion/));
  const version =
    chosen()
      .getByText(/^version \d+/)
      .textContent.split(' · ')[0] ?? '';
  await user.keyboard('{Enter}');
  const slider = await screen.findByRole('slider', { name: 'Version on show' });
  const banner = within(screen.getByRole('region', { name: 'An older version' }));
  await waitFor(() => expect(slider.getAttribute('aria-valuetext')).toMatch(new RegExp(`^${version},`)));
  slider.focus();
  await user.keyboard('{Shift>}{ArrowRight}{/Shift}');
  await waitFor(() => expect(slider.getAttribute('aria-valuetext')).toMatch(/as of session 12$/));
  expect(banner.getByText('as of session 12')).toBeInTheDocument();
  await user.click(banner.getByRole('button', { name: 'Back to today' }));
  expect(router.route).toMatchObject({ screen: 'sheet', id });
});

test('going back goes to the version the slider stands on, also before its sheet has come; a failure is told', async () => {
  await history();
  await user.click(await step(/^Drank a Potion/));
  await user.keyboard('{Enter}');
  await screen.findByRole('slider', { name: 'Version on show' });
  const banner = within(screen.getByRole('region', { name: 'An older version' }));
  const version = () => Number(/version (\d+)/.exec(banner.getByText(/version \d+ of/).textContent)?.[1]);
  const before = version();
  const call = host.call.bind(host);
  let refused = true;
  vi.spyOn(host, 'call').mockImplementation((command, args) => {
    if (command !== 'sheet_show_at') return call(command, args);
    return refused ? Promise.reject(new Error('The disk did not answer.')) : new Promise(() => {});
  });
  await user.keyboard('{ArrowLeft}');
  expect(await banner.findByRole('alert')).toHaveTextContent('The disk did not answer.');
  refused = false;
  await user.click(banner.getByRole('button', { name: 'Try again' }));
  expect(version()).toBe(before - 1);
  await user.click(banner.getByRole('button', { name: 'Go back to here' }));
  expect(await screen.findByText(`Back to version ${before - 1}`)).toBeInTheDocument();
});

test('narrowed to a cell, only the steps that touched it stand there', async () => {
  await history();
  await user.click(await step(/^Temporary HP 8 → 5/));
  await user.click(chosen().getByRole('button', { name: 'Temporary HP' }));
  await waitFor(() => expect(screen.queryByRole('button', { name: /^Drank a Potion/ })).toBeNull());
  expect(await step(/^Temporary HP 0 → 8/)).toBeInTheDocument();
  await user.click(screen.getByRole('button', { name: 'Show all changes' }));
  expect(await step(/^Drank a Potion/)).toBeInTheDocument();
});

test('a number tells where it comes from, and leads on to the cells that it rests on', async () => {
  router.go({ screen: 'sheet', id });
  render(App);
  await user.click(await screen.findByRole('button', { name: /^Armor class 17/i }));
  await user.click(await screen.findByText('Where does this come from?'));
  expect(await screen.findByText('it rests on')).toBeInTheDocument();
  await user.click(screen.getByText('Cloak of Protection', { selector: '.cell' }));
  const dialog = within(
    await screen.findByRole('dialog', { name: /^Cloak of Protection: where it comes from/ }),
  );
  await user.click(await dialog.findByTitle(/^Look at version/));
  expect(router.route).toMatchObject({ screen: 'history', id });
  expect(router.route).toHaveProperty('commit');
});

test('the palette knows the other lines while one is on the sheet', async () => {
  // One that nobody looked at yet: its lines come after its sheet.
  router.go({ screen: 'sheet', id: host.world.rows[3]?.id ?? '' });
  render(App);
  await screen.findByRole('tab', { name: 'Play' });
  await user.keyboard('{Control>}{Shift>}b{/Shift}{/Control}');
  await user.type(await screen.findByRole('textbox', { name: 'Name of the what-if' }), 'bard instead{Enter}');
  await waitFor(() => expect(actions.available.map(({ label }) => label)).toContain('Switch to main'));
});

test('the bar of the sheet leads to a what-if and back', async () => {
  router.go({ screen: 'sheet', id });
  render(App);
  await user.click(await screen.findByRole('button', { name: /^main: lines/ }));
  await user.click(await screen.findByText(/^twin blades · what-if/));
  expect(
    await screen.findByRole('button', { name: /^what-if twin blades · \d+ steps from main: lines/ }),
  ).toBeInTheDocument();
});
