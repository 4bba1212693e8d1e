/** Bringing one line into another on the demo host. */
import type { MergeAsk, MergeDone, MergePreview, SheetView } from '~/features/sheet/model';
import { between, sideOf } from './difference';
import { commit, docOf } from './lines-doc';
import { linesOfPlan, planOf, violationsOf } from './merging-plan';
import { refuse, type Commands, type World } from './world';

export default function mergingCommands(world: World): Commands {
  return {
    history_merge_preview: ({ ask: asked }): MergePreview => {
      const ask = asked as MergeAsk;
      const doc = docOf(world, ask.id);
      const plan = planOf(doc, ask);
      const into = sideOf(doc, plan.into);
      return {
        from: sideOf(doc, ask.from),
        into,
        base: sideOf(doc, plan.base.line.id),
        lines: linesOfPlan(doc, plan),
        conflicts: plan.conflicts,
        violations: violationsOf(plan, ask, world.now()),
        difference: between(plan.ours.source, plan.tree, into, { ...into, title: 'after the merge' }),
        nothing: plan.base === plan.theirs,
      };
    },
    history_merge: ({ ask: asked }): MergeDone => {
      world.writable();
      const ask = asked as MergeAsk;
      const doc = docOf(world, ask.id);
      const plan = planOf(doc, ask);
      const lines = linesOfPlan(doc, plan);
      const violations = violationsOf(plan, ask, world.now());
      const unknown = Object.keys(ask.allow ?? {}).find((key) => !violations.some((one) => one.key === key));
      if (unknown !== undefined)
        refuse({
          code: 'not_found',
          message: `There is no violation ${unknown}.`,
          hint: 'Look at the checks again.',
          cell: null,
        });
      if (plan.base !== plan.theirs) {
        const title = doc.branches.get(String(ask.from))?.title ?? String(ask.from);
        const made = commit(world, doc, plan.tree, [], {
          kind: 'merge',
          title: ask.message || `Brought in: ${title}`,
          branch: plan.into,
          also: [plan.theirs.line.id],
        });
        made.undoes = true;
        setTimeout(() =>
          world.emit({ event: 'document_changed', id: doc.row.id, branch: plan.into, commit: made.line.id }),
        );
      }
      // The sheet that came of it, wherever one stands.
      const stood = doc.standing;
      doc.standing = plan.into;
      const view = world.run('sheet_show', { id: doc.row.id }) as SheetView;
      doc.standing = stood;
      return {
        view,
        lines,
        conflicts: Object.values(plan.tree.conflicts ?? {}),
        violations,
      };
    },
  };
}
