/**
 * Writes times, sizes and counts for people.
 *
 * The language is fixed: under some system settings the web view reports a language of "C", which `Intl` refuses.
 */
const LANGUAGE = 'en';
const relative = new Intl.RelativeTimeFormat(LANGUAGE, { numeric: 'auto' });
const dayAndTime = new Intl.DateTimeFormat('en-GB', {
  day: 'numeric',
  month: 'short',
  year: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
});
const dayOnly = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric' });
const whole = new Intl.NumberFormat(LANGUAGE, { maximumFractionDigits: 0 });

const UNITS: [Intl.RelativeTimeFormatUnit, number][] = [
  ['year', 31_557_600],
  ['month', 2_629_800],
  ['week', 604_800],
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
];

/** Says how long ago: `just now`, `3 hours ago`, `yesterday`. */
export function ago(time: string | Date, now: Date): string {
  const seconds = (new Date(time).getTime() - now.getTime()) / 1000;
  if (!Number.isFinite(seconds)) return '';
  const unit = UNITS.find(([, length]) => Math.abs(seconds) >= length);
  return unit ? relative.format(Math.trunc(seconds / unit[1]), unit[0]) : 'just now';
}

/** Writes day and time: `3 Nov 2026, 20:14`. */
export function moment(time: string | Date): string {
  const date = new Date(time);
  return Number.isNaN(date.getTime()) ? '' : dayAndTime.format(date);
}

/** Writes the day: `3 Nov 2026`. */
export function day(time: string | Date): string {
  const date = new Date(time);
  return Number.isNaN(date.getTime()) ? '' : dayOnly.format(date);
}

/** Writes a whole number with its thousands apart: `10,000`. */
export function count(number: number): string {
  return whole.format(number);
}

/** Writes a number with its noun: `1 change`, `3 changes`. */
export function counted(number: number, one: string, many = `${one}s`): string {
  return `${count(number)} ${number === 1 ? one : many}`;
}

/** Writes a size: `6.4 MB`; a dash where it is not known. */
export function bytes(number: number | null): string {
  if (number === null) return '–';
  const units = ['bytes', 'kB', 'MB', 'GB', 'TB'];
  let rest = number;
  let unit = 0;
  while (rest >= 1000 && unit < units.length - 1) {
    rest /= 1000;
    unit += 1;
  }
  return `${unit === 0 || rest >= 100 ? rest.toFixed(0) : rest.toFixed(1)} ${units[unit] ?? ''}`;
}

/** Writes microseconds in the unit that suits them: `480 µs`, `2.9 ms`, `1.2 s`. */
export function micros(number: number): string {
  if (number < 1000) return `${number.toFixed(0)} µs`;
  if (number < 1_000_000) return `${(number / 1000).toFixed(number < 10_000 ? 1 : 0)} ms`;
  return `${(number / 1_000_000).toFixed(1)} s`;
}

/** Writes a share of one: `93 %`. */
export function percent(share: number): string {
  return `${(share * 100).toFixed(0)} %`;
}

/** Writes a length of time: `2 h 14 min`, `48 s`. */
export function duration(seconds: number): string {
  if (seconds < 60) return `${Math.floor(seconds)} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes} min`;
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}
