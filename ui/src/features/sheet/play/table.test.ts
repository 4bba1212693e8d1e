/** The play part as a player uses it: damage with its prompts, supplies, casting, conditions, rests, and dice. */
import { render, screen, waitFor, within } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { beforeEach, expect, test, vi } from 'vitest';
import { fakeHost, type FakeHost } from '~/host/fake';
import { useHost } from '~/host/host';
import { toasts } from '~/state/toasts.svelte';
import { dice } from '../dice/dice.svelte';
import { documents } from '../documents.svelte';
import { SheetPage } from '../page.svelte';
import Sheet from '../Sheet.svelte';

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

async function play(handle = 'sorrel-quickfen') {
  const id = backend.world.rows.find((row) => row.handle === handle)?.id ?? '';
  const page = new SheetPage(documents.open(id), 'play');
  await page.doc.open();
  await waitFor(() => expect(page.vocabulary.skills.length).toBeGreaterThan(0));
  const { container } = render(Sheet, { props: { page } });
  const cell = (path: string) => container.querySelector<HTMLElement>(`[data-cell="${path}"]`) as HTMLElement;
  return { page, id, container, cell };
}

/** Every die shows this face of its sides: 0 is a one, just below 1 the highest. */
const fix = (share: number) => vi.spyOn(Math, 'random').mockReturnValue(share);

test('damage goes to the temporary points first, is told item by item, and taken back as one', async () => {
  const { page } = await play();
  const before = page.sheet.combat.current_hp;
  const temporary = page.sheet.combat.temporary_hp;
  await user.type(screen.getByLabelText(/^Amount/), `${temporary + 7} fi{Enter}`);
  await waitFor(() => expect(page.sheet.combat.current_hp).toBe(before - 7));
  expect(page.sheet.combat.temporary_hp).toBe(0);
  await waitFor(() => expect(toasts.list.at(-1)?.text).toBe(`Took ${temporary + 7} fire damage`));
  const toast = toasts.list.at(-1);
  expect(toast?.hint).toContain(`Hit points ${before} → ${before - 7}`);
  await toast?.action?.run();
  expect(page.sheet.combat.current_hp).toBe(before);
  expect(page.sheet.combat.temporary_hp).toBe(temporary);
});

test('a deed is taken back by its cells once something else was done since', async () => {
  const { page } = await play();
  const before = page.sheet.combat.current_hp;
  await page.table.act({ do: 'damage', amount: 9, kind: null, critical: false, half: false });
  const undo = toasts.list.at(-1)?.action;
  await page.doc.set('/notes', 'Since then');
  await undo?.run();
  await waitFor(() => expect(page.sheet.combat.current_hp).toBe(before));
  expect(page.source.notes).toBe('Since then');
});

test('damage while concentrating asks for a save, which a die on the table can answer', async () => {
  const { page } = await play();
  await page.table.act({ do: 'concentrate', on: 'Hunter’s Mark' });
  await page.table.act({ do: 'damage', amount: 30, kind: null, critical: false, half: false });
  const ask = await screen.findByRole('group', { name: /to keep concentrating on Hunter’s Mark/ });
  expect(ask).toHaveTextContent('15');
  await user.type(within(ask).getByLabelText('Die rolled by hand'), '2{Tab}');
  await user.click(within(ask).getByRole('button', { name: 'Answer' }));
  await waitFor(() => expect(page.sheet.combat.concentration).toBe(''));
  expect(screen.queryByRole('group', { name: /to keep concentrating/ })).toBeNull();
  await waitFor(() => expect(toasts.list.at(-1)?.text).toBe('Lost concentration on Hunter’s Mark'));
});

test('slots and limited uses are spent and regained through their counters', async () => {
  const { page, cell } = await play();
  const [level] = Object.keys(page.sheet.spellcasting.spell_slots);
  const left = () => page.sheet.spellcasting.spell_slots[level ?? '']?.current ?? 0;
  const before = left();
  const calls = vi.spyOn(backend, 'call');
  within(cell(`/spellcasting/slots/${level}/used`))
    .getByRole('slider')
    .focus();
  await user.keyboard('{ArrowLeft}');
  await waitFor(() => expect(left()).toBe(before - 1));
  await user.keyboard('{ArrowRight}');
  await waitFor(() => expect(left()).toBe(before));
  expect(calls.mock.calls.filter(([name]) => name === 'sheet_act').map(([, args]) => args?.action)).toEqual([
    { do: 'spend', counter: `/spellcasting/slots/${level}/used`, amount: 1 },
    { do: 'regain', counter: `/spellcasting/slots/${level}/used`, amount: 1 },
  ]);
  expect(calls.mock.calls.some(([name]) => name === 'sheet_edit')).toBe(false);
});

test('two presses in a row both count', async () => {
  const { page } = await play();
  const before = page.sheet.combat.current_hp + page.sheet.combat.temporary_hp;
  const hit = () => page.table.act({ do: 'damage', amount: 3, kind: null, critical: false, half: false });
  await Promise.all([hit(), hit()]);
  expect(page.sheet.combat.current_hp + page.sheet.combat.temporary_hp).toBe(before - 6);
});

test('two presses for the same number do not overshoot', async () => {
  const { page, cell } = await play();
  const exhaustion = within(cell('/combat/exhaustion')).getByRole('slider');
  const third = exhaustion.querySelectorAll('[data-to]')[2] as HTMLElement;
  third.click();
  third.click();
  await waitFor(() => expect(page.sheet.combat.exhaustion_level).toBe(3));
  await page.table.act({ do: 'gain_inspiration' });
  expect(page.sheet.combat.exhaustion_level).toBe(3);
  const [level = ''] = Object.keys(page.sheet.spellcasting.spell_slots);
  const slots = within(cell(`/spellcasting/slots/${level}/used`)).getByRole('slider');
  const last = [...slots.querySelectorAll<HTMLElement>('.full')].at(-1);
  const wanted = Number(last?.dataset.to);
  last?.click();
  last?.click();
  await page.table.act({ do: 'spend_inspiration' });
  expect(page.sheet.spellcasting.spell_slots[level]?.current).toBe(wanted);
});

test('a spell is cast with the lowest slot that is left, and concentration begins', async () => {
  const { page } = await play();
  const spell = page.sheet.spellcasting.casters
    .flatMap((caster) => caster.spells)
    .find((one) => one.concentration && one.level > 0 && (one.prepared || one.always_prepared));
  const slot = () => page.sheet.spellcasting.spell_slots[spell?.level ?? 0]?.current ?? 0;
  const before = slot();
  await user.click(screen.getByRole('button', { name: `Cast ${spell?.name}` }));
  await waitFor(() => expect(slot()).toBe(before - 1));
  expect(page.sheet.combat.concentration).toBe(spell?.name);
});

test('a condition comes with its duration and goes by its cross', async () => {
  const { page } = await play();
  const adder = screen.getByRole('button', { name: '+ condition' });
  await user.click(adder);
  const form = await screen.findByLabelText('Add a condition');
  await user.click(await within(form).findByText('1 minute'));
  await user.click(await within(form).findByText('Restrained'));
  // Its chip comes once the deed is done and drawn; its cross goes by it.
  const cross = await screen.findByLabelText('Restrained ends');
  const found = () => page.sheet.conditions.find(({ name }) => name === 'Restrained');
  await waitFor(() => expect(adder).toHaveAttribute('aria-expanded', 'false'));
  expect(found()?.duration).toBe('1 minute');
  await user.click(cross);
  await waitFor(() => expect(screen.queryByLabelText('Restrained ends')).toBeNull());
  expect(found()).toBeUndefined();
});

test('a condition that is pressed twice comes once, and the form stays until it is there', async () => {
  const { page } = await play();
  const adder = screen.getByRole('button', { name: '+ condition' });
  await user.click(adder);
  const form = await screen.findByLabelText('Add a condition');
  const choice = within(form).getByText('Restrained');
  choice.click();
  choice.click();
  await waitFor(() => expect(adder).toHaveAttribute('aria-expanded', 'false'));
  expect(page.sheet.conditions.filter(({ name }) => name === 'Restrained')).toHaveLength(1);
});

test('a number is rolled by its die, by R, and with advantage by Shift; why stays a press', async () => {
  const { cell } = await play();
  fix(0.999);
  const stealth = cell('/statistics/skills/stealth');
  await user.keyboard('{Shift>}');
  await user.click(within(stealth).getByRole('button', { name: 'Roll Stealth' }));
  await user.keyboard('{/Shift}');
  await waitFor(() => expect(dice.latest?.title).toMatch(/^Stealth: \d+$/));
  const result = await screen.findByText('natural 20');
  expect(result.closest('.latest')).toHaveTextContent('Stealth');
  expect(dice.latest?.rolls[0]?.roll.terms[0]?.dice.filter((die) => !die.kept)).toHaveLength(1);
  expect(result.closest('.latest')).toHaveTextContent('Dexterity');
  fix(0);
  within(cell('/combat/initiative')).getAllByRole('button')[0]?.focus();
  await user.keyboard('r');
  await waitFor(() => expect(dice.latest?.title).toMatch(/^Initiative/));
  expect(await screen.findByText('natural 1')).toBeInTheDocument();
  await user.click(within(stealth).getByRole('button', { name: /^Stealth [+−]/ }));
  expect(await screen.findByLabelText(/^Why Stealth is/)).toHaveTextContent('Roll');
});

test('an attack rolls to hit, then offers its damage, critical after a 20', async () => {
  const { page } = await play();
  const [weapon] = page.sheet.actions.weapons;
  fix(0.999);
  await user.click(screen.getByRole('button', { name: `Roll to hit with ${weapon?.name}` }));
  await user.click(await screen.findByRole('button', { name: 'Critical damage' }));
  await waitFor(() => expect(dice.latest?.title).toMatch(/damage$/));
  expect(dice.latest?.rolls[0]?.roll.terms[0]?.dice).toHaveLength(2);
  expect(dice.log).toHaveLength(2);
});

test('the tray rolls a notation, says what is wrong with another, and its choice holds for one roll', async () => {
  await play();
  await user.click(screen.getByRole('button', { name: 'Dice' }));
  const tray = screen.getByRole('region', { name: 'Dice' });
  const field = within(tray).getByLabelText('What to roll');
  const before = dice.log.length;
  await user.type(field, '4d6kh3{Enter}');
  await waitFor(() => expect(dice.log).toHaveLength(before + 1));
  expect(dice.log[0]?.roll.terms[0]?.dice.filter((die) => !die.kept)).toHaveLength(1);
  await user.clear(field);
  await user.type(field, '2d{Enter}');
  await waitFor(() => expect(toasts.list.at(-1)?.tone).toBe('problem'));
  expect(dice.log).toHaveLength(before + 1);
  await user.click(within(tray).getByRole('radio', { name: 'Advantage' }));
  await user.click(within(tray).getByRole('button', { name: 'd6' }));
  await waitFor(() => expect(dice.log).toHaveLength(before + 2));
  expect(dice.mode).toBe('advantage');
  await user.click(within(tray).getByRole('button', { name: 'd20' }));
  await waitFor(() => expect(dice.log).toHaveLength(before + 3));
  expect(dice.log[0]?.roll.terms[0]?.dice).toHaveLength(2);
  expect(dice.mode).toBe('normal');
});

test('a short rest spends hit dice, tells what came of it, and is undone as one', async () => {
  const { page } = await play();
  await page.table.act({ do: 'damage', amount: 30, kind: null, critical: false, half: false });
  const hurt = page.sheet.combat.current_hp;
  const [die] = Object.keys(page.sheet.combat.hit_dice_remaining);
  const left = page.sheet.combat.hit_dice_remaining[die ?? ''] ?? 0;
  await user.click(screen.getByRole('button', { name: 'Short rest' }));
  const dialog = await screen.findByRole('dialog', { name: 'Short rest' });
  const field = within(dialog).getByLabelText(`${die} to spend`);
  await waitFor(() => expect(field).toHaveFocus());
  await user.clear(field);
  await user.type(field, '2{Tab}');
  await user.click(within(dialog).getByRole('button', { name: 'Rest' }));
  const done = await screen.findByRole('dialog', { name: 'Finished a short rest' });
  await waitFor(() => expect(within(done).getByText('Done').closest('button')).toHaveFocus());
  expect(done).toHaveTextContent('Hit points');
  expect(page.sheet.combat.hit_dice_remaining[die ?? '']).toBe(left - 2);
  await user.click(within(done).getByRole('button', { name: 'Undo the rest' }));
  await waitFor(() => expect(page.sheet.combat.current_hp).toBe(hurt));
  expect(page.sheet.combat.hit_dice_remaining[die ?? '']).toBe(left);
});

test('death saves are rolled at 0', async () => {
  const { page } = await play();
  await page.table.act({ do: 'damage', amount: 500, kind: null, critical: false, half: false });
  const saves = await screen.findByRole('group', { name: 'Death saves' });
  expect(saves).toHaveTextContent('Dying');
  fix(0.6);
  await user.click(within(saves).getByRole('button', { name: 'Roll' }));
  await waitFor(() => expect(page.sheet.combat.death_saves.successes).toBe(1));
});

test('the stable have nothing to roll; damage has them dying again', async () => {
  const { page } = await play();
  await page.table.act({ do: 'damage', amount: 500, kind: null, critical: false, half: false });
  const saves = await screen.findByRole('group', { name: 'Death saves' });
  await user.click(within(saves).getByRole('button', { name: 'Stabilize' }));
  await waitFor(() => expect(saves).toHaveTextContent('Stable'));
  expect(within(saves).queryAllByRole('button')).toEqual([]);
  await page.table.act({ do: 'damage', amount: 1, kind: null, critical: false, half: false });
  await waitFor(() => expect(saves).toHaveTextContent('Dying'));
  expect(page.sheet.combat.death_saves).toEqual({ successes: 0, failures: 1 });
});

test('the dead roll no more and can only be brought back', async () => {
  const { page } = await play();
  await page.table.act({ do: 'damage', amount: 500, kind: null, critical: false, half: false });
  await page.doc.set('/combat/death_saves/failures', 3);
  const saves = await screen.findByRole('group', { name: 'Death saves' });
  await waitFor(() => expect(saves).toHaveTextContent('Dead'));
  expect(within(saves).queryByRole('button', { name: 'Roll' })).toBeNull();
  expect(await page.table.act({ do: 'heal', amount: 5 })).toBeNull();
  await user.click(within(saves).getByRole('button', { name: 'Bring back with 1 hit point' }));
  await waitFor(() => expect(screen.queryByRole('group', { name: 'Death saves' })).toBeNull());
  expect(page.sheet.combat.current_hp).toBe(1);
});

test('an exchange brings slots back within its bounds, once', async () => {
  const { page } = await play('ysolde-of-the-seven-lamps');
  const slots = () => page.sheet.spellcasting.spell_slots;
  await user.click(await screen.findByRole('button', { name: 'Arcane Recovery: choose slots' }));
  const [, , third] = await screen.findAllByLabelText(/slots that come back/);
  if (!third) throw new Error('No slot of level 3.');
  await user.clear(third);
  await user.type(third, '2{Enter}');
  await waitFor(() => expect(toasts.list.at(-1)?.text).toContain('3 levels together, and 6 were chosen'));
  expect(slots()[3]?.current).toBe(0);
  expect(
    await page.table.act({ do: 'convert', exchange: 'arcane-recovery', slots: { 3: 1 } }),
  ).not.toBeNull();
  expect(slots()[3]?.current).toBe(1);
  expect(page.sheet.actions.features[0]?.uses?.current).toBe(0);
  expect(await page.table.act({ do: 'convert', exchange: 'arcane-recovery', slots: { 1: 1 } })).toBeNull();
});

test('what the rules refuse changes nothing and says what to do', async () => {
  const { page } = await play();
  const before = page.view.commit;
  const done = await page.table.act({ do: 'spend', counter: '/nowhere', amount: 1 });
  expect(done).toBeNull();
  expect(toasts.list.at(-1)).toMatchObject({ tone: 'problem' });
  expect(page.view.commit).toBe(before);
});
