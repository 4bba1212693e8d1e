/** What can be done with requests: the verbs of the screen by keyboard and palette, and what tells of their outcome. */
import CheckCheck from '@lucide/svelte/icons/check-check';
import MessageSquareDiff from '@lucide/svelte/icons/message-square-diff';
import type { RequestRow, ReviewChange } from '~/api/wire';
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

/** Merges; a merge is undone on the character it went into, and the message says so. */
export async function merge(review: Review): Promise<void> {
  if (!(await review.act({ act: 'merge' }))) return;
  const row = review.view?.row;
  if (!row) return;
  const { character } = row;
  toasts.show(`“${row.title}” is in main now.`, {
    hint: `It can be undone in the history of ${character.display_name}.`,
    action: {
      label: 'To the history',
      run: () => {
        opened.put(character);
        router.go({ screen: 'history', id: character.id });
      },
    },
  });
}

export function toSheet(row: RequestRow): void {
  openCharacter(row.character);
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
      on((now, one) => (typedAs(one) === null ? undefined : now.write(one.change.path, 'suggest'))),
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
      run: () => requests.mergeAll(),
    },
  ];
}
