/** Packs over the demo host: written, checked, refused, taken back, brought in, compared. */
import { render, screen, waitFor, within } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { EditorView } from '@codemirror/view';
import { expect, test } from 'vitest';
import * as api from '~/api/packs';
import { router } from '~/state/router.svelte';
import { demoForEach } from '~/test/demo';
import HomebrewScreen from './HomebrewScreen.svelte';
import { OpenPack, tablesIn } from './pack.svelte';
import { findPacks } from './palette';
import { rowsOf } from './rows';
import { shortened } from './shortened';
import { contents, headingOf } from './words';

const demo = demoForEach();
const { toast } = demo;
const user = userEvent.setup();

// What CodeMirror measures, jsdom has not.
Range.prototype.getClientRects = () => [] as unknown as DOMRectList;
Range.prototype.getBoundingClientRect = () => new DOMRect();

const row = async (name: string) => {
  const found = (await api.list()).find((pack) => pack.name === name);
  if (!found) throw new Error(`No pack ${name}.`);
  return found;
};
const opened = async (name: string) => {
  const pack = new OpenPack((await row(name)).id);
  await pack.open();
  return pack;
};
const called = (pack: OpenPack, name: string) => {
  const thing = pack.view?.things.find((one) => one.name === name);
  if (!thing) throw new Error(`No thing ${name}.`);
  return thing;
};
const shown = async (name: string) => {
  render(HomebrewScreen, { props: { pack: (await row(name)).id } });
  await screen.findByRole('textbox', { name: /^Text of/ });
};
const editor = () => {
  const view = EditorView.findFromDOM(screen.getByRole('textbox', { name: /^Text of/ }));
  if (!view) throw new Error('No editor.');
  return view;
};
const write = (text: string) =>
  editor().dispatch({ changes: { from: 0, to: editor().state.doc.length, insert: text } });

test('a pack says what it holds, as a rulebook orders it', () => {
  expect(contents({ spell: 2, feat: 1, magic_item: 1, '': 1, vehicle: 3 })).toBe(
    '1 feat, 2 spells, 1 magic item, 1 unread, 3 vehicle',
  );
  expect(contents({})).toBe('nothing yet');
  expect(headingOf('species')).toBe('Species');
  expect(headingOf('')).toBe('Cannot be read');
});

test('things stand under their kinds, and are found by words of name and text', async () => {
  const things = (await opened('Tales of Lanternfall')).view?.things ?? [];
  const rows = rowsOf(things, '');
  expect(rows[0]).toEqual({ kind: 'species', thing: null });
  expect(rows.filter(({ thing }) => thing === null).map(({ kind }) => kind)).toEqual([
    'species',
    'background',
    'feat',
    'spell',
    'weapon',
    'magic_item',
    'creature',
  ]);
  expect(rowsOf(things, 'lantern fire').map(({ thing }) => thing?.name)).toEqual([
    undefined,
    'Wickbearer',
    undefined,
    'Lantern Swarm',
  ]);
  expect(rowsOf(things, 'no such thing')).toEqual([]);
});

test('long values are told by what differs, short ones whole', () => {
  expect(shortened('2d6', '3d6')).toEqual({ before: '2d6', after: '3d6' });
  const text = (damage: string) =>
    `Thumb-sized lights rise from the reeds and follow a creature. It takes ${damage} fire damage when they reach it, and again whenever it ends a turn near water.`;
  const { before, after } = shortened(text('2d6'), text('3d8'));
  expect(before).toBe('… follow a creature. It takes 2d6 fire damage when they reach …');
  expect(after).toBe('… follow a creature. It takes 3d8 fire damage when they reach …');
  expect(shortened('', text('2d6')).after).toBe(text('2d6'));
  const grown = shortened(text('2d6'), `${text('2d6')} It sheds light.`);
  expect(grown.after).toMatch(/^… .*near water\. It sheds light\.$/);
});

test('tables are counted, sub-tables are not', () => {
  expect(tablesIn('[[spell]]\nname = "A"\n[[spell.damage]]\n')).toBe(1);
  expect(tablesIn('[[species]]\n[[species.traits]]\n\n[[feat]]\n')).toBe(2);
});

test('what is typed is checked at once and saved on a pause', async () => {
  const pack = await opened('Tales of Lanternfall');
  const snuff = called(pack, 'Snuff');
  pack.show(snuff.id);
  pack.type(snuff, snuff.text.replace('level = 0', 'level = 12'));
  expect(pack.state).toBe('typing');
  await waitFor(() => expect(pack.problems).toHaveLength(1));
  expect(pack.problems[0]).toMatchObject({ line: 4, message: 'the level of a spell is 0 to 9' });
  expect(pack.problemsOf(snuff)).toBe(1);
  await waitFor(() => expect(pack.state).toBe('saved'));
  expect(pack.view?.versions[0]?.message).toBe('Changed Snuff');
  expect(called(pack, 'Snuff').text).toContain('level = 12');
  expect((await row('Tales of Lanternfall')).problems).toBe(1);
});

test('text that cannot be read is kept, and the last sight of it stays', async () => {
  const pack = await opened('Tales of Lanternfall');
  const snuff = called(pack, 'Snuff');
  pack.show(snuff.id);
  await pack.check();
  expect(pack.entries[0]?.row.name).toBe('Snuff');
  pack.type(snuff, snuff.text.replace('"S"', '"S'));
  expect(await pack.flush()).toBe(true);
  await waitFor(() => expect(pack.problems).toHaveLength(1));
  expect(pack.entries[0]?.row.name).toBe('Snuff');
  expect(pack.thing).toMatchObject({ id: snuff.id, name: '' });
});

test('several tables wait until the text is left, and become things of their own', async () => {
  const pack = await opened('Tales of Lanternfall');
  const snuff = called(pack, 'Snuff');
  pack.show(snuff.id);
  const other = '\n[[language]]\nname = "Quay Cant"\n';
  pack.type(snuff, snuff.text + other);
  await new Promise((done) => setTimeout(done, 1100));
  expect(pack.state).toBe('typing');
  await pack.flush();
  expect(called(pack, 'Quay Cant').kind).toBe('language');
  expect(pack.thing?.id).toBe(snuff.id);
  expect(toast()?.text).toContain('2 things');
});

test('what another window changed meanwhile is not written over unasked', async () => {
  const pack = await opened('Tales of Lanternfall');
  const snuff = called(pack, 'Snuff');
  pack.show(snuff.id);
  pack.type(snuff, snuff.text.replace('30 feet', '90 feet'));
  const other = snuff.text.replace('30 feet', '60 feet');
  const changes = [{ op: 'put' as const, thing: snuff.id, text: other }];
  await api.edit({ id: pack.id, base: pack.view?.commit ?? '', changes });
  expect(await pack.flush()).toBe(false);
  expect(pack.state).toBe('unsaved');
  expect(pack.refused?.code).toBe('conflict');
  expect(pack.text(snuff)).toContain('90 feet');
  expect(await pack.retry()).toBe(true);
  expect(called(pack, 'Snuff').text).toContain('90 feet');
  pack.type(called(pack, 'Snuff'), 'gone');
  await pack.letGo();
  expect(pack.state).toBe('saved');
  expect(called(pack, 'Snuff').text).toContain('90 feet');
});

test('news of another window show without taking the typing away', async () => {
  const pack = await opened('Tales of Lanternfall');
  const snuff = called(pack, 'Snuff');
  pack.show(snuff.id);
  pack.type(snuff, `${snuff.text}\n# half a thought`);
  const head = { name: 'Lanternfall', version: '2', license: '', attribution: '' };
  await api.edit({ id: pack.id, base: pack.view?.commit ?? '', changes: [{ op: 'head', head }] });
  await waitFor(() => expect(pack.view?.head.name).toBe('Lanternfall'));
  expect(pack.text(snuff)).toContain('half a thought');
});

test('a thing is removed and comes back, also when something else was changed since', async () => {
  const pack = await opened('Tales of Lanternfall');
  const snuff = called(pack, 'Snuff');
  await pack.remove(snuff);
  expect(toast()?.text).toBe('Removed Snuff');
  await toast()?.action?.run();
  expect(called(pack, 'Snuff').id).toBe(snuff.id);
  await pack.remove(called(pack, 'Snuff'));
  const removed = toast();
  pack.type(called(pack, 'Boathook'), called(pack, 'Boathook').text.replace('1d6', '1d8'));
  await pack.flush();
  await removed?.action?.run();
  expect(called(pack, 'Snuff').text).toBe(snuff.text);
  expect(called(pack, 'Boathook').text).toContain('1d8');
});

test('a head is written field by field, and a refusal is told', async () => {
  const pack = await opened('House rules');
  await pack.setHead({ version: '2.0' });
  expect(pack.view?.head).toMatchObject({ name: 'House rules', version: '2.0' });
  expect(toast()?.text).toBe('Version: 2.0');
  await toast()?.action?.run();
  expect(pack.view?.head.version).toBe('');
  await pack.setHead({ name: ' ' });
  expect(toast()?.tone).toBe('problem');
  expect(pack.view?.head.name).toBe('House rules');
});

test('the shelf lists packs, archives one and brings it back', async () => {
  render(HomebrewScreen, { props: {} });
  const list = await screen.findByRole('list', { name: 'Packs' });
  expect(list).toHaveTextContent('1 species, 1 background, 1 feat, 2 spells');
  expect(list).toHaveTextContent('8 problems');
  await user.click(screen.getByRole('button', { name: 'More for House rules' }));
  await user.click(await screen.findByText('Archive', { selector: '[role=menuitem] span' }));
  await waitFor(() =>
    expect(screen.getByRole('list', { name: 'Archived packs' })).toHaveTextContent('House rules'),
  );
  // The list hears of it before the answer comes, and with it the way back.
  await waitFor(() => expect(toast()?.action).toBeDefined());
  await toast()?.action?.run();
  await waitFor(() => expect(screen.getByRole('list', { name: 'Packs' })).toHaveTextContent('House rules'));
});

test('without a pack it says what one is; the first is made by name', async () => {
  await demo.restart({ many: 0 });
  render(HomebrewScreen, { props: {} });
  expect(await screen.findByText('Rules of your own')).toBeInTheDocument();
  await user.click(screen.getByRole('button', { name: 'New pack' }));
  await user.type(await screen.findByRole('textbox', { name: 'Name' }), 'House spells{Enter}');
  await waitFor(() => expect(router.route).toMatchObject({ screen: 'homebrew', pack: expect.any(String) }));
  expect(await row('House spells')).toMatchObject({ pack: 'house-spells', things: {} });
});

test('files are brought in; the same pack becomes a newer version that can be taken back', async () => {
  const { container } = render(HomebrewScreen, { props: {} });
  await screen.findByRole('list', { name: 'Packs' });
  const input = container.querySelector<HTMLInputElement>('input[type=file]');
  if (!input) throw new Error('No file input.');
  // jsdom's files cannot be read.
  const file = (text: string) =>
    Object.assign(new File([text], 'quay.toml', { type: 'text/plain' }), {
      text: () => Promise.resolve(text),
    });
  await user.upload(input, file('[[feat]]\nname = "A"\n'));
  await waitFor(() => expect(toast()?.text).toContain('None of these files says'));
  const head = '[pack]\nid = "quay"\nname = "The Quay"\nversion = "1"\n\n';
  await user.upload(input, file(`${head}[[language]]\nname = "Quay Cant"\n`));
  await waitFor(() => expect(toast()?.text).toBe('The Quay is here: 1 thing.'));
  const first = await row('The Quay');
  await user.upload(input, file(`${head}[[language]]\nname = "A"\n\n[[language]]\nname = "B"\n`));
  await waitFor(() => expect(toast()?.text).toBe('The Quay has a newer version now: 2 things.'));
  expect((await row('The Quay')).id).toBe(first.id);
  await toast()?.action?.run();
  expect((await row('The Quay')).things).toEqual({ language: 1 });
});

test('a text is written, its problems are led to, and the preview follows', async () => {
  await shown('House rules');
  await user.click(screen.getByRole('button', { name: /^Cinder Step/ }));
  await waitFor(() =>
    expect(screen.getByRole('region', { name: 'Problems' })).toHaveTextContent('5 problems'),
  );
  await user.click(screen.getByRole('button', { name: 'line 4' }));
  const { state } = editor();
  expect(state.sliceDoc(state.selection.main.from, state.selection.main.to)).toBe('school = "evocaton"');
  write('[[spell]]\nname = "Cinder Leap"\nlevel = 2\nschool = "evocation"\ntext = "You leap."\n');
  await screen.findByText('Nothing is wrong with it');
  expect(screen.getByRole('region', { name: 'Preview' })).toHaveTextContent('Level 2 evocation');
  await screen.findByRole('button', { name: 'Cinder Leap' });
  await user.tab();
  expect((await row('House rules')).problems).toBe(3);
});

test('a thing is added from a template with its name marked, by its kind', async () => {
  await shown('Tales of Lanternfall');
  await user.click(screen.getByRole('button', { name: 'Add' }));
  await user.click(await screen.findByText('Magic item', { selector: '[role=menuitem] span' }));
  await waitFor(() => {
    const { state } = editor();
    expect(state.sliceDoc(state.selection.main.from, state.selection.main.to)).toBe('New magic item');
  });
  expect(toast()?.text).toBe('Added a magic item');
  await toast()?.action?.run();
  await waitFor(() => expect(screen.queryByRole('button', { name: 'New magic item' })).toBeNull());
});

test('the things are walked by key, from the filter to the text', async () => {
  await shown('Tales of Lanternfall');
  await user.type(screen.getByRole('searchbox', { name: 'Find a thing of this pack' }), 'hook');
  await user.keyboard('{ArrowDown}');
  const first = await screen.findByRole('button', { name: 'Boathook' });
  await waitFor(() => expect(first).toHaveFocus());
  expect(first).toHaveAttribute('aria-current', 'true');
  // Over the heading of the next kind.
  await user.keyboard('{ArrowDown}');
  await waitFor(() => expect(screen.getByRole('button', { name: "Ferryman's Hook" })).toHaveFocus());
  await screen.findByRole('textbox', { name: "Text of Ferryman's Hook" });
  await user.keyboard('{Enter}');
  await waitFor(() => expect(screen.getByRole('textbox', { name: /^Text of/ })).toHaveFocus());
});

test('versions are compared by thing and field, and restored', async () => {
  await shown('Tales of Lanternfall');
  await user.click(screen.getByRole('button', { name: 'Versions' }));
  const dialog = await screen.findByRole('dialog');
  const compare = within(dialog).getAllByRole('button', { name: 'Compare with now' })[0] as HTMLElement;
  await user.click(compare);
  await waitFor(() => expect(dialog).toHaveTextContent('Lantern Swarm'));
  await waitFor(() => expect(dialog).toHaveTextContent('dice 2d6'));
  expect(dialog).toHaveTextContent(/damage\s*was\s*dice 3d6, type fire\s*becomes\s*dice 2d6, type fire/);
  await user.click(within(dialog).getAllByRole('button', { name: 'Restore' })[0] as HTMLElement);
  await waitFor(() => expect(toast()?.text).toBe('Back to version 4'));
  expect((await row('Tales of Lanternfall')).version).toBe('1.2');
  await toast()?.action?.run();
  expect((await row('Tales of Lanternfall')).version).toBe('1.3');
});

test('the palette finds packs', async () => {
  expect(await findPacks('')).toEqual([]);
  const [found] = await findPacks('lantern');
  expect(found?.detail).toContain('2 spells');
  found?.run();
  expect(router.route).toMatchObject({ screen: 'homebrew' });
});
