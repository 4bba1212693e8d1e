import { expect, test, vi } from 'vitest';
import type { ChoiceOption, ChoiceState } from '../model';
import type { SheetPage } from '../page.svelte';
import { Builder } from './builder.svelte';

const tell = vi.fn();
const builder = new Builder({ tell, doc: { unsavedAt: () => false } } as unknown as SheetPage);
const option: ChoiceOption = {
  id: 'agonizing-blast',
  name: 'Agonizing Blast',
  text: '',
  detail: '',
  level: null,
  barred: '',
  picked: true,
  most: 3,
};

function choice(...picks: string[]): ChoiceState {
  return {
    cell: '/build/choices/warlock.1.invocations',
    name: 'Invocation',
    source: 'Warlock 1',
    level: 1,
    count: 3,
    picks: picks.map((id) => ({ id, name: id, barred: '' })),
    open: 3 - picks.length,
  };
}

test('what may be picked again is, as often as the option says and there is room', () => {
  const [blast, armor] = ['agonizing-blast', 'armor-of-shadows'];
  expect(builder.repeats(choice(blast), option)).toBe(true);
  expect(builder.repeats(choice(), option)).toBe(false);
  expect(builder.repeats(choice(blast), { ...option, most: 1 })).toBe(false);
  expect(builder.repeats(choice(blast, armor, armor), option)).toBe(false);
  expect(builder.repeats(choice(blast), { ...option, barred: 'it asks for level 9' })).toBe(false);
  void builder.again(choice(blast, armor), option);
  expect(tell).toHaveBeenCalledExactlyOnceWith(
    [{ op: 'set', path: '/build/choices/warlock.1.invocations', value: `${blast} ${armor} ${blast}` }],
    'Invocation: Agonizing Blast again',
    'Invocation: Agonizing Blast again',
  );
});
