/** Where lanes and strokes of the drawn history lie, in pixels. */
import type { Stroke } from '~/features/sheet/model';

export const ROW = 34;
/** More lanes than this are drawn closer together, so that the words keep their room. */
const WIDE = 6;

export function laneWidth(lanes: number): number {
  return lanes <= WIDE ? 18 : Math.max(7, (18 * WIDE) / lanes);
}

export function widthOf(lanes: number): number {
  return Math.ceil(lanes * laneWidth(lanes) + 10);
}

export function xOf(lane: number, lanes: number): number {
  return Math.round((lane + 0.5) * laneWidth(lanes)) + 5.5;
}

/** The path of a stroke from the middle of a row to the middle of the next step, `rows` below. */
export function pathOf(stroke: Stroke, lanes: number, rows: number): string {
  const [x, to] = [xOf(stroke.from, lanes), xOf(stroke.to, lanes)];
  const [y, end] = [ROW / 2, ROW / 2 + rows * ROW];
  if (x === to) return `M${x} ${y}V${end}`;
  // A line that joins another bends at its end; one that leaves bends at its beginning.
  return stroke.to > stroke.from
    ? `M${x} ${y}C${x} ${y + ROW * 0.7} ${to} ${y + ROW * 0.3} ${to} ${y + ROW}V${end}`
    : `M${x} ${y}V${end - ROW}C${x} ${end - ROW * 0.3} ${to} ${end - ROW * 0.7} ${to} ${end}`;
}
