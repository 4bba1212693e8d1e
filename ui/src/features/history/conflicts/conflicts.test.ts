import { render, screen, waitFor, within } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { tick } from 'svelte';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import * as api from '~/api/history';
import { documents } from '~/features/sheet/documents.svelte';
import type { ConflictLine } from '~/features/sheet/model';
import { read } from '~/features/sheet/path';
import SheetScreen from '~/features/sheet/SheetScreen.svelte';
import { actions } from '~/state/actions.svelte';
import { toasts } from '~/state/toasts.svelte';
import { demoForEach } from '~/test/demo';
import { branchesOf } from '../branches.svelte';
import { decidedText, typable, typedValue, verbsOf } from './decide';
import { conflictsOf, OpenConflicts } from './open.svelte';

const demo = demoForEach();
const STYLE = '/actions/features/fighting-style/name';
let id = '';

const line = (values: unknown[], base: unknown, both = false): ConflictLine => ({
  path: '/a',
  label: 'A',
  section: 'identity',
  nature: 'value',
  base,
  base_text: base === null ? '' : String(base),
  sides: values.map((value, index) => ({
    from: index === 0 ? 'main' : 'twin blades',
    author: 'Maren',
    value,
    text: value === null ? '' : String(value),
  })),
  standing: String(values[0]),
  both,
});

describe('what can be decided', () => {
  test('each side, as before, and both where there is room for both', () => {
    expect(verbsOf(line(['b', 'c'], 'a', true)).map(({ keys, word, value }) => [keys, word, value])).toEqual([
      ['1', 'keep', 'b'],
      ['2', 'take', 'c'],
      ['3', 'as before:', 'a'],
      ['4', 'take both', ''],
    ]);
  });

  test('a side that removed it says so', () => {
    expect(verbsOf(line([null, 'c'], 'a'))[0]?.word).toBe('keep it removed');
    expect(verbsOf(line(['b', null], 'a'))[1]?.word).toBe('remove');
  });

  test('what is typed is a number where its values are numbers, and words elsewhere', () => {
    expect(typedValue(line([3, 4], 2), ' 12 ')).toEqual({ take: 'value', value: 12 });
    expect(typedValue(line(['3', '4'], '2'), '12')).toEqual({ take: 'value', value: '12' });
    expect(typedValue(line([true, false], null), 'no')).toEqual({ take: 'value', value: false });
    expect(typedValue(line([3, 4], 2), '')).toEqual({ take: 'value', value: null });
    expect(typable(line([{ name: 'x' }, 'c'], 'a'))).toBe(false);
    expect(decidedText(line(['b', 'c'], 'a'), { take: 'both' })).toBe('b and c');
  });
});

describe('conflicts that wait on a sheet', () => {
  beforeEach(async () => {
    id = demo.host.world.rows.find(({ handle }) => handle === 'sorrel-quickfen')?.id ?? '';
    await api.merge({
      id,
      from: 'twin-blades',
      into: 'main',
      decisions: {},
      strategy: null,
      allow: {},
      message: '',
    });
    await documents.open(id).reload();
    await branchesOf(id).load();
  });

  const opened = async () => {
    const open = new OpenConflicts(id);
    await open.load();
    open.show();
    return open;
  };
  const now = (path: string) => read(documents.open(id).source, path);

  test('are decided one by one, with a way back', async () => {
    const open = await opened();
    expect([open.decided, open.all]).toEqual([0, 2]);
    await open.decide({ [STYLE]: { take: 'side', side: 1 } });
    expect(now(STYLE)).toBe('Two-Weapon Fighting');
    expect([open.decided, open.all]).toEqual([1, 2]);
    await toasts.act(demo.toast()?.id ?? 0);
    expect(now(STYLE)).toBe('Defense');
    expect([open.decided, open.lines.length]).toEqual([0, 2]);
  });

  test('are counted right where news have them read once more meanwhile', async () => {
    const open = await opened();
    const call = demo.host.call.bind(demo.host);
    let news = true;
    vi.spyOn(demo.host, 'call').mockImplementation(async (command, args) => {
      const answer = await call(command, args);
      if (command === 'history_conflicts') {
        const first = news;
        news = false;
        if (first) void open.load();
        else await new Promise((done) => setTimeout(done));
      }
      return answer as never;
    });
    await open.decide({ [STYLE]: { take: 'side', side: 1 } });
    expect([open.decided, open.all]).toEqual([1, 2]);
  });

  test('are taken back by themselves, with what was done meanwhile kept', async () => {
    const open = await opened();
    await open.decide({ [STYLE]: { take: 'side', side: 1 } });
    const first = demo.toast()?.id ?? 0;
    await documents.open(id).set('/identity/background', 'Hermit');
    await toasts.act(first);
    expect(now(STYLE)).toBe('Defense');
    expect(now('/identity/background')).toBe('Hermit');
  });

  test('the cell itself shows what was, mine and theirs, and is decided where it stands', async () => {
    const user = userEvent.setup();
    render(SheetScreen, { id });
    await user.click(await screen.findByRole('tab', { name: /Character/ }));
    const chip = await screen.findByRole('group', { name: 'Conflict: Alignment' });
    expect(within(chip).getAllByRole('button')).toHaveLength(4);
    expect(chip).toHaveTextContent(
      /before\s*True Neutral\s*keep\s*main\s*.*\s*take\s*twin blades\s*Chaotic Good/,
    );
    await user.click(within(chip).getByRole('button', { name: /side by side/ }));
    expect(await screen.findByText('0 of 2 resolved')).toBeInTheDocument();
    await user.click(within(chip).getByRole('button', { name: /^take\s+twin blades\s+Chaotic Good$/ }));
    await waitFor(() => expect(now('/identity/alignment')).toBe('Chaotic Good'));
    await waitFor(() => expect(screen.queryByRole('group', { name: 'Conflict: Alignment' })).toBeNull());
  });

  test('a folded thing says that one waits within it', async () => {
    const user = userEvent.setup();
    render(SheetScreen, { id });
    await user.click(await screen.findByRole('tab', { name: /Character/ }));
    const chip = await screen.findByRole('group', { name: /^Conflict: Fighting style/ });
    await user.click(
      within(chip).getByRole('button', { name: /^take\s+twin blades\s+Two-Weapon Fighting$/ }),
    );
    await waitFor(() => expect(now(STYLE)).toBe('Two-Weapon Fighting'));
  });

  test('are decided by section, and the rest by a strategy', async () => {
    const open = await opened();
    await open.decideSection('identity', { take: 'base' });
    expect(now('/identity/alignment')).toBe('True Neutral');
    expect(open.lines.map(({ path }) => path)).toEqual([STYLE]);
    await open.decide({}, 'theirs');
    expect(now(STYLE)).toBe('Two-Weapon Fighting');
    expect(open.lines).toEqual([]);
    expect(open.inPart('character')).toBe(0);
  });

  test('news from elsewhere and a refusal leave what is being typed, and the keyboard with it', async () => {
    const user = userEvent.setup();
    render(SheetScreen, { id });
    await user.click(await screen.findByRole('button', { name: 'Decide…' }));
    await screen.findByText('0 of 2 resolved');
    const panel = screen.getByRole('region', { name: 'To be decided' });
    const item = await within(panel).findByRole('group', { name: /Fighting style/ });
    await user.click(within(item).getByRole('button', { name: 'another value…' }));
    const field = await within(item).findByRole('textbox');
    await waitFor(() => expect(field).toHaveFocus());
    await user.type(field, 'Great Weapon');
    await conflictsOf(id).load();
    await tick();
    expect(field).toHaveFocus();
    demo.host.world.rows = [];
    await user.keyboard('{Enter}');
    await waitFor(() => expect(demo.toast()?.tone).toBe('problem'));
    expect(field).toHaveValue('Great Weapon');
  });

  test('the sheet says that they wait, and after the last that none does, all by keys', async () => {
    const user = userEvent.setup();
    const keydown = (event: KeyboardEvent) => actions.handle(event);
    window.addEventListener('keydown', keydown);
    render(SheetScreen, { id });
    expect(await screen.findByText('2 conflicts wait')).toBeInTheDocument();
    expect(screen.getByRole('tab', { name: /Character.*2.*conflicts wait/ })).toBeInTheDocument();
    await user.click(screen.getByRole('button', { name: 'Decide…' }));
    expect(await screen.findByText('0 of 2 resolved')).toBeInTheDocument();
    await user.keyboard('2');
    expect(await screen.findByText('1 of 2 resolved')).toBeInTheDocument();
    await waitFor(() => expect(document.activeElement).toHaveTextContent('Fighting style'));
    await user.keyboard('n1');
    expect(await screen.findByText('All decided.')).toBeInTheDocument();
    expect(now('/identity/alignment')).toBe('Chaotic Good');
    expect(now(STYLE)).toBe('Defense');
    await user.click(screen.getByRole('button', { name: 'Back to the sheet' }));
    expect(screen.queryByText('All decided.')).toBeNull();
    window.removeEventListener('keydown', keydown);
  });
});
