import { render, screen, waitFor, within } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, test } from 'vitest';
import * as lines from '~/api/history.lines';
import { documents } from '~/features/sheet/documents.svelte';
import Frame from '~/features/shell/Frame.svelte';
import { read } from '~/features/sheet/path';
import { router } from '~/state/router.svelte';
import { toasts } from '~/state/toasts.svelte';
import { demoForEach } from '~/test/demo';
import { branchesOf } from '../branches.svelte';
import { canBringIn } from '../line-deeds';
import { bringItIn } from './deeds';
import { Merging, mergingOf } from './merging.svelte';
import MergeScreen from './MergeScreen.svelte';

const demo = demoForEach();
const STYLE = '/actions/features/fighting-style/name';
const POTIONS = '/equipment/inventory/potion/quantity';
let id = '';

beforeEach(() => {
  id = demo.host.world.rows.find(({ handle }) => handle === 'sorrel-quickfen')?.id ?? '';
});

async function loaded(): Promise<Merging> {
  const merging = new Merging(id, 'twin-blades', 'main');
  await merging.load();
  return merging;
}

const resultOf = (merging: Merging, path: string) => merging.line(path)?.result;

describe('what a merge would make', () => {
  test('counters are added up, texts woven, the rest waits to be decided', async () => {
    const merging = await loaded();
    expect(merging.conflicts.map(({ label }) => label).sort()).toEqual(['Alignment', 'Fighting style']);
    expect(merging.settled.map(({ by }) => by)).toEqual(
      expect.arrayContaining(['added', 'woven', 'both_kept']),
    );
    expect(resultOf(merging, POTIONS)).toBe('5');
    expect([merging.resolved, merging.open, merging.clean]).toEqual([0, 2, false]);
  });

  test('one settled line is had otherwise, and taken back, by itself', async () => {
    const merging = await loaded();
    await merging.decide(POTIONS, { take: 'side', side: 1 });
    expect(resultOf(merging, POTIONS)).toBe('6');
    await merging.decide(POTIONS, null);
    expect(resultOf(merging, POTIONS)).toBe('5');
  });

  test('conflicts are decided singly or all by a strategy', async () => {
    const merging = await loaded();
    await merging.decide(STYLE, { take: 'side', side: 1 });
    expect(resultOf(merging, STYLE)).toBe('Two-Weapon Fighting');
    expect([merging.resolved, merging.rest]).toEqual([1, 1]);
    await merging.choose('base');
    expect(resultOf(merging, STYLE)).toBe('Two-Weapon Fighting');
    expect(resultOf(merging, '/identity/alignment')).toBe('True Neutral');
    expect(merging.open).toBe(0);
  });

  test('what comes in can be left out', async () => {
    const merging = await loaded();
    const scimitar = '/equipment/inventory/scimitar';
    await merging.decide(scimitar, { take: 'side', side: 0 });
    expect(merging.leftOut.map(({ path }) => path)).toEqual([scimitar]);
    expect(
      merging.preview?.difference.sections.flatMap(({ changes }) => changes.map(({ path }) => path)),
    ).not.toContain(scimitar);
  });

  test('what the rules object to is mended by a fix, or allowed with a reason', async () => {
    const merging = await loaded();
    const [violation] = merging.preview?.violations ?? [];
    expect(violation?.finding.message).toContain('4 magic items');
    await merging.allow(violation?.key ?? '', 'a boon of the Fen');
    expect(merging.preview?.violations[0]?.allowed?.reason).toBe('a boon of the Fen');
    await merging.allow(violation?.key ?? '', null);
    const fix = merging.preview?.violations[0]?.fixes[0];
    if (fix) await merging.fix(fix);
    expect(merging.preview?.violations).toEqual([]);
    await merging.choose('theirs');
    expect(merging.clean).toBe(true);
    // A mended value is no change that was left out.
    expect(merging.leftOut).toEqual([]);
  });

  test('what was allowed and then mended otherwise is not in the way', async () => {
    const merging = await loaded();
    const [violation] = merging.preview?.violations ?? [];
    await merging.allow(violation?.key ?? '', 'a boon of the Fen');
    const fix = merging.preview?.violations[0]?.fixes[0];
    if (fix) await merging.fix(fix);
    expect(merging.preview?.violations).toEqual([]);
    expect(await merging.land()).not.toBeNull();
  });

  test('a decision that is refused changes nothing, and is told', async () => {
    const merging = await loaded();
    demo.host.world.rows = [];
    await merging.decide(STYLE, { take: 'base' });
    expect(merging.decisions).toEqual({});
    expect(merging.preview).not.toBeNull();
    expect(demo.toast()?.tone).toBe('problem');
  });
});

describe('bringing it in', () => {
  test('stands on the sheet that came of it; one step back takes it out again', async () => {
    expect(canBringIn()).toBe(true);
    await lines.stand(id, 'twin-blades');
    await branchesOf(id).load();
    const merging = await loaded();
    await merging.choose('theirs');
    await bringItIn(merging);
    expect(router.route).toEqual({ screen: 'sheet', id });
    const doc = documents.open(id);
    await waitFor(() => expect(branchesOf(id).standing?.name).toBe('main'));
    expect(read(doc.source, '/levels/level-7')).toBeDefined();
    expect(read(doc.source, '/equipment/magical_items/luckstone')).toBeDefined();
    expect(read(doc.source, STYLE)).toBe('Two-Weapon Fighting');
    const [offered] = toasts.list.filter(({ text }) => text === '“twin blades” is in main now');
    await toasts.act(offered?.id ?? 0);
    expect(branchesOf(id).standing?.name).toBe('twin-blades');
    await lines.stand(id, 'main');
    await doc.reload();
    expect(read(doc.source, '/levels/level-7')).toBeUndefined();
    expect(read(doc.source, STYLE)).toBe('Defense');
  });

  test('leveled up, with all the new loot still in the inventory: two presses from the sheet', async () => {
    const user = userEvent.setup();
    await lines.branch({ id, title: 'level seven', from: 'as of session 11', take: null, switch: true });
    await branchesOf(id).load();
    router.go({ screen: 'sheet', id });
    const status = demo.host.world.status;
    if (status.state === 'closed') throw new Error('The library is closed.');
    const doc = documents.open(id);
    await doc.reload();
    const level = { rank: '7', class: 'Ranger', subclass: 'Hunter', hit_die: 10, hit_points: 6 };
    await doc.set('/levels/level-7', level);
    await doc.queue.idle();
    await branchesOf(id).load();
    render(Frame, { status, onreopen: () => {} });
    await user.click(await screen.findByRole('button', { name: 'Bring into main' }));
    await user.click(await screen.findByRole('button', { name: 'Bring it in' }));
    await waitFor(() => expect(router.route.screen).toBe('sheet'));
    await waitFor(() => expect(read(doc.source, '/levels/level-7')).toBeDefined());
    expect(read(doc.source, '/equipment/magical_items/luckstone')).toBeDefined();
  });
});

describe('the screen', () => {
  test('counts what is resolved; keys walk and choose', async () => {
    const user = userEvent.setup();
    const { actions } = await import('~/state/actions.svelte');
    const keydown = (event: KeyboardEvent) => actions.handle(event);
    window.addEventListener('keydown', keydown);
    render(MergeScreen, { id, from: 'twin-blades', into: 'main' });
    expect(await screen.findByText('0 of 2 resolved')).toBeInTheDocument();
    await user.keyboard('n2');
    expect(await screen.findByText('1 of 2 resolved')).toBeInTheDocument();
    // The same key again takes it back.
    await user.keyboard('2');
    expect(await screen.findByText('0 of 2 resolved')).toBeInTheDocument();
    await user.keyboard('2');
    expect(await screen.findByText('1 of 2 resolved')).toBeInTheDocument();
    await user.keyboard('ne');
    const conflict = document.querySelector<HTMLElement>(
      '[data-conflict][aria-current="true"]',
    ) as HTMLElement;
    const field = await within(conflict).findByRole('textbox');
    await waitFor(() => expect(field).toHaveFocus());
    await user.keyboard('Great Weapon Fighting{Enter}');
    expect(await screen.findByText('2 of 2 resolved')).toBeInTheDocument();
    // What was typed stands until it is taken; then the keys speak to the conflict again.
    await waitFor(() => expect(within(conflict).queryByRole('textbox')).toBeNull());
    expect(within(conflict).getByText('Great Weapon Fighting')).toBeInTheDocument();
    expect(screen.getByRole('button', { name: 'Bring it in' })).toBeEnabled();
    // What was decided a moment ago may still be looked at: it is brought in all the same.
    await user.keyboard('1{Control>}{Enter}{/Control}');
    await waitFor(() => expect(router.route.screen).toBe('sheet'));
    window.removeEventListener('keydown', keydown);
  });

  test('whoever leaves in the middle finds the decisions again', async () => {
    const user = userEvent.setup();
    const page = render(MergeScreen, { id, from: 'twin-blades', into: 'main' });
    const style = await screen.findByRole('group', { name: /Fighting style/ });
    await user.click(within(style).getByRole('button', { name: /^take/ }));
    await screen.findByText('1 of 2 resolved');
    page.unmount();
    render(MergeScreen, { id, from: 'twin-blades', into: 'main' });
    expect(await screen.findByText('1 of 2 resolved')).toBeInTheDocument();
    await mergingOf(id, 'twin-blades', 'main').land();
    expect(mergingOf(id, 'twin-blades', 'main').resolved).toBe(0);
  });

  test('what is typed stays while others are decided, and where it is refused', async () => {
    const user = userEvent.setup();
    render(MergeScreen, { id, from: 'twin-blades', into: 'main' });
    await screen.findByText('0 of 2 resolved');
    const typed = screen.getByRole('group', { name: /Fighting style/ });
    const other = screen.getByRole('group', { name: 'Alignment' });
    await user.click(within(typed).getByRole('button', { name: 'another value…' }));
    const field = within(typed).getByRole('textbox');
    await user.type(field, 'Great Weapon');
    await user.click(within(other).getByRole('button', { name: /^take/ }));
    await screen.findByText('1 of 2 resolved');
    await waitFor(() => expect(screen.getByText(/Chaotic Good/, { selector: '.done b' })).toBeVisible());
    expect(field).toHaveValue('Great Weapon');
    demo.host.world.rows = [];
    await user.type(field, '{Enter}');
    await waitFor(() => expect(demo.toast()?.tone).toBe('problem'));
    expect(field).toHaveValue('Great Weapon');
    expect(screen.getByText('1 of 2 resolved')).toBeInTheDocument();
  });

  test('says so where there is nothing to bring in, and where it cannot be', async () => {
    const page = render(MergeScreen, { id, from: 'main', into: 'main' });
    expect(await screen.findByText('Nothing to bring in')).toBeInTheDocument();
    expect(screen.queryByRole('button', { name: 'Bring it in' })).toBeNull();
    page.unmount();
    render(MergeScreen, { id, from: 'nowhere', into: 'main' });
    expect(await screen.findByText('These two cannot be brought together')).toBeInTheDocument();
    expect(screen.getByText('There is no branch nowhere.')).toBeInTheDocument();
  });
});
