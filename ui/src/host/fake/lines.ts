/** Branches and milestones on the demo host. */
import type { BranchLine, EditOutcome, Life, Lines, NewBranch, SheetView } from '~/features/sheet/model';
import { handleOf } from './people';
import {
  cameOf,
  commit,
  docOf,
  lineOf,
  logged,
  resolve,
  reverted,
  tipOf,
  type Branch,
  type Doc,
} from './lines-doc';
import { drawn } from './lines-graph';
import { openIn } from './merging-plan';
import { refuse, type Commands, type World } from './world';

const invalid = (message: string, hint: string) => refuse({ code: 'invalid', message, hint, cell: null });

export default function lineCommands(world: World): Commands {
  const told = (doc: Doc) => {
    const { row, standing } = doc;
    const head = tipOf(doc).line.id;
    setTimeout(
      () => world.emit({ event: 'document_changed', id: row.id, branch: standing, commit: head }),
      5,
    );
    return linesOf(doc);
  };
  const branchOf = (doc: Doc, name: unknown): Branch =>
    doc.branches.get(String(name)) ??
    refuse({
      code: 'not_found',
      message: `There is no branch ${String(name)}.`,
      hint: 'Choose one from the list.',
      cell: null,
    });
  const titled = (doc: Doc, title: unknown, own?: string): string => {
    const words = String(title).trim();
    if (words === '' || words.length > 60)
      return invalid('A what-if needs a name of 1 to 60 characters.', 'Two or three words do.');
    const name = handleOf(words);
    if (name !== own && doc.branches.has(name))
      return invalid(`There is a what-if called “${words}” already.`, 'Give it another name.');
    return words;
  };
  const notMain = (name: unknown, what: string) => {
    if (name === 'main') invalid(`main cannot be ${what}.`, 'Make a what-if of it instead.');
  };

  function begin(ask: Required<NewBranch>): Lines {
    world.writable();
    const doc = docOf(world, ask.id);
    const title = titled(doc, ask.title);
    const standing = branchOf(doc, doc.standing);
    let head = ask.from == null ? standing.head : resolve(doc, ask.from).line.id;
    if (ask.take != null) {
      const line = lineOf(doc);
      const stays = line[line.length - 1 - ask.take];
      if (!stays || ask.take < 1)
        return invalid(
          'The first version has to stay where it is.',
          `Choose between 1 and ${line.length - 1} versions.`,
        );
      head = standing.head;
      standing.head = stays.line.id;
      doc.undone = [];
    }
    const name = handleOf(title);
    doc.branches.set(name, { name, title, head, archived: false, request: null });
    logged(
      world,
      doc,
      ask.take == null ? `Began the what-if “${title}”` : `Moved ${ask.take} onto “${title}”`,
    );
    if (ask.switch) doc.standing = name;
    return told(doc);
  }

  return {
    history_lines: ({ id }) => linesOf(docOf(world, id)),
    history_branch: ({ ask }) => begin(ask as Required<NewBranch>),
    history_switch: ({ id, branch }) => {
      const doc = docOf(world, id);
      doc.standing = branchOf(doc, branch).name;
      doc.undone = [];
      return told(doc);
    },
    history_branch_rename: ({ id, branch, title }) => {
      world.writable();
      const doc = docOf(world, id);
      const found = branchOf(doc, branch);
      notMain(branch, 'renamed');
      found.title = titled(doc, title, found.name);
      logged(world, doc, `Renamed a what-if to “${found.title}”`);
      return told(doc);
    },
    history_branch_archive: ({ id, branch, archived }) => {
      world.writable();
      const doc = docOf(world, id);
      const found = branchOf(doc, branch);
      notMain(branch, 'put away');
      found.archived = archived === true;
      if (doc.standing === found.name) doc.standing = 'main';
      logged(world, doc, `${found.archived ? 'Put away' : 'Took out again'}: “${found.title}”`);
      return told(doc);
    },
    history_branch_delete: ({ id, branch }) => {
      world.writable();
      const doc = docOf(world, id);
      const found = branchOf(doc, branch);
      notMain(branch, 'deleted');
      doc.branches.delete(found.name);
      if (doc.standing === found.name) doc.standing = 'main';
      logged(world, doc, `Deleted the what-if “${found.title}”`);
      return told(doc);
    },
    history_tag: ({ id, at, name }) => {
      world.writable();
      const doc = docOf(world, id);
      const words = String(name).trim();
      if (words === '' || words.length > 60)
        return invalid('A milestone needs a name of 1 to 60 characters.', 'For example: as of session 12.');
      if (doc.tags.some((tag) => tag.name === words))
        return invalid(`There is a milestone “${words}” already.`, 'Give it another name.');
      const time = world.now().toISOString();
      doc.tags.unshift({
        id: crypto.randomUUID(),
        name: words,
        commit: resolve(doc, at).line.id,
        author: 'you',
        time,
      });
      logged(world, doc, `Set the milestone “${words}”`);
      return told(doc);
    },
    history_untag: ({ id, tag }) => {
      world.writable();
      const doc = docOf(world, id);
      doc.tags = doc.tags.filter((one) => one.id !== tag);
      logged(world, doc, 'Took a milestone away');
      return told(doc);
    },
    history_graph: ({ id, from, limit }) =>
      drawn(docOf(world, id), (from as string | null) ?? null, Number(limit) || 50),
    history_life: ({ id }) => lifeOf(docOf(world, id)),
    history_revert: ({ id, commit: asked }): EditOutcome => {
      world.writable();
      const doc = docOf(world, id);
      const target = resolve(doc, asked);
      const source = reverted(doc, target, true);
      const view = () => world.run('sheet_show', { id }) as SheetView;
      if (JSON.stringify(source) === JSON.stringify(tipOf(doc).source))
        return { status: 'unchanged', view: view() };
      const made = commit(world, doc, source, [], { kind: 'revert', title: `Undid: ${target.line.title}` });
      made.undoes = true;
      told(doc);
      return { status: 'saved', view: view(), changes: made.line.changes, merged: [] };
    },
  };
}

function linesOf(doc: Doc): Lines {
  const main = cameOf(doc, doc.branches.get('main')?.head ?? '');
  const branches = [...doc.branches.values()].map((branch): BranchLine => {
    const tip = tipOf(doc, branch.name);
    const own = cameOf(doc, branch.head);
    const shared = [...own].filter((id) => main.has(id));
    const fork = doc.all.findLast(({ line }) => own.has(line.id) && main.has(line.id));
    return {
      name: branch.name,
      title: branch.title,
      head: branch.head,
      other_heads: [],
      version: tip.line.version,
      author: tip.line.author,
      updated: tip.line.time,
      ahead: own.size - shared.length,
      behind: main.size - shared.length,
      fork: fork?.line.id ?? null,
      archived: branch.archived,
      protected: false,
      conflicts: openIn(doc, branch.name).length,
      request: branch.request,
    };
  });
  const order = (branch: BranchLine) => Number(branch.name !== 'main') + 2 * Number(branch.archived);
  branches.sort((a, b) => order(a) - order(b) || Date.parse(b.updated) - Date.parse(a.updated));
  return { id: doc.row.id, standing: doc.standing, branches, tags: [...doc.tags] };
}

/** More versions than this cannot be told apart on a slider. */
const POINTS = 400;

function lifeOf(doc: Doc): Life {
  const line = lineOf(doc);
  const every = Math.ceil(line.length / POINTS);
  const points = line
    .map(({ line: made }) => ({
      commit: made.id,
      version: made.version,
      time: made.time,
      kind: made.kind,
      mark:
        doc.tags.find((tag) => tag.commit === made.id)?.name ??
        (made.kind === 'level_up' || made.kind === 'create' ? made.title : ''),
    }))
    .filter((point, index) => point.mark !== '' || index % every === 0 || index === line.length - 1);
  return { points, total: line.length };
}
