/** What was, drawn and moved through; what was done in the whole library; and ways back. */
import type { EditOutcome, GraphPage, Life, OperationPage, RestorePreview } from '~/features/sheet/model';
import { editOf } from '~/host/editions';
import { host } from '~/host/host';

/** Draws a page of the history over all branches; `from` is `next` of the page before, 0 of a limit is 50. */
export function graph(id: string, from: string | null, limit: number): Promise<GraphPage> {
  return host().call('history_graph', { id, from, limit });
}

/** Lists the versions of the branch that is stood on, oldest first. */
export function life(id: string): Promise<Life> {
  return host().call('history_life', { id });
}

/** Takes back what one commit did; what came later stays. */
export function revert(id: string, commit: string): Promise<EditOutcome> {
  return editOf(id, (has) => host().call('history_revert', { id, commit, has }));
}

/** Lists everything that was done in the library, newest first. */
export function operations(from: string | null, limit: number): Promise<OperationPage> {
  return host().call('history_operations', { from, limit });
}

/** Shows what restoring the library to how it stood after an operation would change. */
export function restorePreview(operation: string): Promise<RestorePreview> {
  return host().call('history_restore_preview', { operation });
}

/** Restores the library to how it stood after an operation. */
export function restore(operation: string): Promise<RestorePreview> {
  return host().call('history_restore', { operation });
}
