/** What can be done while one reads the history. */
import ScrollText from '@lucide/svelte/icons/scroll-text';
import type { SheetDocument } from '~/features/sheet/document.svelte';
import type { Action } from '~/state/actions.svelte';
import { router } from '~/state/router.svelte';
import { toasts } from '~/state/toasts.svelte';
import { takeBack } from './line-deeds';

export function historyActions(doc: SheetDocument): readonly Action[] {
  return [
    {
      id: 'edit.undo',
      label: 'Undo the latest change',
      group: 'History',
      keys: 'Mod+Z',
      whileTyping: false,
      enabled: () => doc.editable && doc.view?.undo != null,
      run: () => doc.undo(),
    },
    {
      id: 'edit.redo',
      label: 'Redo what was undone',
      group: 'History',
      keys: 'Mod+Shift+Z',
      whileTyping: false,
      enabled: () => doc.editable && doc.view?.redo != null,
      run: () => doc.redo(),
    },
    {
      id: 'history.sheet',
      label: 'Back to the sheet',
      group: 'History',
      keys: 'Mod+Shift+H',
      icon: ScrollText,
      run: () => router.go({ screen: 'sheet', id: doc.id }),
    },
  ];
}

/** Puts everything back to a version and offers the way back from that. */
export async function rollBack(doc: SheetDocument, commit: string, words: string): Promise<boolean> {
  const outcome = await doc.rollback(commit);
  if (outcome === null) return false;
  if (outcome.status === 'unchanged') {
    toasts.show('It already is as it was then.');
    return true;
  }
  if (outcome.status === 'conflict') {
    toasts.problem('Somebody changed it in this very moment.', 'Look at what they did, and try again.');
    return false;
  }
  const made = outcome.view.commit;
  toasts.show(`Back to ${words}`, {
    action: { label: 'Undo', run: () => takeBack(doc.id, made, `back to ${words}`) },
  });
  return true;
}
