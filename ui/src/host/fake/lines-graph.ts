/** Draws the lanes of a character's history for the demo host, as the backend does. */
import type { GraphPage, GraphRow, Stroke } from '~/features/sheet/model';
import type { Doc } from './lines-doc';

/** A page of the drawn history over all branches, newest first. */
export function drawn(doc: Doc, from: string | null, limit: number): GraphPage {
  const rows = allRows(doc);
  const start = from === null ? 0 : rows.findIndex(({ commit }) => commit.id === from);
  const page = rows.slice(start, start + limit);
  const most = page.flatMap((row) => [row.lane, ...row.strokes.flatMap(({ from: a, to: b }) => [a, b])]);
  return {
    rows: page,
    lanes: Math.max(0, ...most) + 1,
    next: rows[start + limit]?.commit.id ?? null,
    total: rows.length,
  };
}

function allRows(doc: Doc): GraphRow[] {
  const heads = new Map<string, string[]>();
  for (const { name, head } of doc.branches.values()) heads.set(head, [...(heads.get(head) ?? []), name]);
  // What no branch holds any more is not drawn.
  const held = new Set<string>();
  const open = [...heads.keys()];
  for (let id = open.pop(); id !== undefined; id = open.pop())
    if (!held.has(id)) {
      held.add(id);
      open.push(...(doc.byId.get(id)?.parents ?? []));
    }
  // Newest first, and nothing below what came of it, whatever the clock said when it was made.
  const times = new Map<string, number>();
  for (const { line, parents } of doc.all)
    times.set(line.id, Math.max(Date.parse(line.time), ...parents.map((parent) => times.get(parent) ?? 0)));
  const order = doc.all
    .filter(({ line }) => held.has(line.id))
    .map((made, place) => ({ made, place, time: times.get(made.line.id) ?? 0 }))
    .sort((a, b) => b.time - a.time || b.place - a.place)
    .map(({ made }) => made);
  /** Which commit each lane leads down to. */
  const lanes: (string | null)[] = [doc.branches.get('main')?.head ?? null];
  const rows: GraphRow[] = [];
  order.forEach((made, index) => {
    const { id } = made.line;
    let lane = lanes.indexOf(id);
    if (lane < 0) lane = free(lanes);
    const [first, ...others] = made.parents;
    const after = lanes.map((wanted) => (wanted === id ? null : wanted));
    const strokes: Stroke[] = [];
    const sources = new Map<number, number[]>();
    after.forEach((wanted, at) => {
      if (wanted !== null) sources.set(at, [at]);
    });
    const lead = (parent: string | undefined, own: boolean) => {
      if (parent === undefined) return;
      let to = after.indexOf(parent);
      if (to < 0) {
        to = own ? lane : free(after);
        after[to] = parent;
      }
      sources.set(to, [...(sources.get(to) ?? []), lane]);
    };
    lead(first, true);
    for (const parent of others) lead(parent, false);
    const below = order[index + 1]?.line.id;
    // Lanes that lead to the commit below end in it.
    const target = after.indexOf(below ?? '');
    for (const [to, from] of sources)
      for (const one of from)
        strokes.push({ from: one, to: after[to] === below && target >= 0 ? target : to });
    lanes.splice(0, lanes.length, ...after);
    while (lanes.length > 1 && lanes.at(-1) === null) lanes.pop();
    rows.push({
      commit: made.line,
      parents: made.parents,
      lane,
      strokes,
      branches: heads.get(id) ?? [],
      tags: doc.tags.filter((tag) => tag.commit === id),
      request: made.request,
      session: made.session,
    });
  });
  return rows;
}

/** The first lane that leads nowhere; never the one of main. */
function free(lanes: (string | null)[]): number {
  const at = lanes.findIndex((wanted, index) => index > 0 && wanted === null);
  if (at > 0) return at;
  lanes.push(null);
  return lanes.length - 1;
}
