/** What the rules give stands on the sheet beside what a person wrote: features, attacks, trained skills and saves. */
import { cleanup, render, screen, waitFor, within } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { fakeHost, type FakeHost } from '~/host/fake';
import { useHost } from '~/host/host';
import { router } from '~/state/router.svelte';
import { documents } from '../documents.svelte';
import { SheetPage } from '../page.svelte';
import Sheet from '../Sheet.svelte';

let backend: FakeHost;

beforeEach(() => {
  backend = fakeHost();
  useHost(backend);
});
afterEach(() => {
  cleanup();
  router.go({ screen: 'library' });
});

async function fighter(section: string) {
  const character = { display_name: 'Wren', owner: '', levels: ['Fighter'], species: '', background: '' };
  const { id } = await backend.call<{ id: string }>('roster_quick', { character });
  const page = new SheetPage(documents.open(id), section);
  await page.doc.open();
  await waitFor(() => expect(page.vocabulary.skills.length).toBeGreaterThan(0));
  render(Sheet, { props: { page } });
  return page;
}

test('a feature of a class is a row that unfolds into its text, and its uses can be spent', async () => {
  const page = await fighter('character');
  const given = page.sheet.actions.features.filter(({ id }) => !(id in page.source.actions.features));
  expect(given.length).toBeGreaterThan(0);
  const list = within(screen.getByRole('list', { name: 'Features, given by the rules' }));
  for (const { name } of given) expect(list.getAllByText(name).length).toBeGreaterThan(0);
  const [first] = given;
  await userEvent.click(list.getAllByRole('button', { expanded: false })[0] ?? document.body);
  expect(list.getByRole('button', { expanded: true })).toHaveTextContent(first?.name ?? '');
  page.section = 'play';
  const limited = given.filter(({ uses }) => uses !== null);
  expect(limited.length).toBeGreaterThan(0);
  for (const { name } of limited) expect(await screen.findByRole('slider', { name })).toBeInTheDocument();
});

test('skills and saves show what the class trains', async () => {
  const page = await fighter('play');
  const { skill_proficiencies, saving_throw_proficiencies } = page.sheet.statistics;
  const trained = Object.keys(skill_proficiencies);
  expect(trained.length).toBeGreaterThan(0);
  for (const key of trained) {
    const name = page.vocabulary.skills.find((skill) => skill.key === key)?.name ?? '';
    expect(screen.getByRole('button', { name: `${name}: ${skill_proficiencies[key]}` })).toBeInTheDocument();
  }
  expect(saving_throw_proficiencies).toContain('strength');
  const save = screen.getByRole('button', { name: 'Strength save: proficient' });
  const before = page.view.commit;
  await userEvent.click(save);
  expect(page.view.commit).toBe(before);
});
