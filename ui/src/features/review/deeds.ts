/** What can be done with requests: the verbs of the screen by keyboard and palette, and what tells of their outcome. */
import CheckCheck from '@lucide/svelte/icons/check-check';
import MessageSquareDiff from '@lucide/svelte/icons/message-square-diff';
import * as api from '~/api/review';
import type { RequestRow, ReviewChange } from '~/api/wire';
import { branchesOf } from '~/features/history/branches.svelte';
import { compareWithMain, revert, switchTo } from '~/features/history/line-deeds';
import { seats } from '~/features/seats/seats.svelte';
import { open as openCharacter } from '~/features/roster/deeds';
import type { Action } from '~/state/actions.svelte';
import { opened } from '~/state/opened.svelte';
import { router } from '~/state/router.svelte';
import { toasts } from '~/state/toasts.svelte';
import { requests } from './inbox.svelte';
import type { Review } from './review.svelte';
import { typedAs } from './words';

export function show(request: Pick<RequestRow, 'id'>): void {
  router.go({ screen: 'reviews', request: request.id });
}

/** Merges; the message offers the way back: what came in is taken back by itself, whatever happened since. */
export async function merge(review: Review): Promise<void> {
  if (!(await review.act({ act: 'merge' }))) return;
  const view = review.view;
  if (!view) return;
  const { row, merged } = view;
  await leaveLine(row);
  toasts.show(`“${row.title}” is in main now.`, {
    hint: `${row.character.display_name} has what was accepted.`,
    action: merged === null ? undefined : { label: 'Undo', run: () => takeOut(row, merged) },
  });
}

/** Takes what a request brought in out of main again, whatever happened since. */
async function takeOut(row: RequestRow, commit: string): Promise<boolean> {
  await branchesOf(row.character.id).load();
  if (!(await switchTo(row.character.id, 'main', true))) return false;
  return revert(row.character.id, commit, `“${row.title}” brought in`);
}

/** Merges all that is approved, in its order; the message takes all of it out again, the newest first. */
export async function mergeQueue(): Promise<void> {
  const done = await requests.mergeAll(async (merged) => {
    for (const row of merged.toReversed()) {
      const commit = (await api.show(row.id)).merged;
      if (commit === null || !(await takeOut(row, commit))) return;
    }
  });
  for (const { merged, row } of done?.requests ?? []) if (merged) await leaveLine(row);
}

/** Whoever stood on the line of a request that is merged stands on main again, where its changes are now. */
export async function leaveLine(row: RequestRow): Promise<void> {
  const branches = branchesOf(row.character.id);
  await branches.load();
  if (branches.standing?.name === row.branch) await switchTo(row.character.id, 'main', true);
}

/** Proposes a draft, or opens again what was asked back, rejected or taken back. */
export function reopen(review: Review): Promise<boolean> {
  return review.act({ act: 'open' });
}

/** Takes a request back; the message offers to open it again. */
export async function withdraw(review: Review): Promise<void> {
  const draft = review.view?.row.state === 'draft';
  if (!(await review.act({ act: 'withdraw' }))) return;
  toasts.show(`“${review.view?.row.title}” is taken back.`, {
    hint: 'Its line stays as it is.',
    action: draft ? undefined : { label: 'Undo', run: () => reopen(review) },
  });
}

export function toSheet(row: RequestRow): void {
  openCharacter(row.character);
}

/** Goes to the sheet as it is proposed, to change the proposal. */
export async function toLine(row: RequestRow): Promise<void> {
  await branchesOf(row.character.id).load();
  if (await switchTo(row.character.id, row.branch, true)) openCharacter(row.character);
}

/** Draws what is proposed on the sheet, beside main. */
export function toDifference(row: RequestRow): void {
  opened.put(row.character);
  compareWithMain(row.character.id, row.branch);
}

/** The element of a change, so that the keyboard can go there. */
export function placeOf(path: string): HTMLElement | null {
  return document.querySelector<HTMLElement>(`[data-change="${CSS.escape(path)}"]`);
}

function move(review: Review, by: number): void {
  const path = review.move(by);
  const place = path === null ? null : placeOf(path);
  place?.focus({ preventScroll: true });
  place?.scrollIntoView({ block: 'nearest' });
}

/** The keys of the screen. */
export function reviewActions(review: () => Review | null): readonly Action[] {
  const any = () => (review()?.changes.length ?? 0) > 0;
  const reviews = () => any() && review()?.view?.rights.review === true;
  const go = (by: number) => () => {
    const now = review();
    if (now) move(now, by);
  };
  /** Does something with the change that the keyboard is at; before it is at any, it goes to the first. */
  const on = (run: (now: Review, one: ReviewChange) => unknown) => () => {
    const now = review();
    if (now?.current) return run(now, now.current);
    return now && move(now, 1);
  };
  const key = (
    keys: string,
    id: string,
    label: string,
    enabled: () => boolean,
    run: () => unknown,
  ): Action => ({
    id: `review.${id}`,
    label,
    group: 'Reviews',
    keys,
    hidden: true,
    enabled,
    run,
  });
  const quiet = (action: Action): Action => ({ ...action, alias: true });
  return [
    key('j', 'next', 'Next change', any, go(1)),
    key('k', 'previous', 'Change before', any, go(-1)),
    quiet(key('ArrowDown', 'down', 'Next change', any, go(1))),
    quiet(key('ArrowUp', 'up', 'Change before', any, go(-1))),
    key(
      'a',
      'accept',
      'Accept the change, or take that back',
      reviews,
      on((now, one) =>
        one.conflict === null ? now.verdict(one.change.path, { verdict: 'accept' }) : undefined,
      ),
    ),
    key(
      'x',
      'decline',
      'Decline the change, or take that back',
      reviews,
      on((now, one) => now.verdict(one.change.path, { verdict: 'reject' })),
    ),
    key(
      'c',
      'comment',
      'Comment on the change',
      any,
      on((now, one) => now.write(one.change.path, 'comment')),
    ),
    key(
      's',
      'suggest',
      'Suggest another value',
      any,
      on((now, one) => {
        if (typedAs(one) !== null) now.write(one.change.path, 'suggest');
        else if (one.change.after !== null) now.write(one.change.path, 'leave');
      }),
    ),
    {
      id: 'review.accept-all',
      label: 'Accept all that is open',
      group: 'Reviews',
      keys: 'Shift+A',
      icon: CheckCheck,
      enabled: () => reviews() && (review()?.acceptable.length ?? 0) > 0,
      run: () => review()?.acceptAll(),
    },
    {
      id: 'review.queue',
      label: 'Merge all that is approved',
      group: 'Reviews',
      icon: MessageSquareDiff,
      enabled: () => seats.role === 'dm' && requests.inbox.queue.length > 0,
      run: () => mergeQueue(),
    },
  ];
}
