/** The way to where lines are brought together, and what follows once they are. */
import { documents } from '~/features/sheet/documents.svelte';
import type { MergeDone } from '~/features/sheet/model';
import { counted } from '~/kit/format';
import { router } from '~/state/router.svelte';
import { toasts } from '~/state/toasts.svelte';
import { branchesOf } from '../branches.svelte';
import { opensMerge, switchTo, takeBack } from '../line-deeds';
import type { Merging } from './merging.svelte';

export function openMerge(id: string, from: string, into: string): void {
  router.go({ screen: 'merge', id, from, into });
}

opensMerge(openMerge);

/** Brings it in, goes to the sheet that came of it, and offers the way back. */
export async function bringItIn(merging: Merging): Promise<MergeDone | null> {
  const { id, from, into } = merging;
  const here = router.route;
  const doc = documents.open(id);
  await doc.settled();
  const branches = branchesOf(id);
  const [title, stood] = [branches.titleOf(from), branches.standing?.name ?? 'main'];
  const done = await merging.land();
  if (done === null) return null;
  const commit = done.view.commit;
  if (stood !== into) await switchTo(id, into, true);
  else await doc.reload();
  await branches.load();
  // Whoever went elsewhere meanwhile stays there.
  if (router.route === here) router.go({ screen: 'sheet', id });
  toasts.show(`“${title}” is in ${branches.titleOf(into)} now`, {
    hint:
      done.conflicts.length > 0
        ? `${counted(done.conflicts.length, 'conflict waits', 'conflicts wait')} to be decided.`
        : undefined,
    action: { label: 'Undo', run: () => takeOut(id, commit, title, into, stood) },
  });
  return done;
}

/** Takes a merge back: the newest step by undo, an older one by itself; then one stands where one stood before. */
async function takeOut(
  id: string,
  commit: string,
  title: string,
  into: string,
  stood: string,
): Promise<void> {
  if (!(await switchTo(id, into, true))) return;
  await takeBack(id, commit, `“${title}” brought in`);
  if (stood !== into) await switchTo(id, stood, true);
  await branchesOf(id).load();
}
