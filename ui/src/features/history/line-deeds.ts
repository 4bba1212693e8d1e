/** What can be done with the lines of a character, each with a way back where there is one. */
import * as api from '~/api/history.lines';
import * as past from '~/api/history.past';
import { documents } from '~/features/sheet/documents.svelte';
import { asFailure } from '~/host/host';
import { counted } from '~/kit/format';
import { router } from '~/state/router.svelte';
import { toasts } from '~/state/toasts.svelte';
import type { Lines, NewBranch } from '~/features/sheet/model';
import { branchesOf } from './branches.svelte';

/** Runs a command that answers the lines; the sheet on show follows. Nothing where it was refused, which is told. */
async function change(id: string, run: () => Promise<Lines>): Promise<Lines | null> {
  const doc = documents.open(id);
  try {
    // What is being saved or done goes where it was meant to go.
    await doc.settled();
    const lines = await run();
    branchesOf(id).take(lines);
    await doc.reload();
    return lines;
  } catch (thrown) {
    const failure = asFailure(thrown);
    toasts.problem(failure.message, failure.hint);
    return null;
  }
}

/** Goes to stand on a line. */
export async function switchTo(id: string, branch: string, quiet = false): Promise<boolean> {
  const branches = branchesOf(id);
  const before = branches.standing?.name ?? 'main';
  if (before === branch) return true;
  if (!(await change(id, () => api.stand(id, branch)))) return false;
  if (!quiet)
    toasts.show(`You are on ${branches.titleOf(branch)} now`, {
      action: { label: 'Undo', run: () => switchTo(id, before, true) },
    });
  return true;
}

/** Begins a what-if; the way back deletes it again. */
export async function begin(ask: NewBranch & { id: string; title: string }): Promise<boolean> {
  const before = branchesOf(ask.id);
  const known = new Set(before.all.map(({ name }) => name));
  const stood = before.standing?.name ?? 'main';
  const lines = await change(ask.id, () => api.branch(ask));
  const made = lines?.branches.find(({ name }) => !known.has(name));
  if (!lines || !made) return lines !== null;
  const taken = ask.take ?? null;
  const undo = async () => {
    if (lines.standing !== stood && !(await switchTo(ask.id, stood, true))) return;
    await change(ask.id, () => api.remove(ask.id, made.name));
  };
  toasts.show(
    taken === null
      ? `The what-if “${made.title}” begins here`
      : `${counted(taken, 'step')} moved onto “${made.title}”`,
    taken === null
      ? { action: { label: 'Undo', run: undo } }
      : {
          hint: 'The sheet stands as it did before them.',
          action: { label: 'Compare', run: () => compareWithMain(ask.id, made.name) },
        },
  );
  return true;
}

export async function rename(id: string, branch: string, title: string): Promise<boolean> {
  const before = branchesOf(id).titleOf(branch);
  if (before === title) return true;
  if (!(await change(id, () => api.rename(id, branch, title)))) return false;
  toasts.show(`“${before}” is called “${title}” now`, {
    action: { label: 'Undo', run: () => change(id, () => api.rename(id, branch, before)) },
  });
  return true;
}

/** Puts a line away, or takes it out again. */
export async function putAway(id: string, branch: string, archived: boolean): Promise<void> {
  const title = branchesOf(id).titleOf(branch);
  const stood = branchesOf(id).standing?.name ?? 'main';
  if (archived && stood === branch && !(await switchTo(id, 'main', true))) return;
  if (!(await change(id, () => api.archive(id, branch, archived)))) return;
  toasts.show(archived ? `“${title}” is put away` : `“${title}” is back among the others`, {
    action: {
      label: 'Undo',
      run: async () => {
        await change(id, () => api.archive(id, branch, !archived));
        if (archived && stood === branch) await switchTo(id, branch, true);
      },
    },
  });
}

/** Deletes a line; as its commits stay, the way back makes it anew. */
export async function remove(id: string, branch: string): Promise<boolean> {
  const found = branchesOf(id).named(branch);
  const stood = branchesOf(id).standing?.name ?? 'main';
  if (!found) return true;
  if (stood === branch && !(await switchTo(id, 'main', true))) return false;
  if (!(await change(id, () => api.remove(id, branch)))) return false;
  toasts.show(`“${found.title}” is deleted`, {
    action: {
      label: 'Undo',
      run: () =>
        change(id, () =>
          api.branch({ id, title: found.title, from: found.head, take: null, switch: stood === branch }),
        ),
    },
  });
  return true;
}

export async function setTag(id: string, at: string, name: string): Promise<boolean> {
  const known = new Set(branchesOf(id).tags.map((tag) => tag.id));
  const lines = await change(id, () => api.tag(id, at, name));
  const made = lines?.tags.find((tag) => !known.has(tag.id));
  if (!lines) return false;
  toasts.show(`The milestone “${name}” is set`, {
    action: made && { label: 'Undo', run: () => change(id, () => api.untag(id, made.id)) },
  });
  return true;
}

export async function untag(id: string, tag: string): Promise<void> {
  const found = branchesOf(id).tags.find((one) => one.id === tag);
  if (!found || !(await change(id, () => api.untag(id, tag)))) return;
  toasts.show(`The milestone “${found.name}” is taken away`, {
    action: { label: 'Undo', run: () => change(id, () => api.tag(id, found.commit, found.name)) },
  });
}

/** Takes back one past step; what came later stays. */
export async function revert(id: string, commit: string, title: string): Promise<boolean> {
  const doc = documents.open(id);
  const outcome = await doc.perform(() => past.revert(id, commit));
  if (outcome === null) return false;
  if (outcome.status === 'unchanged') {
    toasts.show('Nothing of it is left to take back.');
    return true;
  }
  if (outcome.status === 'conflict') {
    toasts.problem(
      'This step cannot be taken back by itself: something it touched was changed again since.',
      'Compare it with now, and change those cells by hand.',
    );
    return false;
  }
  const made = outcome.view.commit;
  const back = `Taken back: ${title}`;
  toasts.show(back, { action: { label: 'Undo', run: () => takeBack(id, made, back) } });
  return true;
}

/** The way back of a message: an undo while it is the newest step, else the step by itself, so that what came later stays. */
export async function takeBack(id: string, commit: string, title: string): Promise<void> {
  await documents.open(id).takeBack(commit, () => revert(id, commit, title));
}

/** Opens the difference between two versions. */
export function compare(id: string, from: string, to: string): void {
  router.go({ screen: 'history', id, from, to });
}

export function compareWithMain(id: string, branch: string): void {
  compare(id, 'main', branch);
}

/** Whatever brings one line into another: registered by the screen that does. */
let door: ((id: string, from: string, into: string) => unknown) | null = null;

/** Says how one line is brought into another; until somebody does, nothing offers it. */
export function opensMerge(open: (id: string, from: string, into: string) => unknown): void {
  door = open;
}

export function canBringIn(): boolean {
  return door !== null;
}

/** Opens the way by which one line is brought into another. */
export function bringIn(id: string, from: string, into: string): void {
  void door?.(id, from, into);
}
