/** Work that may wait until what was changed is on the screen. */

/** Longer than this nobody waits: a window that cannot be seen paints nothing. */
const MOST_MS = 250;

/** Resolves once the next frame is on the screen. */
export function painted(): Promise<void> {
  return new Promise((done) => {
    const late = setTimeout(done, MOST_MS);
    requestAnimationFrame(() =>
      // Where one process lays out and another draws, the next frame begins when this one is shown.
      requestAnimationFrame(() => {
        clearTimeout(late);
        done();
      }),
    );
  });
}
