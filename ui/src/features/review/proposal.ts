/** From a sheet to a request: an edit that needs a review goes onto a line of its own, and such a line is proposed. */
import * as api from '~/api/review';
import * as lines from '~/api/history.lines';
import type { Failure, NewRequest } from '~/api/wire';
import { asFailure } from '~/host/host';
import { toasts } from '~/state/toasts.svelte';
import { requests } from './inbox.svelte';
import { show } from './deeds';

/** The title of a line that begins by itself. */
const TITLE = 'proposal';

/** What has to be known of an open sheet; the document itself, without depending on it. */
export interface Proposable {
  readonly id: string;
  /** Reads the sheet of the line that is stood on now. */
  readonly reload: () => Promise<void>;
}

/** The line that was begun last for a character, by its name. */
const begun = new Map<string, string>();

/**
 * Begins a line under a title that nobody took, and stands on it. Where several changes were refused and one of them has
 * begun a line, the others belong there too. Answers its name and title.
 */
async function beginLine(id: string): Promise<{ name: string; title: string }> {
  const known = await lines.lines(id);
  const standing = known.branches.find(({ name }) => name === known.standing);
  if (standing && standing.name === begun.get(id)) return standing;
  const taken = new Set(known.branches.flatMap(({ name, title }) => [name, title.toLowerCase()]));
  let title = TITLE;
  for (let n = 2; taken.has(title) || taken.has(title.replaceAll(' ', '-')); n += 1) title = `${TITLE} ${n}`;
  const made = await lines.branch({ id, title, from: null, take: null, switch: true });
  begun.set(id, made.standing);
  return { name: made.standing, title };
}

/**
 * Offers to make a refused change a proposal: `again` does it once more, on the line that was begun for it. Other failures
 * are nothing to it. Tells whether it offered.
 */
export function offerProposal(
  failure: Failure,
  sheet: Proposable,
  name: () => string,
  again: () => unknown,
): boolean {
  if (failure.code !== 'needs_review') return false;
  toasts.show(failure.message, {
    tone: 'problem',
    hint: failure.hint,
    action: { label: 'Make it a proposal', run: () => makeProposal(sheet, name(), again) },
  });
  return true;
}

/** Begins a line, does the change there, and offers to propose it. */
export async function makeProposal(sheet: Proposable, name: string, again: () => unknown): Promise<boolean> {
  try {
    const line = await beginLine(sheet.id);
    await sheet.reload();
    await again();
    offered = toasts.show(`It stands on a line of its own, “${line.title}”; main stays as it was.`, {
      hint: 'Change what else belongs to it, then propose it to the DM.',
      action: { label: 'Propose…', run: () => ask(sheet.id, name, line.name) },
    });
    return true;
  } catch (thrown) {
    const failure = asFailure(thrown);
    toasts.problem(failure.message, failure.hint);
    return false;
  }
}

/** The message that offers to propose a line; once that is done, it has nothing to offer. */
let offered: number | null = null;

/** Asks for the words of a proposal; what is proposed already is shown instead. */
export function ask(character: string, name: string, branch: string): void {
  if (offered !== null) toasts.close(offered);
  offered = null;
  const known = requests.of(character, branch);
  if (known) show(known);
  else requests.asked = { about: 'propose', character, name, branch };
}

/** Proposes a line; answers what was wrong, if it was refused. */
export async function propose(wanted: Required<NewRequest>): Promise<Failure | null> {
  try {
    const made = await api.open(wanted);
    await requests.load();
    show(made.row);
    toasts.show(
      made.row.state === 'draft'
        ? 'Kept as a draft: nobody else sees it yet.'
        : 'Proposed. The DM will see it under Reviews.',
    );
    return null;
  } catch (thrown) {
    return asFailure(thrown);
  }
}
