/** What was: a character's versions as a readable list, and how two of them differ. */
import type {
  Blame,
  Board,
  ChangeLine,
  ConflictLine,
  Decision,
  Difference,
  EditOutcome,
  HistoryPage,
  MergeAsk,
  MergeDone,
  MergePreview,
  Strategy,
} from '~/features/sheet/model';
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

/** Shows what merging one line into another would make; nothing is written. */
export function mergePreview(ask: MergeAsk): Promise<MergePreview> {
  return host().call('history_merge_preview', { ask });
}

/** Merges one line into another; conflicts that are not decided stay in the sheet and wait. */
export function merge(ask: MergeAsk): Promise<MergeDone> {
  return host().call('history_merge', { ask });
}

/** Lists the conflicts that stand open on the branch that is stood on. */
export function conflicts(id: string): Promise<ConflictLine[]> {
  return host().call('history_conflicts', { id });
}

/** Decides open conflicts: those named by their cells, and with a strategy all others too. */
export function resolve(
  id: string,
  decisions: { [path in string]: Decision },
  strategy: Strategy | null,
): Promise<EditOutcome> {
  return host().call('history_resolve', { id, decisions, strategy });
}

/** Puts two to four versions side by side. */
export function board(id: string, sides: string[]): Promise<Board> {
  return host().call('history_board', { id, sides });
}

/** Brings one cell, or the thing of a collection, of version `from` onto branch `onto`, as a commit of its own. */
export function pick(id: string, onto: string, from: string, path: string): Promise<EditOutcome> {
  return host().call('history_pick', { id, onto, from, path });
}
