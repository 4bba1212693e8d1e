/** The time of day for "3 minutes ago": moves once a half minute, so that what is on show grows old. */
export class Clock {
  #now = $state(new Date());

  constructor() {
    setInterval(() => {
      if (document.visibilityState !== 'hidden') this.#now = new Date();
    }, 30_000);
  }

  get now(): Date {
    return this.#now;
  }
}

export const clock = new Clock();
