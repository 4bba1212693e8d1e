/** What was: a character's versions as a readable list, and how two of them differ. */
import type { Blame, ChangeLine, Difference, HistoryPage } from '~/features/sheet/model';
import { host } from '~/host/host';

export interface HistoryQuery {
  id: string;
  /** Where the page begins: `next` of the page before. */
  from: string | null;
  /** How many commits, 1 to 200; 0 for 50. */
  limit: number;
  /** Only commits that changed this cell, or the computed number of that name. */
  cell: string | null;
}

export function list(query: HistoryQuery): Promise<HistoryPage> {
  return host().call('history_list', { ...query });
}

/** Tells how two versions differ: the cells, then what the rules made of them. */
export function compare(id: string, from: string, to: string): Promise<ChangeLine[]> {
  return host().call('history_compare', { id, from, to });
}

/**
 * Tells how two versions differ: what people changed, and what the rules made of it. A version is a branch, a tag, a
 * commit or its number.
 */
export function difference(id: string, from: string, to: string): Promise<Difference> {
  return host().call('history_difference', { id, from, to });
}

/** Tells how a cell, or a computed number, came to be what it is; `limit` is 1 to 200 commits, 0 for 20. */
export function blame(id: string, cell: string, limit: number): Promise<Blame> {
  return host().call('history_blame', { id, cell, limit });
}
