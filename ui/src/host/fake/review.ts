/** Change requests on the demo host: verdicts, talk, approval and merging, as the services would answer. */
import type {
  CellEdit,
  Decision,
  Difference,
  Inbox,
  NewRequest,
  QueueDone,
  RequestAct,
  RequestRow,
  RequestState,
  RequestView,
  ReviewChange,
  SideName,
  Verdict,
} from '~/api/wire';
import { read, withEdits } from '~/features/sheet/path';
import { commit, docOf } from './lines-doc';
import { type Request, under } from './review-parts';
import { crowded, sampleRequests } from './review-sample';
import { ownerOf, seatedAt, tableOf } from './seats';
import { refuse, type Commands, type World } from './world';

const OVER: readonly RequestState[] = ['merged', 'rejected', 'withdrawn'];

export default function reviewCommands(world: World): Commands {
  const requests = tableOf(world).seats.length === 0 ? [] : sampleRequests(world.now());
  const asked = typeof location === 'undefined' ? null : new URLSearchParams(location.search).get('changes');
  // `?changes=200` in the address brings a request of so many.
  if (asked !== null && requests.length > 0)
    requests.push(crowded(20, Number(asked) || 200, world.now().toISOString()));
  const known = requests.filter((one) => world.rows.some((row) => row.display_name === one.character));
  let serial = Math.max(0, ...known.map((one) => one.number)) + 1;

  const find = (id: unknown): Request =>
    known.find((one) => one.id === id) ??
    refuse({
      code: 'not_found',
      message: `There is no change request \`${String(id)}\`.`,
      hint: '',
      cell: null,
    });
  const changesOf = (request: Request) => request.sections.flatMap((section) => section.changes);
  const settles = (one: ReviewChange) => one.conflict === null || one.decision !== null;
  const free = (one: ReviewChange) => one.by_rule !== null && settles(one);
  const comesIn = (one: ReviewChange) =>
    one.verdict === null ? free(one) : one.verdict.verdict !== 'reject' && settles(one);
  const isOpen = (one: ReviewChange) =>
    one.verdict === null ? !free(one) : one.verdict.verdict !== 'reject' && !settles(one);
  const objections = (request: Request) =>
    request.checks.filter((check) => check.violation !== null && check.violation.allowed === null);

  function hindrances(request: Request): string[] {
    const all = changesOf(request);
    const conflicts = all.filter((one) => !settles(one) && one.verdict?.verdict !== 'reject').length;
    const waiting = all.filter(isOpen).length - conflicts;
    const talk = request.threads.filter((thread) => !thread.settled).length;
    const count = (n: number, what: string) => (n === 1 ? `One ${what}` : `${n} ${what}s`);
    return [
      conflicts > 0 && `${count(conflicts, 'conflict')} to be decided first.`,
      waiting > 0 && `${count(waiting, 'change')} without a verdict.`,
      request.state === 'approved' &&
        !request.fresh &&
        'The proposal has changed since it was approved; look at it again.',
      request.state === 'open' && !all.every(free) && 'The DM has not approved it yet.',
      talk > 0 && `${count(talk, 'talk')} not settled.`,
      objections(request).length > 0 &&
        `The rules object: ${count(objections(request).length, 'objection')}.`,
    ].filter((text): text is string => text !== false);
  }

  function row(request: Request): RequestRow {
    const all = changesOf(request);
    const over = OVER.includes(request.state);
    return {
      id: request.id,
      number: request.number,
      title: request.title,
      character: world.rows.find((one) => one.display_name === request.character) as RequestRow['character'],
      branch: request.branch,
      branch_title: request.branchTitle,
      author: request.author,
      state: request.state,
      fresh: request.fresh,
      changes: over && all.length === 0 ? 3 : all.length,
      conflicts: over ? 0 : all.filter((one) => !settles(one)).length,
      violations: over ? 0 : objections(request).length,
      open_threads: request.threads.filter((thread) => !thread.settled).length,
      by_rule: all.length > 0 && all.every(free),
      opened: request.opened,
      updated: request.updated,
    };
  }

  function side(request: Request, name: string, title: string, author: string): SideName {
    return {
      name,
      title,
      commit: 'c0ffee'.repeat(10) + name.slice(0, 4),
      version: 214,
      time: request.opened,
      author,
    };
  }

  function view(request: Request): RequestView {
    const all = changesOf(request);
    const { name, role } = seatedAt(world);
    const over = OVER.includes(request.state);
    const writes = name === request.author || role === 'dm';
    const why = over ? [] : hindrances(request);
    return {
      row: row(request),
      about: request.about,
      target: side(request, 'main', 'main', 'Nell'),
      source: side(request, request.branch, request.branchTitle, request.author),
      vitals: request.vitals,
      sections: request.sections,
      accepted: all.filter(comesIn).length,
      rejected: all.filter((one) => one.verdict?.verdict === 'reject').length,
      undecided: all.filter(isOpen).length,
      checks: request.checks,
      threads: request.threads,
      steps: request.steps,
      rights: {
        review: role === 'dm' && !over && request.state !== 'draft',
        write: writes && request.state !== 'merged',
        merge: writes && (request.state === 'open' || request.state === 'approved') && why.length === 0,
      },
      hindrances: why,
      next: next(request, why),
      merged: request.merged,
    };
  }

  function next(request: Request, why: string[]): string {
    const left = changesOf(request).filter((one) => one.verdict?.verdict === 'reject').length;
    if (request.state === 'merged') return 'It is in main. It can be undone there like any other step.';
    if (OVER.includes(request.state))
      return 'The proposal stands on its own line as it did; it can be opened again.';
    if (request.state === 'draft') return 'A draft is seen by its author alone, until it is opened.';
    if (request.state === 'changes_requested')
      return 'The player changes the proposal and opens it again; what was said of changes that stay the same stays said.';
    if (why.length === 0)
      return left === 0
        ? 'Merging moves main to the merged sheet.'
        : 'Merging moves main to the merged sheet and settles what is declined, so it is not proposed again.';
    return 'The DM says what shall come in, and approves it. A long rest meanwhile does not void an approval; a change to the proposal does.';
  }

  function change(request: Request, path: string): ReviewChange {
    return (
      changesOf(request).find((one) => one.change.path === path) ??
      refuse({
        code: 'invalid',
        message: 'That cell is not among the changes.',
        hint: 'Look at the request anew; it may have moved on.',
        cell: path,
      })
    );
  }

  function step(request: Request, text: string): void {
    const time = world.now().toISOString();
    request.steps.push({ time, author: seatedAt(world).name, text });
    request.updated = time;
  }

  function verdicts(request: Request, given: Record<string, Verdict | null>): void {
    for (const [path, verdict] of Object.entries(given)) {
      const one = change(request, path);
      one.verdict = verdict;
      one.verdict_by = verdict === null ? null : seatedAt(world).name;
    }
    const paths = Object.keys(given);
    step(
      request,
      `Gave verdicts on ${paths.length === 1 ? change(request, paths[0] as string).change.label : `${paths.length} changes`}`,
    );
  }

  function decide(request: Request, given: Record<string, Decision | null>): void {
    for (const [path, decision] of Object.entries(given)) {
      const one = change(request, path);
      one.decision = decision;
      if (decision !== null) {
        one.verdict = { verdict: 'accept' };
        one.verdict_by = seatedAt(world).name;
      }
      step(request, `Decided ${one.change.label}`);
    }
  }

  function say(request: Request, act: Extract<RequestAct, { act: 'say' }>): void {
    const { name } = seatedAt(world);
    let thread = request.threads.find((one) => one.id === act.thread);
    if (!thread) {
      const label = act.path === null ? null : change(request, act.path).change.label;
      thread = { id: crypto.randomUUID(), path: act.path, label, settled: false, remarks: [] };
      request.threads.push(thread);
    }
    thread.settled = false;
    thread.remarks.push({
      id: crypto.randomUUID(),
      author: name,
      time: world.now().toISOString(),
      text: act.text,
      suggestion:
        act.suggest === null
          ? null
          : { value: act.suggest.value, text: String(act.suggest.value ?? ''), taken_by: null },
    });
    step(request, act.suggest === null ? `Said: ${act.text}` : `Suggested ${String(act.suggest.value)}`);
  }

  function take(request: Request, thread: string, remark: string): void {
    const talk = request.threads.find((one) => one.id === thread);
    const said = talk?.remarks.find((one) => one.id === remark);
    if (!talk?.path || !said?.suggestion)
      return refuse({ code: 'invalid', message: 'That remark suggests no value.', hint: '', cell: null });
    const one = change(request, talk.path);
    one.change.after = said.suggestion.value;
    one.change.after_text = said.suggestion.text;
    said.suggestion.taken_by = seatedAt(world).name;
    talk.settled = true;
    const vital = request.vitals.find((vital) => vital.path === talk.path);
    if (vital) vital.then = said.suggestion.text;
    step(request, `Took a suggestion of ${said.author}`);
  }

  function merge(request: Request): void {
    const why = hindrances(request);
    if (why.length > 0)
      refuse({
        code: 'invalid',
        message: why[0] as string,
        hint: 'Look at the request; it says what is to be done.',
        cell: null,
      });
    request.state = 'merged';
    request.merged = ontoMain(request);
    step(request, 'Merged it');
  }

  /** Writes what comes in onto main, as far as the demo's sheet has such cells; answers the step that it became. */
  function ontoMain(request: Request): string {
    const id = row(request).character.id;
    const doc = docOf(world, id);
    const tip = doc.byId.get(doc.branches.get('main')?.head ?? '');
    if (!tip) return '';
    const edits = changesOf(request).flatMap((one): CellEdit[] => {
      const { path, after } = one.change;
      const value = one.verdict?.verdict === 'edit' ? one.verdict.value : after;
      const same = typeof read(tip.source, path) === typeof value && typeof value !== 'object';
      return comesIn(one) && same ? [{ op: 'set', path, value }] : [];
    });
    const made = commit(world, doc, withEdits(tip.source, edits), edits, {
      kind: 'merge',
      title: `Request ${request.number}: ${request.title}`,
      branch: 'main',
      author: seatedAt(world).name,
      request: request.id,
    });
    made.undoes = true;
    setTimeout(() => world.emit({ event: 'document_changed', id, branch: 'main', commit: made.line.id }));
    return made.line.id;
  }

  function act(request: Request, act: RequestAct): void {
    world.writable();
    const dmOnly = ['verdicts', 'decide', 'allow', 'approve', 'ask_for_changes', 'reject'];
    if (dmOnly.includes(act.act) && seatedAt(world).role !== 'dm')
      refuse({
        code: 'not_allowed',
        message: 'Only the DM may do that.',
        hint: 'Change the seat if you are the DM, or say it in the talk.',
        cell: null,
      });
    switch (act.act) {
      case 'open':
        request.state = 'open';
        return step(request, 'Opened it again');
      case 'withdraw':
        request.state = 'withdrawn';
        return step(request, 'Took it back');
      case 'describe':
        request.title = act.title;
        request.about = act.about;
        return step(request, 'Changed title and text');
      case 'verdicts':
        return verdicts(request, act.verdicts);
      case 'decide':
        return decide(request, act.decisions);
      case 'say':
        return say(request, act);
      case 'settle': {
        const thread = request.threads.find((one) => one.id === act.thread);
        if (thread) thread.settled = act.settled;
        return step(request, act.settled ? 'Settled a talk' : 'Opened a talk again');
      }
      case 'take_suggestion':
        return take(request, act.thread, act.remark);
      case 'allow': {
        const found = request.checks.find((check) => check.violation?.key === act.key);
        if (found?.violation) {
          const by = seatedAt(world).name;
          const time = world.now().toISOString();
          found.violation.allowed = act.reason === '' ? null : { by, reason: act.reason, time };
          found.passed = act.reason !== '';
        }
        return step(request, `Allowed an exception: ${act.reason}`);
      }
      case 'approve': {
        const open = changesOf(request).filter(isOpen).length;
        if (open > 0)
          refuse({
            code: 'invalid',
            message: open === 1 ? 'One change waits for a verdict.' : `${open} changes wait for a verdict.`,
            hint: 'Accept or reject them first.',
            cell: null,
          });
        request.state = 'approved';
        request.fresh = true;
        return step(request, 'Approved it');
      }
      case 'ask_for_changes':
        request.state = 'changes_requested';
        if (act.text !== '')
          say(request, { act: 'say', thread: null, path: null, text: act.text, suggest: null });
        return step(request, 'Asked for changes');
      case 'reject':
        request.state = 'rejected';
        return step(request, 'Rejected it');
      case 'merge':
        return merge(request);
    }
  }

  /** What a line changes of main, as the DM looks at it. */
  function sectionsOf(character: string, branch: string): Request['sections'] {
    const difference = world.run('history_difference', {
      id: character,
      from: 'main',
      to: branch,
    }) as Difference;
    return difference.sections.map((section) => ({
      ...section,
      changes: section.changes.map((one) => under(one, ownerOf(world, one.path))),
    }));
  }

  return {
    review_inbox: (): Inbox => {
      const { name, role } = seatedAt(world);
      const inbox: Inbox = { waiting: [], others: [], queue: [], over: [] };
      for (const request of [...known].sort((a, b) => a.opened.localeCompare(b.opened))) {
        const own = request.author === name;
        if (request.state === 'draft' && !own) continue;
        const dms = request.state === 'open' || request.state === 'approved';
        if (OVER.includes(request.state)) inbox.over.unshift(row(request));
        else if (request.state === 'approved' && request.fresh) inbox.queue.push(row(request));
        else if (dms ? role === 'dm' : own) inbox.waiting.push(row(request));
        else inbox.others.push(row(request));
      }
      return inbox;
    },
    review_open: ({ ask }): RequestView => {
      world.writable();
      const { character, branch, title, about, draft } = ask as Required<NewRequest>;
      const found = world.rows.find((one) => one.id === character);
      if (!found || title.trim() === '')
        return refuse({
          code: 'invalid',
          message: 'The title of a request is one line of 1 to 120 characters.',
          hint: '',
          cell: null,
        });
      const time = world.now().toISOString();
      const made: Request = {
        id: crypto.randomUUID(),
        number: serial++,
        title,
        about,
        character: found.display_name,
        branch,
        branchTitle: branch.replaceAll('-', ' '),
        author: seatedAt(world).name,
        state: draft ? 'draft' : 'open',
        fresh: true,
        opened: time,
        updated: time,
        sections: sectionsOf(character, branch),
        checks: [{ text: 'The rules have nothing against it', passed: true, violation: null }],
        threads: [],
        steps: [],
        vitals: [],
        merged: null,
      };
      known.push(made);
      step(made, `Proposed ${made.branchTitle}`);
      world.emit({ event: 'library_changed' });
      return view(made);
    },
    review_show: ({ id }) => view(find(id)),
    review_act: ({ id, act: wanted }) => {
      const request = find(id);
      act(request, wanted as RequestAct);
      world.emit({ event: 'document_changed', id: request.id, branch: 'main', commit: crypto.randomUUID() });
      return view(request);
    },
    review_queue: (): QueueDone => {
      const queue = known.filter((one) => one.state === 'approved' && one.fresh);
      const done = queue.map((request) => {
        const why = hindrances(request)[0] ?? '';
        if (why === '') merge(request);
        return { row: row(request), merged: why === '', why };
      });
      world.emit({ event: 'library_changed' });
      return { requests: done };
    },
  };
}
