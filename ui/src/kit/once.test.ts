import { expect, test, vi } from 'vitest';
import { once } from './once';

test('what is asked for while it is under way is left out; after it, also after a failure, it goes again', async () => {
  let answer = () => {};
  const run = vi.fn((_word: string) => new Promise<void>((done) => (answer = done)));
  const say = once(run);
  const first = say('one');
  await say('two');
  answer();
  await first;
  expect(run.mock.calls).toEqual([['one']]);
  run.mockRejectedValueOnce(new Error('no'));
  await expect(say('three')).rejects.toThrow('no');
  void say('four');
  expect(run).toHaveBeenLastCalledWith('four');
});
