import { describe, expect, it } from 'vitest';
import { Opened } from './opened.svelte';

const character = (id: string, display_name = id) => ({ id, display_name, avatar: null });

describe('Opened', () => {
  it('keeps the order in which characters were opened, and their newest names', () => {
    const opened = new Opened();
    for (const id of ['a', 'b', 'c']) opened.put(character(id));
    opened.put(character('a', 'Ada'));
    expect(opened.list.map((one) => one.display_name)).toEqual(['Ada', 'b', 'c']);
  });

  it('lets the one go that was not looked at for longest', () => {
    const opened = new Opened();
    for (const id of ['a', 'b', 'c', 'd', 'e']) opened.put(character(id));
    opened.put(character('a'));
    opened.put(character('f'));
    expect(opened.list.map((one) => one.id)).toEqual(['a', 'c', 'd', 'e', 'f']);
  });

  it('closes', () => {
    const opened = new Opened();
    opened.put(character('a'));
    opened.close('a');
    expect(opened.list).toEqual([]);
  });
});
