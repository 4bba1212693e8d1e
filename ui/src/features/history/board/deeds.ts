/** The way to the board, and single cells brought from one column to another. */
import * as api from '~/api/history';
import { documents } from '~/features/sheet/documents.svelte';
import { asFailure } from '~/host/host';
import { router } from '~/state/router.svelte';
import { toasts } from '~/state/toasts.svelte';
import { branchesOf, type Branches } from '../branches.svelte';

/** Opens the board with the lines that are on the desk: where one stands, `main`, and the latest others. */
export function openBoard(id: string): void {
  router.go({ screen: 'board', id, sides: firstSides(branchesOf(id)) });
}

/** What is beside each other at first. */
export function firstSides(branches: Branches): string[] {
  const names = branches.open.map(({ name }) => name);
  const standing = branches.standing?.name ?? 'main';
  const sides = [...new Set(['main', standing, ...names])].slice(0, 2);
  // Who has no other line compares with the latest milestone, or with how it began.
  if (sides.length < 2) sides.push(branches.tags[0]?.id ?? '1');
  return sides;
}

/** Brings a cell, or the thing it belongs to, onto a branch; the way back is in the message. Tells whether it was done. */
export async function pick(
  id: string,
  onto: { branch: string; title: string; commit: string },
  from: string,
  cell: { path: string; label: string },
): Promise<boolean> {
  const doc = documents.open(id);
  await doc.settled();
  try {
    const outcome = await api.pick(id, onto.branch, from, cell.path);
    if (outcome.status === 'conflict') {
      toasts.problem(
        'Somebody changed the same thing a moment ago.',
        'Look at the board, and pick it again.',
      );
      return false;
    }
    if (outcome.status === 'unchanged') {
      toasts.show(`${cell.label} already is so on ${onto.title}.`);
      return true;
    }
    await told(id);
    const paths = outcome.changes.filter(({ tone }) => tone !== 'consequence').map(({ path }) => path);
    toasts.show(`${cell.label} is on ${onto.title} now`, {
      action: { label: 'Undo', run: () => putBack(id, onto, paths.length > 0 ? paths : [cell.path]) },
    });
    return true;
  } catch (thrown) {
    const failure = asFailure(thrown);
    toasts.problem(failure.message, failure.hint);
    return false;
  }
}

/** Puts cells of a branch back to what they were at a version. */
async function putBack(
  id: string,
  onto: { branch: string; commit: string },
  paths: readonly string[],
): Promise<void> {
  try {
    for (const path of paths) await api.pick(id, onto.branch, onto.commit, path);
    await told(id);
  } catch (thrown) {
    const failure = asFailure(thrown);
    toasts.problem(failure.message, failure.hint);
  }
}

async function told(id: string): Promise<void> {
  await Promise.all([documents.open(id).reload(), branchesOf(id).load()]);
}
