/** Holds the palette to WCAG AA: text 4.5:1 on every ground it stands on, edges and focus 3:1, in both themes. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const css = readFileSync('src/styles/tokens.css', 'utf8');
const tokens = new Map(
  [...css.matchAll(/--([a-z-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\)/g)].map(
    ([, name, light, dark]) => [name ?? '', { light: light ?? '', dark: dark ?? '' }],
  ),
);

function luminance(hex: string): number {
  const [r, g, b] = [1, 3, 5].map((at) => {
    const share = parseInt(hex.slice(at, at + 2), 16) / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(a: string, b: string): number {
  const [light, dark] = [luminance(a), luminance(b)].sort((x, y) => y - x) as [number, number];
  return (light + 0.05) / (dark + 0.05);
}

const GROUNDS = ['paper', 'leaf', 'hover'];
const pairs: [string, string, number][] = [
  ...['ink', 'ink-soft', 'ink-faint', 'accent', 'heal', 'harm', 'magic', 'conflict'].flatMap((text) =>
    GROUNDS.map((ground): [string, string, number] => [text, ground, 4.5]),
  ),
  ...['ink', 'ink-soft'].flatMap((text) =>
    ['accent-wash', 'heal-wash', 'harm-wash', 'magic-wash', 'conflict-wash'].map(
      (ground): [string, string, number] => [text, ground, 4.5],
    ),
  ),
  ...['accent', 'heal', 'harm', 'magic', 'conflict'].map((tone): [string, string, number] => [
    tone,
    `${tone}-wash`,
    4.5,
  ]),
  ['on-accent', 'accent', 4.5],
  ['on-accent', 'accent-strong', 4.5],
  ['on-inverse', 'inverse', 4.5],
  ['on-inverse-soft', 'inverse', 4.5],
  ['inverse-accent', 'inverse', 4.5],
  ...['edge', 'focus'].flatMap((line) =>
    ['paper', 'leaf'].map((ground): [string, string, number] => [line, ground, 3]),
  ),
];

describe.each(['light', 'dark'] as const)('the %s palette', (theme) => {
  it.each(pairs)('%s on %s reaches %s:1', (front, back, least) => {
    const [a, b] = [tokens.get(front)?.[theme], tokens.get(back)?.[theme]];
    expect(contrast(a ?? '', b ?? '')).toBeGreaterThanOrEqual(least);
  });
});
