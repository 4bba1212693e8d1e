/** Packs that can only be read: in a library that cannot be written, and at an older version. */
import { render, screen, waitFor, within } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { expect, test } from 'vitest';
import * as api from '~/api/packs';
import { router } from '~/state/router.svelte';
import { demoForEach } from '~/test/demo';
import HomebrewScreen from './HomebrewScreen.svelte';
import { OpenPack } from './pack.svelte';

const demo = demoForEach();
const user = userEvent.setup();

// What CodeMirror measures, jsdom has not.
Range.prototype.getClientRects = () => [] as unknown as DOMRectList;
Range.prototype.getBoundingClientRect = () => new DOMRect();

const named = async (name: string) => {
  const found = (await api.list()).find((pack) => pack.name === name);
  if (!found) throw new Error(`No pack ${name}.`);
  return found;
};
const writable = () => screen.findByRole('textbox', { name: /^Text of/ });

test('in a library that can only be read nothing can be typed, and it says why', async () => {
  await demo.restart({ library: 'read_only' });
  const { id } = await named('Tales of Lanternfall');
  render(HomebrewScreen, { props: { pack: id } });
  expect(await writable()).toHaveAttribute('contenteditable', 'false');
  expect(screen.getByText(/library can only be read at the moment/)).toBeInTheDocument();
  expect(screen.getByRole('textbox', { name: 'Name' })).toHaveAttribute('readonly');
  expect(screen.getByRole('button', { name: 'Add' })).toBeDisabled();
  expect(screen.queryByRole('button', { name: 'Remove' })).toBeNull();
  const pack = new OpenPack(id);
  await pack.open();
  const [thing] = pack.view?.things ?? [];
  if (!thing) throw new Error('Nothing in the pack.');
  pack.type(thing, 'lost');
  expect(pack.text(thing)).toBe(thing.text);
  expect(pack.state).toBe('readonly');
});

test('an older version is opened to read, at the thing that was on show, and left again', async () => {
  const { id } = await named('Tales of Lanternfall');
  const now = await api.show(id);
  const swarm = now.things.find(({ name }) => name === 'Lantern Swarm');
  const { unmount } = render(HomebrewScreen, { props: { pack: id, thing: swarm?.id } });
  await writable();
  await user.click(screen.getByRole('button', { name: 'Versions' }));
  await user.click(await screen.findByRole('button', { name: /^View version 4/ }));
  const [, fourth] = now.versions;
  expect(router.route).toEqual({ screen: 'homebrew', pack: id, thing: swarm?.id, version: fourth?.commit });
  unmount();

  render(HomebrewScreen, { props: { pack: id, thing: swarm?.id, version: fourth?.commit } });
  const text = await writable();
  expect(text).toHaveAttribute('contenteditable', 'false');
  expect(text).toHaveTextContent('3d6');
  expect(swarm?.text).not.toContain('3d6');
  const banner = screen.getByRole('region', { name: 'An older version' });
  expect(banner).toHaveTextContent('version 4 of 5, to be read only');
  expect(screen.queryByRole('button', { name: 'Remove' })).toBeNull();
  // Walking through it stays in it.
  await user.click(screen.getByRole('button', { name: 'Snuff' }));
  expect(router.route).toMatchObject({ version: fourth?.commit });
  await user.click(within(banner).getByRole('button', { name: 'Back to now' }));
  expect(router.route).toMatchObject({ screen: 'homebrew', pack: id });
  expect(router.route).not.toHaveProperty('version');
});

test('an older version is restored from where it is read', async () => {
  const { id } = await named('Tales of Lanternfall');
  const [, fourth] = (await api.show(id)).versions;
  render(HomebrewScreen, { props: { pack: id, version: fourth?.commit } });
  await user.click(await screen.findByRole('button', { name: 'Restore' }));
  await waitFor(() => expect(demo.toast()?.text).toBe('Back to version 4'));
  expect(router.route).not.toHaveProperty('version');
  expect((await named('Tales of Lanternfall')).version).toBe('1.2');
});

test('a version that is not there says so and leads back', async () => {
  const { id } = await named('Tales of Lanternfall');
  render(HomebrewScreen, { props: { pack: id, version: 'ffff' } });
  expect(await screen.findByText('This version could not be opened')).toBeInTheDocument();
  await user.click(screen.getByRole('button', { name: 'Back to now' }));
  expect(router.route).toEqual({ screen: 'homebrew', pack: id });
});
