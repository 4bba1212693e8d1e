/** Says when a sitting was: the day, and from when to when. */
const day = new Intl.DateTimeFormat('en-GB', {
  weekday: 'long',
  day: 'numeric',
  month: 'long',
  year: 'numeric',
});
const hour = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' });

export function dayOf(time: string): string {
  return day.format(new Date(time));
}

export function hourOf(time: string): string {
  return hour.format(new Date(time));
}

/** `20:14`, or `20:14–22:40` when it lasted. */
export function span(from: string, to: string): string {
  const [begin, end] = [hourOf(from), hourOf(to)];
  return begin === end ? begin : `${begin}–${end}`;
}
