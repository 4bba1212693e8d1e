/** What can be done with a step of the history. */
import type { SheetDocument } from '~/features/sheet/document.svelte';
import type { GraphRow } from '~/features/sheet/model';
import { router } from '~/state/router.svelte';
import { asks } from '../asks.svelte';
import { rollBack } from '../deeds';
import { compare, revert } from '../line-deeds';

export interface StepVerbs {
  look: (row: GraphRow) => void;
  compare: (row: GraphRow) => void;
  begin: (row: GraphRow) => void;
  tag: (row: GraphRow) => void;
  revert: (row: GraphRow) => void;
  rollback: (row: GraphRow) => void;
}

export function stepVerbs(doc: SheetDocument): StepVerbs {
  const { id } = doc;
  const words = (row: GraphRow) => `version ${row.commit.version}`;
  return {
    look: ({ commit }) => router.go({ screen: 'history', id, commit: commit.id }),
    compare: ({ commit }) => compare(id, commit.id, doc.view?.branch ?? 'main'),
    begin: (row) => asks.put({ about: 'begin', id, from: { at: row.commit.id, words: words(row) } }),
    tag: (row) => asks.put({ about: 'tag', id, at: row.commit.id, words: words(row) }),
    revert: ({ commit }) => void revert(id, commit.id, commit.title),
    rollback: (row) => void rollBack(doc, row.commit.id, words(row)),
  };
}
