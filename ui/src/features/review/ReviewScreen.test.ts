/** The screen by mouse and keyboard: the inbox, a comment, the DM's verbs, the player's; and a sheet that needs a review. */
import { render, screen, waitFor, within } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { expect, test, vi } from 'vitest';
import App from '~/App.svelte';
import { branchesOf } from '~/features/history/branches.svelte';
import { seats } from '~/features/seats/seats.svelte';
import { documents } from '~/features/sheet/documents.svelte';
import { router } from '~/state/router.svelte';
import { toasts } from '~/state/toasts.svelte';
import { demoForEach } from '~/test/demo';
import { requests } from './inbox.svelte';

const demo = demoForEach();
const user = userEvent.setup();

async function reviews(): Promise<void> {
  // What an earlier test has read is of another library.
  await requests.load();
  render(App);
  await user.click(await screen.findByRole('button', { name: /^Reviews/ }));
}

const row = async (label: RegExp) => screen.findByRole('listitem', { name: label });

test('the rail counts what waits, and the first of it is on show', async () => {
  await reviews();
  expect(
    await screen.findByRole('heading', { level: 1, name: 'Level 7, and the loot of Hollow Barrow' }),
  ).toBeVisible();
  expect(screen.getByRole('button', { name: /^Reviews/ })).toHaveTextContent('4');
});

test('j, a, x and Shift+A give verdicts, c and Escape begin and leave a comment', async () => {
  await reviews();
  await row(/^Ranger level/);
  await user.keyboard('j');
  expect(await row(/^Ranger level/)).toHaveFocus();
  await user.keyboard('jj');
  expect(await row(/^Cloak of Protection: no verdict/)).toHaveFocus();
  await user.keyboard('a');
  await row(/^Cloak of Protection: accepted/);
  await user.keyboard('x');
  await row(/^Cloak of Protection: declined/);
  await user.keyboard('{Shift>}A{/Shift}');
  await row(/^Gold: accepted/);
  await user.keyboard('c');
  const field = await screen.findByRole('textbox', { name: 'Comment on Cloak of Protection' });
  expect(field).toHaveFocus();
  await user.type(field, 'Too good to be true.');
  await user.keyboard('{Control>}{Enter}{/Control}');
  const talk = await screen.findByRole('region', { name: 'Talk' });
  await within(talk).findByText('Too good to be true.');
});

test('a remark is said once, however often it is sent, and leaves a form that was begun meanwhile', async () => {
  await reviews();
  await row(/^Ranger level/);
  const call = demo.host.call.bind(demo.host);
  let answer = () => {};
  const late = new Promise<void>((done) => (answer = done));
  vi.spyOn(demo.host, 'call').mockImplementation(async (command, args) => {
    if (command === 'review_act') await late;
    return (await call(command, args)) as never;
  });
  await user.keyboard('jjjc');
  await user.type(await screen.findByRole('textbox', { name: 'Comment on Cloak of Protection' }), 'Once.');
  await user.keyboard('{Control>}{Enter}{Enter}{/Control}');
  const gold = await row(/^Gold/);
  await user.click(within(gold).getByRole('button', { name: /^Comment on|remark/ }));
  await user.type(await screen.findByRole('textbox', { name: 'Comment on Gold' }), 'And here');
  answer();
  const talk = await screen.findByRole('region', { name: 'Talk' });
  await within(talk).findByText('Once.');
  // The last act has been answered once the verbs can be pressed again.
  await waitFor(() => expect(screen.getByRole('button', { name: 'Comment' })).toBeEnabled());
  expect(within(talk).getAllByText('Once.')).toHaveLength(1);
  expect(screen.getByRole('textbox', { name: 'Comment on Gold' })).toHaveValue('And here');
});

test('changes are asked for with words, and the player opens it again', async () => {
  await reviews();
  await user.click(await screen.findByRole('button', { name: 'Ask for changes' }));
  const dialog = await screen.findByRole('dialog');
  await user.type(within(dialog).getByLabelText('What shall be different'), 'Pay Hask.');
  await user.click(within(dialog).getByRole('button', { name: 'Ask for changes' }));
  await screen.findByText('· changes asked for');
  await seats.take('seat-maren');
  await user.click(await screen.findByRole('button', { name: 'Open it again' }));
  await waitFor(() => expect(screen.queryByRole('button', { name: 'Open it again' })).toBeNull());
  expect(screen.queryByRole('button', { name: 'Ask for changes' })).toBeNull();
});

test('the seat is changed in the rail, and the inbox is another', async () => {
  await reviews();
  await user.click(await screen.findByRole('button', { name: 'Nell, DM: change the seat' }));
  await user.click(await screen.findByText('Tom', { selector: '[role=menuitem] span' }));
  await screen.findByRole('button', { name: 'Tom, player: change the seat' });
  await waitFor(() => expect(requests.inbox.waiting.map(({ number }) => number)).toEqual([11]));
  await user.keyboard('{Control>}k{/Control}');
  await user.keyboard('Sit as Maren');
  await user.keyboard('{Enter}');
  await screen.findByRole('button', { name: 'Maren, player: change the seat' });
});

test('without seats and requests nothing of it is there', async () => {
  await demo.restart({ many: 0 });
  render(App);
  await screen.findByRole('button', { name: 'Library' });
  await waitFor(() => expect(requests.loaded && seats.view?.seats.length === 0).toBe(true));
  expect(screen.queryByRole('button', { name: /^Reviews/ })).toBeNull();
  expect(screen.queryByRole('button', { name: /seat/ })).toBeNull();
});

test('an edit that the DM has to see is made on a line of its own, and proposed from there', async () => {
  await seats.load();
  await seats.take('seat-maren');
  const id = demo.host.world.rows[0]?.id ?? '';
  const doc = documents.open(id);
  await doc.open();
  expect(await doc.set('/identity/xp', 30000)).toBe(false);
  const offer = demo.toast()?.action;
  expect(offer?.label).toBe('Make it a proposal');
  await offer?.run();
  expect(doc.view?.branch).toBe('proposal');
  expect(doc.queue.refused).toHaveLength(0);
  expect(doc.view?.source.identity.xp).toBe(30000);

  router.go({ screen: 'sheet', id });
  render(App);
  await user.click(await screen.findByRole('button', { name: 'Propose…' }));
  await user.type(await screen.findByLabelText('Title'), 'XP for the marsh');
  await user.keyboard('{Enter}');
  await screen.findByRole('heading', { level: 1, name: 'XP for the marsh' });
  expect(await screen.findByText('Proposed. The DM will see it under Reviews.')).toBeInTheDocument();
});

test('two edits that the DM has to see are made on one line', async () => {
  await seats.load();
  await seats.take('seat-maren');
  const id = demo.host.world.rows[0]?.id ?? '';
  const doc = documents.open(id);
  await doc.reload();
  await Promise.all([doc.set('/identity/xp', 30000), doc.set('/equipment/currency/gp', 9000)]);
  const offers = toasts.list.filter(({ action }) => action?.label === 'Make it a proposal');
  expect(offers).toHaveLength(2);
  for (const { id: toast } of offers) await toasts.act(toast);
  const branches = branchesOf(id);
  await branches.load();
  expect(branches.all.filter(({ name }) => name.startsWith('proposal'))).toHaveLength(1);
  expect(doc.view?.source.identity.xp).toBe(30000);
  expect(doc.view?.source.equipment.currency.gp).toBe(9000);
});

test('the palette decides about the whole of a request, and a thing is suggested to be left out', async () => {
  await reviews();
  await row(/^Ranger level/);
  await user.keyboard('jjjs');
  const because = await screen.findByLabelText('Leave out “Cloak of Protection”, because');
  expect(because).toHaveFocus();
  await user.type(because, 'It was never found.{Enter}');
  const talk = await screen.findByRole('article', { name: 'Talk on Cloak of Protection' });
  await within(talk).findByText('leaving it out');
  await user.keyboard('{Control>}k{/Control}');
  await user.keyboard('Reject the request');
  await user.keyboard('{Enter}');
  const dialog = await screen.findByRole('dialog', { name: 'Reject the request' });
  await user.type(within(dialog).getByLabelText('Why'), 'Not this year.');
  await user.keyboard('{Control>}{Enter}{/Control}');
  await screen.findByText('· rejected');
  await user.click(await screen.findByRole('button', { name: 'Undo' }));
  await waitFor(() => expect(screen.queryByText('· rejected')).toBeNull());
});
