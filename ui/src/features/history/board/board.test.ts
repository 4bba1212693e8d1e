import { render, screen, waitFor } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, test } from 'vitest';
import { documents } from '~/features/sheet/documents.svelte';
import { read } from '~/features/sheet/path';
import { router } from '~/state/router.svelte';
import { toasts } from '~/state/toasts.svelte';
import { demoForEach } from '~/test/demo';
import { branchesOf } from '../branches.svelte';
import { sidesWith, WhatIfBoard } from './board.svelte';
import BoardScreen from './BoardScreen.svelte';
import { firstSides, pick } from './deeds';

const demo = demoForEach();
let id = '';
const LEVEL = '/levels/level-7';

beforeEach(() => {
  id = demo.host.world.rows.find(({ handle }) => handle === 'sorrel-quickfen')?.id ?? '';
});

async function loaded(sides = ['main', 'twin-blades']): Promise<WhatIfBoard> {
  const board = new WhatIfBoard(id);
  await board.load(sides);
  return board;
}

test('columns are changed, added, taken away and swapped within two to four', () => {
  expect(sidesWith.changed(['a', 'b'], 1, 'c')).toEqual(['a', 'c']);
  expect(sidesWith.added(['a', 'b', 'c', 'd'], 'e')).toEqual(['a', 'b', 'c', 'd']);
  expect(sidesWith.added(['a', 'b'], 'c')).toEqual(['a', 'b', 'c']);
  expect(sidesWith.without(['a', 'b'], 0)).toEqual(['a', 'b']);
  expect(sidesWith.without(['a', 'b', 'c'], 0)).toEqual(['b', 'c']);
  expect(sidesWith.swapped(['a', 'b', 'c'], 1)).toEqual(['a', 'c', 'b']);
  expect(sidesWith.swapped(['a', 'b'], 1)).toEqual(['a', 'b']);
});

describe('the board', () => {
  test('shows what everybody asks for, or only what differs', async () => {
    const board = await loaded();
    const armor = (model: WhatIfBoard) => model.rows.some(({ path }) => path === '/combat/armor_class');
    expect(armor(board)).toBe(true);
    board.only = true;
    expect(armor(board)).toBe(false);
    expect(board.rows).toHaveLength(board.differing);
  });

  test('offers a cell to branches where it stands otherwise, and no computed number to anybody', async () => {
    const board = await loaded(['main', 'twin-blades', 'as-of-session-9']);
    const row = (path: string) => board.rows.find((one) => one.path === path);
    const level = row(LEVEL);
    if (!level) throw new Error('The level is missing.');
    // A milestone is no branch: nothing can be brought onto it.
    expect(board.targets(level, 1).map(({ branch }) => branch)).toEqual(['main']);
    expect(board.targets(level, 2).map(({ branch }) => branch)).toEqual(['twin-blades']);
    const hp = row('/combat/hp_maximum');
    expect(hp?.differs).toBe(true);
    if (hp) expect(board.targets(hp, 1)).toEqual([]);
  });

  test('arrows walk over its cells and stay at the edges', async () => {
    const board = await loaded();
    const [first, second] = board.drawn;
    expect(board.at).toEqual({ path: first?.path, column: 0 });
    board.move('ArrowUp');
    board.move('ArrowLeft');
    expect(board.at).toEqual({ path: first?.path, column: 0 });
    board.move('ArrowDown');
    board.move('ArrowRight');
    board.move('ArrowRight');
    expect(board.at).toEqual({ path: second?.path, column: 1 });
    expect(board.move('q')).toBe(false);
  });

  test('tells of a version that is not there', async () => {
    const board = await loaded(['main', 'nowhere']);
    expect(board.failure?.code).toBe('not_found');
    expect(board.board).toBeNull();
  });
});

test('a cell is brought onto another branch, and put back', async () => {
  const board = await loaded();
  const [main] = board.board?.sides ?? [];
  const onto = { branch: 'main', title: 'main', commit: main?.side.commit ?? '' };
  expect(await pick(id, onto, 'twin-blades', { path: LEVEL, label: 'Level 7' })).toBe(true);
  const level = () => read(documents.open(id).source, LEVEL);
  expect(level()).toMatchObject({ class: 'Ranger' });
  expect(demo.toast()?.text).toBe('Level 7 is on main now');
  await toasts.act(demo.toast()?.id ?? 0);
  expect(level()).toBeUndefined();
});

test('begins with main and the line on which one stands', async () => {
  const branches = branchesOf(id);
  await branches.load();
  expect(firstSides(branches)[0]).toBe('main');
  expect(firstSides(branches)).toHaveLength(2);
});

test('the screen adds a column, leaves out what is alike, and picks by Enter', async () => {
  const user = userEvent.setup();
  router.go({ screen: 'board', id, sides: ['main', 'twin-blades'] });
  render(BoardScreen, { id, sides: ['main', 'twin-blades'] });
  await screen.findByRole('grid');
  expect(screen.getByText('Armor class')).toBeInTheDocument();
  await user.click(screen.getByRole('switch', { name: 'Only what differs' }));
  expect(screen.queryByText('Armor class')).toBeNull();
  await user.click(screen.getByRole('button', { name: 'Add a column' }));
  expect(router.route).toMatchObject({ screen: 'board', sides: ['main', 'twin-blades', expect.any(String)] });
  const [first] = screen.getAllByRole('gridcell');
  first?.focus();
  await user.keyboard('{ArrowRight}');
  expect(document.activeElement).toHaveTextContent('Chaotic Good');
  await user.keyboard('{Enter}');
  await waitFor(() => expect(demo.toast()?.text).toBe('Alignment is on main now'));
  // The row is alike now and gone; the keys go on from the one in its place.
  await waitFor(() => expect(screen.queryByRole('rowheader', { name: /^.?\s*Alignment/ })).toBeNull());
  await waitFor(() => expect(document.activeElement).toHaveAttribute('role', 'gridcell'));
});
