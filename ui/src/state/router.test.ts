import { describe, expect, it } from 'vitest';
import { Router } from './router.svelte';

describe('Router', () => {
  it('walks back and forward over what was visited', () => {
    const router = new Router();
    router.go({ screen: 'sheet', id: 'a' });
    router.go({ screen: 'health' });
    router.back();
    expect(router.route).toEqual({ screen: 'sheet', id: 'a' });
    expect(router.canGoForward).toBe(true);
    router.back();
    expect(router.route).toEqual({ screen: 'library' });
    expect(router.canGoBack).toBe(false);
    router.forward();
    router.forward();
    router.forward();
    expect(router.route).toEqual({ screen: 'health' });
  });

  it('forgets the way forward when another way is taken', () => {
    const router = new Router();
    router.go({ screen: 'health' });
    router.back();
    router.go({ screen: 'settings' });
    expect(router.canGoForward).toBe(false);
    router.back();
    expect(router.route).toEqual({ screen: 'library' });
  });

  it('takes no step to where one already is', () => {
    const router = new Router();
    router.go({ screen: 'library' });
    expect(router.canGoBack).toBe(false);
  });

  it('replaces the present entry without a step', () => {
    const router = new Router();
    router.go({ screen: 'sheet', id: 'a' });
    router.replace({ screen: 'sheet', id: 'a', section: 'spells' });
    router.back();
    expect(router.route).toEqual({ screen: 'library' });
    router.forward();
    expect(router.route).toEqual({ screen: 'sheet', id: 'a', section: 'spells' });
  });

  it('keeps no more than its limit and still goes back', () => {
    const router = new Router();
    for (let index = 0; index < Router.MOST + 20; index++) router.go({ screen: 'sheet', id: String(index) });
    let steps = 0;
    while (router.canGoBack) {
      router.back();
      steps += 1;
    }
    expect(steps).toBe(Router.MOST - 1);
  });

  it('forgets entries and stands on one that is left', () => {
    const router = new Router();
    router.go({ screen: 'sheet', id: 'gone' });
    router.forget((route) => !('id' in route));
    expect(router.route).toEqual({ screen: 'library' });
    expect(router.canGoBack).toBe(false);
  });
});
