/** What can be done with a request as a whole, by whoever sits here, as it stands: for its head, its menu and the palette. */
import Check from '@lucide/svelte/icons/check';
import GitMerge from '@lucide/svelte/icons/git-merge';
import MessageSquare from '@lucide/svelte/icons/message-square';
import Pencil from '@lucide/svelte/icons/pencil';
import RotateCcw from '@lucide/svelte/icons/rotate-ccw';
import Undo2 from '@lucide/svelte/icons/undo-2';
import X from '@lucide/svelte/icons/x';
import type { RequestState } from '~/api/wire';
import { seats } from '~/features/seats/seats.svelte';
import type { Action } from '~/state/actions.svelte';
import { merge, reopen, withdraw } from './deeds';
import { requests } from './inbox.svelte';
import type { Review } from './review.svelte';
import { OVER } from './words';

const ASKED_OF: readonly RequestState[] = ['open', 'approved', 'changes_requested'];
const CLOSED: readonly RequestState[] = ['draft', 'changes_requested', 'rejected', 'withdrawn'];

/** What of it is possible now. */
export interface Possible {
  /** To ask for changes, or to reject. */
  asks: boolean;
  approves: boolean;
  /** It is approved and nothing but the merge is left, or it needs no approval. */
  merges: boolean;
  /** To propose a draft, or to open again what was asked back, rejected or taken back. */
  opens: boolean;
  withdraws: boolean;
  describes: boolean;
}

export function possible(review: Review): Possible {
  const view = review.view;
  if (!view)
    return { asks: false, approves: false, merges: false, opens: false, withdraws: false, describes: false };
  const { row, rights } = view;
  const over = OVER.includes(row.state);
  const stale = row.state === 'approved' && !row.fresh;
  return {
    asks: rights.review && ASKED_OF.includes(row.state),
    approves:
      rights.review &&
      review.acceptable.length === 0 &&
      review.undecided.length === 0 &&
      row.changes > 0 &&
      (row.state === 'open' || row.state === 'changes_requested' || stale),
    merges: !over && (row.state === 'approved' && row.fresh ? rights.write : rights.merge),
    opens: rights.write && CLOSED.includes(row.state),
    withdraws: rights.write && !over,
    describes: rights.write,
  };
}

/** Asks for its title and words anew. */
export function describe(review: Review): void {
  const view = review.view;
  if (view) requests.asked = { about: 'describe', id: view.row.id, title: view.row.title, words: view.about };
}

/** What taking it back is called: its author's own, or somebody else's. */
export function withdrawWords(review: Review): string {
  return review.view?.row.author === seats.author ? 'Take it back' : 'Take it back for its author';
}

/** What opening it is called. */
export function openWords(review: Review): string {
  return review.view?.row.state === 'draft' ? 'Propose it' : 'Open it again';
}

/** The palette's verbs for the request on show. */
export function verbActions(review: () => Review | null): readonly Action[] {
  const can = (what: keyof Possible) => () => {
    const now = review();
    return now !== null && possible(now)[what];
  };
  const on = (run: (now: Review) => unknown) => () => {
    const now = review();
    return now && run(now);
  };
  const verb = (
    id: string,
    label: string,
    icon: Action['icon'],
    words: string,
    enabled: () => boolean,
    run: (now: Review) => unknown,
  ): Action => ({
    id: `review.${id}`,
    label,
    group: 'Reviews',
    icon,
    words: `change request ${words}`,
    enabled,
    run: on(run),
  });
  return [
    verb('approve', 'Approve the request', Check, 'yes accept', can('approves'), (now) =>
      now.act({ act: 'approve' }),
    ),
    verb('ask', 'Ask for changes…', MessageSquare, 'return', can('asks'), (now) => {
      now.asking = 'ask_for_changes';
    }),
    verb('reject', 'Reject the request…', X, 'no decline', can('asks'), (now) => {
      now.asking = 'reject';
    }),
    verb(
      'merge',
      'Merge the request',
      GitMerge,
      'bring in main',
      () => can('merges')() && review()?.view?.rights.merge === true,
      merge,
    ),
    verb('open', 'Propose it, or open it again', RotateCcw, 'draft', can('opens'), reopen),
    verb('withdraw', 'Take the request back', Undo2, 'withdraw', can('withdraws'), withdraw),
    verb('describe', 'Change title and words…', Pencil, 'describe rename', can('describes'), describe),
  ];
}
