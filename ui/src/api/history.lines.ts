/** The lines of a character: its branches, its milestones, and where one stands. Everything that changes them answers with them. */
import type { Lines, NewBranch } from '~/features/sheet/model';
import { host } from '~/host/host';

/** Lists branches and milestones. */
export function lines(id: string): Promise<Lines> {
  return host().call('history_lines', { id });
}

/** Makes a branch at a version, or of the newest edits of the one that is stood on. */
export function branch(ask: NewBranch): Promise<Lines> {
  return host().call('history_branch', { ask });
}

/** Stands on a branch from now on. */
export function stand(id: string, branch: string): Promise<Lines> {
  return host().call('history_switch', { id, branch });
}

/** Gives a branch another title; its name stays. */
export function rename(id: string, branch: string, title: string): Promise<Lines> {
  return host().call('history_branch_rename', { id, branch, title });
}

/** Puts a branch away or brings it back. */
export function archive(id: string, branch: string, archived: boolean): Promise<Lines> {
  return host().call('history_branch_archive', { id, branch, archived });
}

/** Deletes a branch; the operation log knows where it stood. */
export function remove(id: string, branch: string): Promise<Lines> {
  return host().call('history_branch_delete', { id, branch });
}

/** Marks a version as a milestone. */
export function tag(id: string, at: string, name: string): Promise<Lines> {
  return host().call('history_tag', { id, at, name });
}

/** Takes a milestone away, by its id; the version stays. */
export function untag(id: string, tag: string): Promise<Lines> {
  return host().call('history_untag', { id, tag });
}
