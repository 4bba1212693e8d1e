/** The menu that belongs to a character in the library. */
import Archive from '@lucide/svelte/icons/archive';
import ArchiveRestore from '@lucide/svelte/icons/archive-restore';
import BookOpen from '@lucide/svelte/icons/book-open';
import Copy from '@lucide/svelte/icons/copy';
import Download from '@lucide/svelte/icons/download';
import HistoryIcon from '@lucide/svelte/icons/history';
import type { CharacterRow } from '~/api/wire';
import type { MenuEntry } from '~/kit/menu';
import { archive, duplicate, exportOne, open, restore, showHistory } from './deeds';

export function entriesFor(row: CharacterRow): MenuEntry[] {
  return [
    { label: 'Open', icon: BookOpen, onselect: () => open(row) },
    { label: 'History', icon: HistoryIcon, onselect: () => showHistory(row) },
    'separator',
    { label: 'Duplicate', icon: Copy, onselect: () => duplicate(row) },
    { label: 'Export…', icon: Download, onselect: () => exportOne(row) },
    'separator',
    row.active
      ? { label: 'Archive', icon: Archive, onselect: () => archive(row) }
      : { label: 'Bring back into play', icon: ArchiveRestore, onselect: () => restore(row) },
  ];
}
