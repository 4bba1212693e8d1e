/** Work that may wait until what was changed is on the screen. */

/** Longer than this nobody waits: a window that cannot be seen paints nothing. */
const MOST_MS = 100;

/** Resolves once the next frame is drawn. */
export function painted(): Promise<void> {
  return new Promise((done) => {
    const late = setTimeout(done, MOST_MS);
    requestAnimationFrame(() =>
      // The task after the frame: the frame itself is drawn between the two.
      setTimeout(() => {
        clearTimeout(late);
        done();
      }),
    );
  });
}
