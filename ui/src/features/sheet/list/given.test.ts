/** What the rules give stands on the sheet beside what a person wrote: features, attacks, trained skills and saves. */
import { cleanup, render, screen, waitFor, within } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { fakeHost, type FakeHost } from '~/host/fake';
import { useHost } from '~/host/host';
import { router } from '~/state/router.svelte';
import type { Source } from '../model';
import { documents } from '../documents.svelte';
import { SheetPage } from '../page.svelte';
import Sheet from '../Sheet.svelte';
import { human } from '../words';

let backend: FakeHost;

/** The demo host writes what the rules give into the source, which the library does not: here it is taken out of it. */
function asTheLibrary(answer: unknown): unknown {
  if (typeof answer !== 'object' || answer === null || !('source' in answer)) return answer;
  const { source } = answer as { source: Source };
  const actions = { ...source.actions, features: {}, traits: {}, weapons: {} };
  const proficiencies = { ...source.proficiencies, skills: {}, saving_throws: {} };
  return { ...answer, source: { ...source, actions, proficiencies } };
}

beforeEach(() => {
  backend = fakeHost();
  const call = <T>(command: string, args?: Record<string, unknown>) =>
    backend.call<T>(command, args).then((answer) => asTheLibrary(answer) as T);
  useHost({
    kind: 'demo',
    setTitle: async () => {},
    call,
    listen: (event, hear) => backend.listen(event, hear),
  });
});
afterEach(() => {
  cleanup();
  router.go({ screen: 'library' });
});

async function shown(section: string) {
  const id = backend.world.rows.find((row) => row.handle === 'sorrel-quickfen')?.id ?? '';
  const page = new SheetPage(documents.open(id), section);
  await page.doc.open();
  await waitFor(() => expect(page.vocabulary.skills.length).toBeGreaterThan(0));
  render(Sheet, { props: { page } });
  return page;
}

test('a feature of a class is a row that unfolds into its text, and its uses can be spent', async () => {
  const page = await shown('character');
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
  await screen.findByRole('list', { name: 'Limited uses, given by the rules' });
  for (const { name } of limited) expect(screen.getByRole('slider', { name })).toBeInTheDocument();
});

test('skills and saves show what the class trains', async () => {
  const page = await shown('play');
  const { skill_proficiencies, saving_throw_proficiencies } = page.sheet.statistics;
  const trained = Object.keys(skill_proficiencies).filter((key) => skill_proficiencies[key] === 'proficient');
  expect(trained.length).toBeGreaterThan(0);
  for (const key of trained) {
    const name = page.vocabulary.skills.find((skill) => skill.key === key)?.name ?? '';
    expect(screen.getByRole('button', { name: `${name}: proficient` })).toBeInTheDocument();
  }
  const [first = 'strength'] = saving_throw_proficiencies;
  expect(saving_throw_proficiencies).toContain(first);
  const save = screen.getByRole('button', { name: `${human(first)} save: proficient` });
  const before = page.view.commit;
  await userEvent.click(save);
  expect(page.view.commit).toBe(before);
});
