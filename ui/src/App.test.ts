/** Walks through the whole interface over the demo host, as a person with a keyboard would. */
import { cleanup, render, screen, waitFor, within } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import App from './App.svelte';
import { desk } from './features/shell/desk.svelte';
import { fakeHost, type FakeHost, type FakeOptions } from './host/fake';
import { useHost } from './host/host';
import { opened } from './state/opened.svelte';
import { router } from './state/router.svelte';
import { toasts } from './state/toasts.svelte';

const user = userEvent.setup();

function start(options: FakeOptions = {}): FakeHost {
  const host = fakeHost(options);
  useHost(host);
  render(App);
  return host;
}

const name = (text: string) => screen.findByRole('button', { name: text });

/** An entry of the open menu; jsdom has no layout, so the menu never counts as placed and visible. */
const choice = (text: string) => screen.findByText(text, { selector: '[role=menuitem] span' });

describe('the window', () => {
  beforeEach(() => localStorage.clear());
  afterEach(() => {
    cleanup();
    Object.assign(desk, { palette: false, shortcuts: false, newCharacter: false });
    for (const toast of [...toasts.list]) toasts.close(toast.id);
    for (const one of opened.list) opened.close(one.id);
    router.go({ screen: 'library' });
  });

  it('opens on the library, the last changed first', async () => {
    start();
    await name('Sorrel Quickfen');
    const names = screen
      .getAllByRole('listitem')
      .flatMap((item) => within(item).queryAllByRole('button').slice(0, 1));
    expect(names[0]).toHaveTextContent('Library');
    expect(screen.getByText('11 characters')).toBeInTheDocument();
    await waitFor(() => expect(document.title).toBe('Library · Forkbeard'));
  });

  it('finds as one types, and says so when nobody answers', async () => {
    start();
    await name('Sorrel Quickfen');
    await user.keyboard('/');
    await user.keyboard('abbess');
    await waitFor(() => expect(screen.queryByRole('button', { name: 'Sorrel Quickfen' })).toBeNull());
    expect(await name('Abbess Ferrin')).toBeInTheDocument();
    await user.keyboard('xx');
    expect(await screen.findByText('Nobody answers to that')).toBeInTheDocument();
    await user.click(screen.getByRole('button', { name: 'Show everybody' }));
    await name('Sorrel Quickfen');
  });

  it('keeps the search when one comes back from elsewhere', async () => {
    start();
    await name('Sorrel Quickfen');
    await user.keyboard('/');
    await user.keyboard('abbess');
    await waitFor(() => expect(screen.queryByRole('button', { name: 'Sorrel Quickfen' })).toBeNull());
    router.go({ screen: 'settings' });
    await screen.findByRole('heading', { name: 'Settings' });
    await user.keyboard('{Alt>}{ArrowLeft}{/Alt}');
    expect(await screen.findByLabelText<HTMLInputElement>('Search the library')).toHaveValue('abbess');
    expect(await name('Abbess Ferrin')).toBeInTheDocument();
  });

  it('archives with a way back, which Ctrl+Z takes', async () => {
    const host = start();
    await name('Pip Underbough');
    screen.getByRole('button', { name: 'Actions for Pip Underbough' }).focus();
    await user.keyboard('{Enter}');
    await user.click(await choice('Archive'));
    await screen.findByText('Pip Underbough is archived.');
    await waitFor(() => expect(screen.queryByRole('button', { name: 'Pip Underbough' })).toBeNull());
    await user.keyboard('{Control>}z{/Control}');
    await name('Pip Underbough');
    expect(host.world.rows.find((row) => row.handle === 'pip-underbough')?.active).toBe(true);
  });

  it('makes a character from its name; a taken handle is told at its field', async () => {
    const host = start();
    await name('Sorrel Quickfen');
    await user.keyboard('{Control>}n{/Control}');
    const field = await screen.findByLabelText('Name');
    await user.type(field, 'Pip Otherwise');
    const handle = screen.getByLabelText<HTMLInputElement>('Handle');
    expect(handle.value).toBe('pip-otherwise');
    await user.clear(handle);
    await user.type(handle, 'pip-underbough');
    await user.click(screen.getByRole('button', { name: 'Make character' }));
    await waitFor(() => expect(handle).toBeInvalid());
    await user.clear(handle);
    await user.click(screen.getByRole('button', { name: 'Make character' }));
    await waitFor(() => expect(host.world.rows.some((row) => row.handle === 'pip-otherwise')).toBe(true));
    await waitFor(() => expect(router.route).toMatchObject({ screen: 'sheet' }));
  });

  it('offers the demo party to an empty library', async () => {
    start({ many: 0 });
    await user.click(await name('Bring in the demo party'));
    await name('Sorrel Quickfen');
    await waitFor(() => expect(toasts.list.at(-1)?.text).toBe('12 characters came in.'));
  });

  it('reaches a character and a page by the palette', async () => {
    start();
    await name('Sorrel Quickfen');
    await user.keyboard('{Control>}k{/Control}');
    const field = await screen.findByRole('combobox', { name: 'Command palette' });
    expect(field).toHaveFocus();
    await user.keyboard('mosses');
    await screen.findByRole('option', { name: /Mother of Mosses/ });
    await user.keyboard('{Enter}');
    await waitFor(() => expect(router.route).toMatchObject({ screen: 'sheet' }));
    await user.keyboard('{Control>}k{/Control}');
    await screen.findByRole('combobox', { name: 'Command palette' });
    await user.keyboard('settings{Enter}');
    await screen.findByRole('heading', { name: 'Settings' });
  });

  it('does what the window’s menu says', async () => {
    const host = start();
    await name('Sorrel Quickfen');
    host.emit('menu-chosen', { action: 'show_health' });
    await screen.findByRole('heading', { name: 'Health' });
    expect(await screen.findByText('sheet.edit')).toBeInTheDocument();
    host.emit('menu-chosen', { action: 'show_shortcuts' });
    expect(await screen.findByRole('dialog', { name: 'Keyboard' })).toBeInTheDocument();
  });

  it('shows the shortcuts on a question mark', async () => {
    start();
    await name('Sorrel Quickfen');
    await user.keyboard('?');
    const dialog = await screen.findByRole('dialog', { name: 'Keyboard' });
    expect(within(dialog).getByText('New character')).toBeInTheDocument();
  });

  it('begins a pack, and the keyboard stands on adding its first thing', async () => {
    start();
    await user.click(await name('Homebrew'));
    await user.click(await name('New pack'));
    await user.type(await screen.findByRole('textbox', { name: 'Name' }), 'House spells{Enter}');
    await waitFor(async () => expect(await name('Add a thing')).toHaveFocus());
    await user.keyboard('{Enter}');
    expect(await choice('Spell')).toBeInTheDocument();
  });

  it('says that a library can only be read, and refuses changes in words', async () => {
    start({ library: 'read_only' });
    await name('Pip Underbough');
    expect(screen.getByText('Read only.')).toBeInTheDocument();
    screen.getByRole('button', { name: 'Actions for Pip Underbough' }).focus();
    await user.keyboard('{Enter}');
    await user.click(await choice('Archive'));
    await waitFor(() => expect(toasts.list.at(-1)).toMatchObject({ tone: 'problem' }));
    expect(screen.getByRole('button', { name: 'Pip Underbough' })).toBeInTheDocument();
  });

  it.each([
    ['locked', 'The library is open elsewhere'],
    ['newer_schema', 'This library is newer than this Forkbeard'],
    ['not_a_library', 'This folder is not a library'],
    ['internal', 'The library could not be opened'],
  ] as const)('explains a library that is %s', async (library, title) => {
    start({ library });
    expect(await screen.findByRole('heading', { name: title })).toBeInTheDocument();
    expect(screen.getByRole('button', { name: 'Try again' })).toBeInTheDocument();
  });

  it('puts back the newest verified backup', async () => {
    start({ library: 'internal' });
    await user.click(await name('Restore this backup…'));
    await user.click(await name('Restore'));
    await name('Sorrel Quickfen');
  });

  it('offers another try when the list cannot be read', async () => {
    start({ failing: true });
    expect(await screen.findByText('The library does not answer')).toBeInTheDocument();
    expect(screen.getByRole('button', { name: 'Try again' })).toBeInTheDocument();
  });
});
