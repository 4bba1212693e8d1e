/** For forms that close when what they ask for is done. */

/** Does one thing at a time: what is asked for while it is under way, such as by a second press of Enter, is left out. */
export function once<Args extends unknown[]>(
  run: (...args: Args) => Promise<unknown>,
): (...args: Args) => Promise<void> {
  let busy = false;
  return async (...args) => {
    if (busy) return;
    busy = true;
    try {
      await run(...args);
    } finally {
      busy = false;
    }
  };
}
