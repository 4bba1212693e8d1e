import { describe, expect, it, vi } from 'vitest';
import { fakeHost } from '~/host/fake';
import { useHost } from '~/host/host';
import { Pictures } from './pictures.svelte';

function picturesOver(answer: (size: number) => Promise<string>) {
  const host = fakeHost();
  const call = vi
    .spyOn(host, 'call')
    .mockImplementation((_, args) => answer(Number(args?.size)) as Promise<never>);
  useHost(host);
  return { pictures: new Pictures(), call };
}

describe('Pictures', () => {
  it('are asked for once, in a size that the backend keeps', async () => {
    const { pictures, call } = picturesOver((size) => Promise.resolve(`picture of ${size}`));
    expect(pictures.url('abc', 96)).toBeNull();
    expect(pictures.url('abc', 150)).toBeNull();
    await vi.waitFor(() => expect(pictures.url('abc', 96)).toBe('picture of 160'));
    expect(call).toHaveBeenCalledExactlyOnceWith('assets_thumbnail', { hash: 'abc', size: 160 });
  });

  it('stand in for one another while the wanted size is on its way', async () => {
    const { pictures } = picturesOver((size) =>
      size === 64 ? Promise.resolve('small') : new Promise(() => {}),
    );
    pictures.url('abc', 64);
    await vi.waitFor(() => expect(pictures.url('abc', 64)).toBe('small'));
    expect(pictures.url('abc', 300)).toBe('small');
  });

  it('leave the initial where they cannot be read, and do not ask again and again', async () => {
    const { pictures, call } = picturesOver(() => Promise.reject(new Error('gone')));
    pictures.url('abc', 64);
    await vi.waitFor(() => expect(call).toHaveBeenCalledTimes(1));
    expect(pictures.url('abc', 64)).toBeNull();
    expect(call).toHaveBeenCalledTimes(1);
    expect(pictures.url(null, 64)).toBeNull();
  });
});
