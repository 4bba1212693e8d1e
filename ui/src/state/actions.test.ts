import { afterEach, describe, expect, it, vi } from 'vitest';
import { Actions, isTyping, type Action } from './actions.svelte';

function press(actions: Actions, init: KeyboardEventInit, target: HTMLElement = document.body): boolean {
  const event = new KeyboardEvent('keydown', { bubbles: true, cancelable: true, ...init });
  let handled = false;
  const hear = (heard: Event) => (handled = actions.handle(heard as KeyboardEvent));
  target.addEventListener('keydown', hear, { once: true });
  target.dispatchEvent(event);
  return handled;
}

function action(
  id: string,
  keys: string,
  more: Partial<Action> = {},
): Action & { run: ReturnType<typeof vi.fn> } {
  return { id, label: id, group: 'Test', keys, run: vi.fn(), ...more } as never;
}

describe('Actions', () => {
  afterEach(() => document.body.replaceChildren());

  it('run what the keys call, and nothing after they were taken away', () => {
    const actions = new Actions();
    const palette = action('palette', 'Mod+K');
    const end = actions.register([palette]);
    expect(press(actions, { key: 'k', ctrlKey: true })).toBe(true);
    expect(press(actions, { key: 'k' })).toBe(false);
    end();
    expect(press(actions, { key: 'k', ctrlKey: true })).toBe(false);
    expect(palette.run).toHaveBeenCalledOnce();
  });

  it('let a screen’s own keys win over those of the frame', () => {
    const actions = new Actions();
    const frame = action('frame.undo', 'Mod+Z');
    const screen = action('screen.undo', 'Mod+Z');
    actions.register([frame]);
    actions.register([screen]);
    press(actions, { key: 'z', ctrlKey: true });
    expect(screen.run).toHaveBeenCalledOnce();
    expect(frame.run).not.toHaveBeenCalled();
  });

  it('leave single keys to a field that is typed in, but not combinations', () => {
    const actions = new Actions();
    const search = action('search', '/');
    const palette = action('palette', 'Mod+K');
    const undo = action('undo', 'Mod+Z', { whileTyping: false });
    actions.register([search, palette, undo]);
    const field = document.body.appendChild(document.createElement('input'));
    expect(press(actions, { key: '/' }, field)).toBe(false);
    expect(press(actions, { key: 'z', ctrlKey: true }, field)).toBe(false);
    expect(press(actions, { key: 'k', ctrlKey: true }, field)).toBe(true);
  });

  it('leave the page alone while a dialog or a menu lies above it, but not what is done everywhere', () => {
    const actions = new Actions();
    const revert = action('revert', 'r');
    const leave = action('leave', 'Escape');
    const all = action('all', 'Shift+A');
    const palette = action('palette', 'Mod+K');
    actions.register([revert, leave, all, palette]);
    const menu = document.body.appendChild(document.createElement('div'));
    menu.setAttribute('role', 'menu');
    const choice = menu.appendChild(document.createElement('button'));
    expect(press(actions, { key: 'r' }, choice)).toBe(false);
    expect(press(actions, { key: 'r' })).toBe(true);
    menu.setAttribute('role', 'alertdialog');
    // Also where what had the focus in it is gone.
    for (const target of [choice, document.body]) {
      expect(press(actions, { key: 'r' }, target)).toBe(false);
      expect(press(actions, { key: 'Escape' }, target)).toBe(false);
      expect(press(actions, { key: 'A', shiftKey: true }, target)).toBe(false);
      expect(press(actions, { key: 'k', ctrlKey: true }, target)).toBe(true);
    }
    expect(revert.run).toHaveBeenCalledOnce();
  });

  it('leave out what cannot be done now', () => {
    const actions = new Actions();
    const back = action('back', 'Alt+ArrowLeft', { enabled: () => false });
    actions.register([back]);
    expect(press(actions, { key: 'ArrowLeft', altKey: true })).toBe(false);
    expect(actions.available).toEqual([]);
    expect(actions.run('back')).toBe(false);
  });

  it('do not repeat while a key is held', () => {
    const actions = new Actions();
    const make = action('new', 'Mod+N');
    actions.register([make]);
    press(actions, { key: 'n', ctrlKey: true, repeat: true });
    expect(make.run).not.toHaveBeenCalled();
  });

  it('know which fields take text', () => {
    const check = document.createElement('input');
    check.type = 'checkbox';
    expect(isTyping(document.createElement('textarea'))).toBe(true);
    expect(isTyping(document.createElement('input'))).toBe(true);
    expect(isTyping(check)).toBe(false);
    expect(isTyping(document.createElement('button'))).toBe(false);
  });
});
