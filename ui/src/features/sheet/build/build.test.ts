/** The builder over the demo host: choosing, consequences, dice, spells, equipment, levels up and down, ways back. */
import { cleanup, render, screen, waitFor, within } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { fakeHost, type FakeHost } from '~/host/fake';
import { useHost } from '~/host/host';
import { actions } from '~/state/actions.svelte';
import { router } from '~/state/router.svelte';
import { toasts } from '~/state/toasts.svelte';
import { sheetActions } from '../deeds';
import { documents } from '../documents.svelte';
import { SheetPage } from '../page.svelte';
import Sheet from '../Sheet.svelte';

let backend: FakeHost;
const user = userEvent.setup();

beforeEach(() => {
  backend = fakeHost();
  useHost(backend);
  for (const toast of toasts.list) toasts.close(toast.id);
});
afterEach(() => {
  cleanup();
  router.go({ screen: 'library' });
});

async function shown(id: string, section?: string) {
  const page = new SheetPage(documents.open(id), section);
  await page.doc.open();
  await waitFor(() => expect(page.vocabulary.skills.length).toBeGreaterThan(0));
  render(Sheet, { props: { page } });
  return page;
}

async function begun() {
  const character = { display_name: 'Wren', handle: null, kind: 'character', owner: '', built: true };
  const { id } = await backend.call<{ id: string }>('roster_create', { character });
  return shown(id, 'build');
}

async function quick(levels: string[], section?: string) {
  const character = { display_name: 'Wren', owner: '', levels, species: '', background: '' };
  const { id } = await backend.call<{ id: string }>('roster_quick', { character });
  return shown(id, section);
}

const steps = () => within(screen.getByRole('navigation', { name: 'Choices' }));
const go = async (name: RegExp) => user.click(steps().getByRole('button', { name }));
const option = (name: RegExp) => screen.findByRole('button', { name });
const toast = () => toasts.list.at(-1);

test('a species is picked by name, told, and taken back', async () => {
  const page = await begun();
  expect(screen.getByText('3 choices open')).toBeInTheDocument();
  await user.click(await option(/^Elf/));
  await waitFor(() => expect(page.source.identity.species).toBe('Elf'));
  await waitFor(() => expect(toast()?.text).toBe('Species: Elf'));
  expect(await steps().findByRole('button', { name: /^Keen Senses/ })).toBeInTheDocument();
  await toast()?.action?.run();
  await waitFor(() => expect(page.source.identity.species).toBe(''));
});

test('what is barred says why and cannot be picked; a full choice asks for room first', async () => {
  const page = await quick(['Fighter'], 'build');
  await go(/^Skills/);
  const taken = await option(/^Athletics/);
  expect(taken).toHaveAttribute('aria-disabled', 'true');
  expect(taken).toHaveTextContent('Soldier gives it already');
  const before = page.source.build.choices['fighter.skills'];
  await user.click(taken);
  await user.click(await option(/^Insight/));
  expect(page.source.build.choices['fighter.skills']).toBe(before);
  const [first = ''] = before?.split(' ') ?? [];
  const name = page.vocabulary.skills.find(({ key }) => key === first)?.name ?? '';
  await user.click(screen.getByRole('button', { name: `Take ${name} back` }));
  await waitFor(() => expect(screen.getByText('1 choice open')).toBeInTheDocument());
  await user.click(await option(/^Insight/));
  await waitFor(() => expect(page.source.build.choices['fighter.skills']).toContain('insight'));
});

test('the same ability may get two points; three are said to be too many, where they are chosen', async () => {
  const page = await quick(['Fighter'], 'build');
  await page.doc.edit([{ op: 'remove', path: '/build/choices/soldier.abilities' }]);
  await go(/^Ability scores 3 open/);
  const more = await option(/^One more to Strength$/);
  for (const points of ['strength', 'strength strength', 'strength strength strength']) {
    await user.click(more);
    await waitFor(() => expect(page.source.build.choices['soldier.abilities']).toBe(points));
  }
  const panel = screen.getByRole('region', { name: 'Ability scores' });
  await waitFor(() => expect(panel).toHaveTextContent('it may be picked 2 times'));
});

test('of two options that are picked at once both are picked', async () => {
  const page = await quick(['Fighter'], 'build');
  await page.doc.edit([{ op: 'remove', path: '/build/choices/fighter.skills' }]);
  await go(/^Skills/);
  const panel = within(screen.getByRole('region', { name: 'Skills' }));
  const insight = await panel.findByRole('button', { name: /^Insight/ });
  panel.getByRole('button', { name: /^History/ }).click();
  insight.click();
  await page.doc.queue.idle();
  expect(page.source.build.choices['fighter.skills']).toBe('history insight');
});

test('arrow keys walk the options and Enter picks; a long list is searched', async () => {
  const page = await quick(['Fighter'], 'build');
  await page.doc.edit([{ op: 'remove', path: '/build/choices/fighter.1.weapon-mastery' }]);
  await go(/^Weapon Mastery/);
  await user.type(await screen.findByPlaceholderText('Search 14 options'), 'slow{ArrowDown}');
  await user.keyboard('{ArrowDown}{Enter}');
  await waitFor(() => expect(page.source.build.choices['fighter.1.weapon-mastery']).toBe('longbow'));
});

test('the next open choice is a key away, also after the sheet has changed', async () => {
  const page = await begun();
  const stop = actions.register(sheetActions(page, () => {}));
  await user.click(await option(/^Elf/));
  await waitFor(() => expect(page.source.identity.species).toBe('Elf'));
  await steps().findByRole('button', { name: /^Keen Senses/ });
  expect(actions.run('build.next')).toBe(true);
  expect(await screen.findByRole('region', { name: 'Keen Senses' })).toHaveFocus();
  stop();
  expect(actions.run('build.next')).toBe(true);
  expect(actions.run('sheet.level-up')).toBe(false);
});

test('every open choice is made at once, and taken back at once', async () => {
  const page = await begun();
  await user.click(screen.getByRole('button', { name: 'Choose for me' }));
  expect(await screen.findByText('Every choice is made')).toBeInTheDocument();
  expect(page.source.identity.species).not.toBe('');
  expect(toast()?.text).toMatch(/^Made 3 open choices/);
  await toast()?.action?.run();
  expect(await screen.findByText('3 choices open')).toBeInTheDocument();
});

test('scores are exchanged under the standard array, rolled with the dice kept, and bought with what is left', async () => {
  const page = await begun();
  await go(/^Ability scores/);
  await user.click(screen.getByRole('radio', { name: 'Rolled' }));
  await user.click(await screen.findByRole('button', { name: 'Roll 4d6 six times' }));
  await waitFor(() => expect(Object.keys(page.source.build.rolls)).toHaveLength(6));
  for (const roll of Object.values(page.source.build.rolls)) expect(roll).toMatch(/^[1-6]( [1-6]){3}$/);
  await page.doc.queue.idle();
  expect(page.view.findings.filter(({ cell }) => cell === '/abilities/scores')).toEqual([]);
  await user.click(screen.getByRole('radio', { name: 'Standard array' }));
  await waitFor(() => expect(page.source.abilities.scores.strength).toBeGreaterThan(7));
  await user.click(screen.getByRole('radio', { name: 'Point buy' }));
  expect(await screen.findByText(/of 27 points left/)).toHaveTextContent('0 of 27 points left');
  expect(page.source.build.scores_by).toBe('point_buy');
});

test('spells are added and taken off, counted against what a caster may have', async () => {
  const page = await quick(['Wizard'], 'build');
  await go(/^Wizard spells/);
  await user.click(await screen.findByRole('radio', { name: 'Cantrips' }));
  const picked = (await screen.findAllByRole('button', { pressed: true }))[0] as HTMLElement;
  const count = page.sheet.spellcasting.spells_known.length;
  await user.click(picked);
  await waitFor(() => expect(page.sheet.spellcasting.spells_known).toHaveLength(count - 1));
  expect(screen.getByText('1 choice open')).toBeInTheDocument();
  await user.click(await option(/^Ray of Frost/));
  await waitFor(() => expect(page.sheet.spellcasting.spells_known).toContain('Ray of Frost'));
});

test('starting equipment goes into the pack, once for each source', async () => {
  const page = await quick(['Fighter'], 'build');
  await go(/^Starting equipment/);
  const list = await screen.findByRole('region', { name: 'Fighter' });
  await user.click(within(list).getByRole('button', { name: 'Take A' }));
  await waitFor(() => expect(page.sheet.combat.armor_class).toBe(16));
  await waitFor(() => expect(within(list).queryByRole('button', { name: 'Take B' })).toBeNull());
  expect(
    within(screen.getByRole('region', { name: 'Soldier' })).getByRole('button', { name: 'Take A' }),
  ).toBeDisabled();
});

test('a level is looked at before it is taken, its choices come next, and it can be taken back', async () => {
  const page = await quick(['Fighter', 'Fighter', 'Fighter']);
  await user.click(screen.getByRole('button', { name: 'Level up' }));
  expect(page.section).toBe('build');
  const brings = await screen.findByRole('region', { name: 'What it brings' });
  await waitFor(() => expect(brings).toHaveTextContent('Ability Score Improvement'));
  const wizard = await option(/^Wizard/);
  expect(wizard).toHaveTextContent('It asks for Intelligence 13 or more');
  expect(wizard).toHaveAttribute('aria-disabled', 'true');
  const before = page.sheet.combat.hp_maximum;
  await user.click(within(brings).getByRole('button', { name: 'Take level 4: Fighter' }));
  await waitFor(() => expect(page.sheet.identity.level).toBe(4));
  expect(page.sheet.combat.hp_maximum).toBeGreaterThan(before);
  const feats = await screen.findByRole('region', { name: 'Feat' });
  await waitFor(() => expect(feats).toHaveTextContent('Heavy Armor Master'));
  await go(/^Fighter 4/);
  await user.click(await screen.findByRole('button', { name: 'Take this level back' }));
  await waitFor(() => expect(page.sheet.identity.level).toBe(3));
  await toast()?.action?.run();
  await waitFor(() => expect(page.sheet.identity.level).toBe(4));
});

test('a finding leads to its choice, and leaving and coming back stays there', async () => {
  const page = await quick(['Fighter']);
  await page.goTo('/build/choices/fighter.1.fighting-style');
  expect(await screen.findByRole('region', { name: 'Fighting Style feat' })).toBeInTheDocument();
  page.section = 'play';
  await waitFor(() => expect(screen.queryByRole('navigation', { name: 'Choices' })).toBeNull());
  await user.click(screen.getByRole('tab', { name: 'Build' }));
  expect(await screen.findByRole('region', { name: 'Fighting Style feat' })).toBeInTheDocument();
});

test('a sheet written by hand has neither builder nor level-up', async () => {
  const id = backend.world.rows.find((row) => row.handle === 'sorrel-quickfen')?.id ?? '';
  const page = await shown(id, 'build');
  expect(page.section).toBe('play');
  expect(screen.queryByRole('tab', { name: 'Build' })).toBeNull();
  expect(screen.queryByRole('button', { name: 'Level up' })).toBeNull();
});
