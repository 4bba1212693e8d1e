import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { fakeHost } from '~/host/fake';
import { useHost } from '~/host/host';
import { Monitor } from './monitor.svelte';

describe('Monitor', () => {
  beforeEach(() => void vi.useFakeTimers({ now: new Date('2026-11-22T20:00:00Z') }));
  afterEach(() => void vi.useRealTimers());

  it('reads only between start and end, and not while paused', async () => {
    const host = fakeHost();
    const call = vi.spyOn(host, 'call');
    useHost(host);
    const monitor = new Monitor();
    const end = monitor.start();
    await vi.advanceTimersByTimeAsync(Monitor.FIRST.pace * 3);
    expect(call).toHaveBeenCalledTimes(Monitor.FIRST.readings);
    await vi.advanceTimersByTimeAsync(Monitor.PACE);
    expect(call).toHaveBeenCalledTimes(Monitor.FIRST.readings + 1);
    monitor.paused = true;
    await vi.advanceTimersByTimeAsync(Monitor.PACE * 5);
    expect(call).toHaveBeenCalledTimes(Monitor.FIRST.readings + 1);
    monitor.paused = false;
    await vi.advanceTimersByTimeAsync(Monitor.PACE);
    expect(call).toHaveBeenCalledTimes(Monitor.FIRST.readings + 2);
    end();
    await vi.advanceTimersByTimeAsync(Monitor.PACE * 5);
    expect(call).toHaveBeenCalledTimes(Monitor.FIRST.readings + 2);
  });

  it('computes rates between readings, none at the first and none over a pause', async () => {
    useHost(fakeHost());
    const monitor = new Monitor();
    const end = monitor.start();
    await vi.advanceTimersByTimeAsync(Monitor.FIRST.pace);
    // The demo writes two records from one reading to the next.
    expect(monitor.samples.map((sample) => sample.appends)).toEqual([null, 4]);
    expect(monitor.samples.map((sample) => sample.calls)).toEqual([null, 4]);
    monitor.paused = true;
    await vi.advanceTimersByTimeAsync(Monitor.PACE * 10);
    monitor.paused = false;
    await vi.advanceTimersByTimeAsync(Monitor.FIRST.pace);
    expect(monitor.samples.at(-1)?.appends).toBeNull();
    end();
  });

  it('keeps no more than its limit', async () => {
    useHost(fakeHost());
    const monitor = new Monitor();
    for (let turn = 0; turn < Monitor.KEPT + 5; turn++) await monitor.read();
    expect(monitor.samples).toHaveLength(Monitor.KEPT);
  });

  it('keeps the last figures on show when a reading fails', async () => {
    const host = fakeHost();
    useHost(host);
    const monitor = new Monitor();
    await monitor.read();
    vi.spyOn(host, 'call').mockRejectedValueOnce('gone');
    await monitor.read();
    expect(monitor.view).toBeDefined();
    expect(monitor.failure?.message).toBe('gone');
  });
});
