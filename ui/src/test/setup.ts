/** Stands in for the browser features that jsdom lacks and headless components ask for. */
import '@testing-library/jest-dom/vitest';
import { configure } from '@testing-library/svelte';

// A failing query tells what it looked for; the whole page behind it helps nobody. Slow machines get time: a condition is waited for, and only what never comes takes this long.
configure({
  asyncUtilTimeout: 15_000,
  getElementError: (message) => new Error(message ?? 'The element was not found.'),
});

class NoObserver {
  observe(): void {}
  unobserve(): void {}
  disconnect(): void {}
  takeRecords(): [] {
    return [];
  }
}

Object.assign(globalThis, { ResizeObserver: NoObserver, IntersectionObserver: NoObserver });
Element.prototype.scrollIntoView = () => {};
Element.prototype.hasPointerCapture = () => false;
Element.prototype.setPointerCapture = () => {};
Element.prototype.releasePointerCapture = () => {};
Element.prototype.animate ??= () => {
  const animation = {
    cancel() {},
    finish() {},
    finished: Promise.resolve(),
    onfinish: null as null | (() => void),
  };
  queueMicrotask(() => animation.onfinish?.());
  return animation as unknown as Animation;
};
Element.prototype.getAnimations ??= () => [];
window.matchMedia ??= (query: string) =>
  ({
    matches: false,
    media: query,
    onchange: null,
    addEventListener() {},
    removeEventListener() {},
    addListener() {},
    removeListener() {},
    dispatchEvent: () => false,
  }) as MediaQueryList;
