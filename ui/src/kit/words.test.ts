import { describe, expect, it } from 'vitest';
import { ago, bytes, counted, duration, micros } from './format';
import { keyCaps, pressed } from './keys';
import { renderMarkdown } from './markdown';
import { readNumber, signed, within } from './number';
import { matching } from './options';
import { searchPalette } from './palette';
import { initialOf } from './initial';
import { ensureLanguage } from './language';

describe('numbers', () => {
  it.each([
    ['12', 40, false, 12],
    ['-9', 40, true, 31],
    ['+5', 40, true, 45],
    ['−3', 10, true, 7],
    ['-9', 40, false, -9],
    ['12+5', 40, true, 17],
    ['2,5', null, false, 2.5],
    ['', 40, false, null],
    ['  ', 40, false, null],
    ['ten', 40, false, undefined],
    ['1e9', 40, false, undefined],
    ['5-', 40, false, undefined],
  ])('reads %j at %s (relative: %s) as %s', (text, present, relative, expected) => {
    expect(readNumber(text, present, relative)).toBe(expected);
  });

  it('stay within their limits and digits', () => {
    expect(within(120, { min: 0, max: 99 })).toBe(99);
    expect(within(-4, { min: 0 })).toBe(0);
    expect(within(2.345, { digits: 2 })).toBe(2.35);
    expect(within(2.6, {})).toBe(3);
  });

  it('carry their sign', () => {
    expect([signed(4), signed(0), signed(-1)]).toEqual(['+4', '+0', '−1']);
  });
});

describe('format', () => {
  const now = new Date('2026-11-22T12:00:00Z');
  it.each([
    ['2026-11-22T11:59:40Z', 'just now'],
    ['2026-11-22T11:57:00Z', '3 minutes ago'],
    ['2026-11-21T11:00:00Z', 'yesterday'],
    ['2025-10-01T11:00:00Z', 'last year'],
    ['nonsense', ''],
  ])('says how long ago %s was', (time, words) => expect(ago(time, now)).toBe(words));

  it('writes sizes, times and counts for people', () => {
    expect([bytes(512), bytes(6_400_000), bytes(123_456_789), bytes(null)]).toEqual([
      '512 bytes',
      '6.4 MB',
      '123 MB',
      '–',
    ]);
    expect([micros(480), micros(2900), micros(43_000), micros(1_200_000)]).toEqual([
      '480 µs',
      '2.9 ms',
      '43 ms',
      '1.2 s',
    ]);
    expect([duration(48), duration(300), duration(8040)]).toEqual(['48 s', '5 min', '2 h 14 min']);
    expect([counted(1, 'change'), counted(10_000, 'change')]).toEqual(['1 change', '10,000 changes']);
  });
});

describe('keys', () => {
  const press = (key: string, init: KeyboardEventInit = {}) => new KeyboardEvent('keydown', { key, ...init });
  it('are the platform’s own', () => {
    expect(keyCaps('Mod+Shift+Z', false)).toEqual(['Ctrl', 'Shift', 'Z']);
    expect(keyCaps('Mod+Shift+Z', true)).toEqual(['⌘', '⇧', 'Z']);
    expect(keyCaps('Mod++', false)).toEqual(['Ctrl', '+']);
  });
  it('ask for exactly their modifiers', () => {
    expect(pressed(press('Z', { ctrlKey: true, shiftKey: true }), 'Mod+Shift+Z', false)).toBe(true);
    expect(pressed(press('z', { ctrlKey: true }), 'Mod+Shift+Z', false)).toBe(false);
    expect(pressed(press('k', { metaKey: true }), 'Mod+K', true)).toBe(true);
    expect(pressed(press('k', { metaKey: true }), 'Mod+K', false)).toBe(false);
    expect(pressed(press('n', { ctrlKey: true }), 'n', false)).toBe(false);
  });
  it('take a symbol as it is typed, whatever Shift does on this keyboard', () => {
    expect(pressed(press('?', { shiftKey: true }), '?', false)).toBe(true);
    expect(pressed(press('?'), '?', false)).toBe(true);
  });
});

describe('Markdown', () => {
  it.each([
    ['<img src=x onerror=alert(1)>', '<img'],
    ['<script>alert(1)</script>', '<script'],
    ['[click](javascript:alert(1))', 'href'],
    ['[click](data:text/html,x)', 'href'],
    ['![x](https://example.com/x.png)', '<img'],
    ['| a |\n|:-:|\n| b |', 'style='],
  ])('of %j holds no %s', (source, forbidden) => expect(renderMarkdown(source)).not.toContain(forbidden));

  it('is set as text, with links that leave the program safely', () => {
    expect(renderMarkdown('**bold** and [a link](https://example.com)')).toBe(
      '<p><strong>bold</strong> and <a href="https://example.com" rel="noopener noreferrer" target="_blank">a link</a></p>\n',
    );
  });
});

describe('finding', () => {
  const options = ['Elvish', 'Dwarvish', 'Deep Speech', 'Éowynic'].map((label) => ({ value: label, label }));
  it('ignores case and accents, and puts beginnings first', () => {
    expect(matching(options, 'EOW').map((one) => one.label)).toEqual(['Éowynic']);
    expect(matching(options, 'd').map((one) => one.label)).toEqual(['Dwarvish', 'Deep Speech']);
    expect(matching(options, 'speech deep').map((one) => one.label)).toEqual(['Deep Speech']);
    expect(matching(options, '')).toHaveLength(4);
  });

  it('ranks the palette by where the words stand', () => {
    const items = ['Show history', 'New character', 'Characters: new one', 'Health'].map((label) => ({
      id: label,
      label,
      group: 'x',
      run: () => {},
    }));
    expect(searchPalette(items, 'new').map((one) => one.label)).toEqual([
      'New character',
      'Characters: new one',
    ]);
    expect(searchPalette(items, 'h').map((one) => one.label)[0]).toBe('Health');
    expect(searchPalette(items, 'zzz')).toEqual([]);
  });
});

describe('initials', () => {
  it('are the first letter, always drawn alike', () => {
    expect(initialOf('  “éowyn”').letter).toBe('É');
    expect(initialOf('!!!').letter).toBe('?');
    expect(initialOf('Sorrel')).toEqual(initialOf('sorrel '));
  });
});

describe('language', () => {
  it.each([
    ['C', 'en'],
    ['', 'en'],
    ['de-CH', 'de-CH'],
  ])('of a system that says %j is %s for libraries', (reported, seen) => {
    const navigator = { language: reported } as Navigator;
    ensureLanguage(navigator);
    expect(navigator.language).toBe(seen);
    expect(() => new Intl.NumberFormat(navigator.language)).not.toThrow();
  });
});
