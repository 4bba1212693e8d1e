import { render, screen, waitFor, within } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { beforeEach, expect, test } from 'vitest';
import { fakeHost, type FakeHost } from '~/host/fake';
import { useHost } from '~/host/host';
import { documents } from '../documents.svelte';
import type { Term } from '../model';
import { SheetPage } from '../page.svelte';
import Sheet from '../Sheet.svelte';
import { below } from './tree.svelte';

let backend: FakeHost;
const user = userEvent.setup();

beforeEach(() => {
  backend = fakeHost();
  useHost(backend);
});

async function open() {
  const id = backend.world.rows.find((row) => row.handle === 'sorrel-quickfen')?.id ?? '';
  const page = new SheetPage(documents.open(id));
  await page.doc.open();
  await waitFor(() => expect(page.vocabulary.skills.length).toBeGreaterThan(0));
  const { container } = render(Sheet, { props: { page } });
  return { page, cell: (path: string) => container.querySelector(`[data-cell="${path}"]`) as HTMLElement };
}

const term = (source_cell: string | null): Term => ({ label: 'Term', value: 1, detail: '', source_cell });

test('a number unfolds by keys down to what a person wrote', async () => {
  const { cell } = await open();
  await user.click(within(cell('/combat/armor_class')).getByRole('button'));
  // Nothing is measured in a test, so that what floats counts as hidden.
  const why = await screen.findByLabelText('Why armor class is 17');
  const tree = why.querySelector<HTMLElement>('[role="tree"]');
  expect(tree).toHaveAttribute('aria-label', 'What armor class is made of');
  const items = () => [...(tree?.querySelectorAll<HTMLElement>('[role="treeitem"]') ?? [])];
  const dexterity = items().find((item) => item.textContent?.trim().startsWith('Dexterity')) as HTMLElement;
  expect(dexterity).toHaveAttribute('aria-expanded', 'false');
  const first = items()[0] as HTMLElement;
  first.focus();
  await user.keyboard('{ArrowDown}');
  expect(dexterity).toHaveFocus();
  await user.keyboard('{ArrowRight}');
  expect(dexterity).toHaveAttribute('aria-expanded', 'true');
  await user.keyboard('{ArrowRight}');
  const modifier = document.activeElement as HTMLElement;
  expect(modifier).toHaveAttribute('aria-level', '2');
  expect(modifier).toHaveTextContent(/^Dexterity \d+/);
  await user.keyboard('{ArrowRight}{ArrowRight}');
  const leaf = document.activeElement as HTMLElement;
  expect(leaf).toHaveAttribute('aria-level', '3');
  expect(leaf).not.toHaveAttribute('aria-expanded');
  expect(leaf).toHaveTextContent('Score');
  await user.keyboard('{ArrowLeft}');
  expect(modifier).toHaveFocus();
  await user.keyboard('{ArrowLeft}{ArrowLeft}{ArrowLeft}');
  await waitFor(() => expect(dexterity).toHaveAttribute('aria-expanded', 'false'));
  await user.keyboard('{End}');
  expect(items().at(-1)).toHaveFocus();
});

test('a circle of numbers ends; features show their text, choices their picks, and leaves nothing', async () => {
  const { page } = await open();
  const cell = '/statistics/ability_modifiers/dexterity';
  expect(below(page, term(cell), ['/combat/armor_class'])).toMatchObject({ sort: 'number', cell });
  expect(below(page, term(cell), ['/combat/armor_class', cell])).toBeNull();
  expect(
    below(
      page,
      term(cell),
      Array.from({ length: 12 }, (_, at) => `/deep/${at}`),
    ),
  ).toBeNull();
  expect(below(page, term(null), [])).toBeNull();
  expect(below(page, term('/abilities/scores/dexterity'), [])).toBeNull();
  const feature = page.sheet.actions.features.find(({ description }) => description !== '');
  expect(below(page, term(`/actions/features/${feature?.id}`), [])).toMatchObject({
    sort: 'feature',
    text: feature?.description,
  });
  const choice = {
    cell: '/build/choices/sage.abilities',
    name: 'Ability score',
    source: 'Sage',
    level: 1,
    count: 3,
    picks: [{ id: 'wisdom', name: 'Wisdom', barred: '' }],
    open: 2,
  };
  page.view.sheet.choices = [choice];
  expect(below(page, term(choice.cell), [])).toEqual({ sort: 'choice', cell: choice.cell, choice });
});
