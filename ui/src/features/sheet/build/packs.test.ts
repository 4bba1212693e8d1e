/** The packs of a character: what is newer is looked at first, taken over or left; others are added and taken away. */
import { render, screen, waitFor, within } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { expect, test } from 'vitest';
import * as api from '~/api/packs';
import { demoForEach } from '~/test/demo';
import { documents } from '../documents.svelte';
import { SheetPage } from '../page.svelte';
import Sheet from '../Sheet.svelte';

const demo = demoForEach();
const { toast } = demo;
const user = userEvent.setup();

async function shown() {
  const character = { display_name: 'Wren', owner: '', levels: ['Fighter'], species: '', background: '' };
  const { id } = await demo.host.call<{ id: string }>('roster_quick', { character });
  const page = new SheetPage(documents.open(id), 'build');
  await page.doc.open();
  await waitFor(() => expect(page.vocabulary.skills.length).toBeGreaterThan(0));
  render(Sheet, { props: { page } });
  const step = await screen.findByRole('button', { name: /^Packs newer: Tales of Lanternfall/ });
  await user.click(step);
  return page;
}

const entry = async (list: string, name: string) => {
  const found = within(await screen.findByRole('list', { name: list })).getAllByRole('listitem');
  const item = found.find((one) => one.textContent?.includes(name));
  if (!item) throw new Error(`No ${name} in ${list}.`);
  return item;
};

test('a newer version is reviewed, changes nothing until it is taken over, and can be taken back', async () => {
  const page = await shown();
  const before = page.sheet.combat.hp_maximum;
  const { commit } = page.view;
  const lantern = await entry('Built on', 'Tales of Lanternfall');
  expect(lantern).toHaveTextContent('version 3');
  await user.click(within(lantern).getByRole('button', { name: 'Review' }));
  const review = await screen.findByRole('region', { name: 'What is new in Tales of Lanternfall' });
  await waitFor(() => expect(review).toHaveTextContent('Hit point maximum'));
  expect(within(review).getByRole('row', { name: /^Hit point maximum/ })).toHaveTextContent(
    new RegExp(`${before}.*${before + 2}`),
  );
  expect(review).toHaveTextContent("Ferryman's Hook");
  await user.click(within(review).getByRole('button', { name: 'Not now' }));
  expect(page.view.commit).toBe(commit);
  await user.click(within(lantern).getByRole('button', { name: 'Review' }));
  await user.click(await screen.findByRole('button', { name: 'Take over' }));
  await waitFor(() => expect(page.sheet.combat.hp_maximum).toBe(before + 2));
  await waitFor(() => expect(lantern).toHaveTextContent(/version 5.*newest/));
  expect(toast()?.text).toBe('Took the newer Tales of Lanternfall over');
  await toast()?.action?.run();
  await waitFor(() => expect(page.sheet.combat.hp_maximum).toBe(before));
});

test('a pack is added after a look at it, and taken away again', async () => {
  const page = await shown();
  await user.click(within(await entry('Can be added', 'House rules')).getByRole('button', { name: 'Add…' }));
  const review = await screen.findByRole('region', { name: 'What House rules brings' });
  await waitFor(() => expect(review).toHaveTextContent('3 of its things cannot be used'));
  await user.click(within(review).getByRole('button', { name: 'Add it' }));
  await waitFor(() => expect(page.source.build.packs['house-rules']).toBeDefined());
  const own = await waitFor(() => entry('Built on', 'House rules'));
  await user.click(within(own).getByRole('button', { name: 'Remove' }));
  await waitFor(() => expect(page.source.build.packs['house-rules']).toBeUndefined());
  expect(toast()?.text).toBe('No longer built on House rules');
  await toast()?.action?.run();
  await waitFor(() => expect(page.source.build.packs['house-rules']).toBeDefined());
});

test('a pack that the library does not have says what stays; the SRD cannot be taken away', async () => {
  await shown();
  expect(await entry('Built on', 'moss-and-bone')).toHaveTextContent('The library does not have this pack');
  const srd = await entry('Built on', 'SRD 5.2.1');
  expect(within(srd).queryByRole('button', { name: 'Remove' })).toBeNull();
});

test('a change of a pack is noticed, an archived pack says so', async () => {
  await shown();
  const packs = await api.list();
  const id = packs.find(({ pack }) => pack === 'lanternfall')?.id ?? '';
  await api.setActive(id, false);
  await waitFor(async () => expect(await entry('Built on', 'Lanternfall')).toHaveTextContent('is archived'));
});
