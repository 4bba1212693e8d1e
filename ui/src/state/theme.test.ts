import { describe, expect, it } from 'vitest';
import { Theme } from './theme.svelte';

function storage(kept: Record<string, string> = {}) {
  return {
    getItem: (key: string) => kept[key] ?? null,
    setItem: (key: string, value: string) => void (kept[key] = value),
    kept,
  };
}

describe('Theme', () => {
  it('follows the system until somebody chooses, and remembers the choice', () => {
    const root = document.createElement('html');
    const kept = storage();
    const theme = new Theme(root, kept);
    expect(root.dataset.theme).toBeUndefined();
    theme.choice = 'dark';
    expect(root.dataset.theme).toBe('dark');
    expect(new Theme(document.createElement('html'), kept).choice).toBe('dark');
    theme.choice = 'system';
    expect(root.dataset.theme).toBeUndefined();
  });

  it('toggles to the other one', () => {
    const theme = new Theme(document.createElement('html'), storage());
    expect(theme.dark).toBe(false);
    theme.toggle();
    expect(theme.choice).toBe('dark');
    theme.toggle();
    expect(theme.choice).toBe('light');
  });

  it('works where storage is refused or holds nonsense', () => {
    const refusing = {
      getItem: () => {
        throw new Error('no');
      },
      setItem: () => {
        throw new Error('no');
      },
    };
    const theme = new Theme(document.createElement('html'), refusing);
    theme.choice = 'light';
    expect(theme.choice).toBe('light');
    expect(new Theme(document.createElement('html'), storage({ 'forkbeard.theme': 'puce' })).choice).toBe(
      'system',
    );
  });
});
