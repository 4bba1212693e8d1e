/** What can be done with the lines of a character: as entries of a menu, and as actions for keys and the palette. */
import Columns3 from '@lucide/svelte/icons/columns-3';
import Archive from '@lucide/svelte/icons/archive';
import ArchiveRestore from '@lucide/svelte/icons/archive-restore';
import ArrowLeftRight from '@lucide/svelte/icons/arrow-left-right';
import GitBranch from '@lucide/svelte/icons/git-branch';
import GitMerge from '@lucide/svelte/icons/git-merge';
import History from '@lucide/svelte/icons/history';
import Milestone from '@lucide/svelte/icons/milestone';
import Pencil from '@lucide/svelte/icons/pencil';
import Send from '@lucide/svelte/icons/send';
import Trash2 from '@lucide/svelte/icons/trash-2';
import type { MenuEntry } from '~/kit/menu';
import type { Action } from '~/state/actions.svelte';
import { router } from '~/state/router.svelte';
import { asks } from '../asks.svelte';
import { wordOf, type Branches } from '../branches.svelte';
import { openBoard } from '../board/deeds';
import { bringIn, canBringIn, compareWithMain, putAway, switchTo } from '../line-deeds';

/** The menu on the sheet's bar. */
export function lineEntries(branches: Branches, editable: boolean): MenuEntry[] {
  const { id, standing } = branches;
  const own = standing !== undefined && standing.name !== 'main';
  const entries: MenuEntry[] = [];
  if (branches.any)
    entries.push(
      ...branches.open.map((branch) => ({
        label: branch.name === 'main' ? 'main' : `${branch.title} · ${wordOf(branch)}`,
        checked: branch.name === standing?.name,
        onselect: () => switchTo(id, branch.name),
      })),
      'separator',
    );
  if (editable)
    entries.push(
      { label: 'What if…', icon: GitBranch, onselect: () => asks.put({ about: 'begin', id }) },
      {
        label: 'Make the last steps a proposal…',
        icon: Send,
        onselect: () => asks.put({ about: 'take', id }),
      },
    );
  if (standing && own) {
    entries.push('separator', {
      label: 'Compare with main',
      icon: ArrowLeftRight,
      onselect: () => compareWithMain(id, standing.name),
    });
    if (editable && canBringIn())
      entries.push({
        label: 'Bring into main…',
        icon: GitMerge,
        onselect: () => bringIn(id, standing.name, 'main'),
      });
    if (editable)
      entries.push(
        {
          label: 'Rename…',
          icon: Pencil,
          onselect: () => asks.put({ about: 'rename', id, branch: standing.name }),
        },
        standing.archived
          ? {
              label: 'Take out again',
              icon: ArchiveRestore,
              onselect: () => putAway(id, standing.name, false),
            }
          : { label: 'Put away', icon: Archive, onselect: () => putAway(id, standing.name, true) },
        {
          label: 'Delete…',
          icon: Trash2,
          danger: true,
          onselect: () => asks.put({ about: 'delete', id, branch: standing.name }),
        },
      );
  }
  entries.push('separator');
  if (branches.any) entries.push({ label: 'Side by side', icon: Columns3, onselect: () => openBoard(id) });
  entries.push({
    label: 'All lines in the history',
    icon: History,
    onselect: () => router.go({ screen: 'history', id }),
  });
  return entries;
}

/** The same for the palette and the keyboard. */
export function lineActions(branches: Branches, editable: () => boolean): readonly Action[] {
  const { id } = branches;
  const group = 'Lines of this character';
  const own = () => branches.standing !== undefined && branches.standing.name !== 'main';
  const here = () => branches.standing?.name ?? 'main';
  return [
    {
      id: 'lines.begin',
      label: 'What if… (a line of its own from here)',
      group,
      icon: GitBranch,
      keys: 'Mod+Shift+B',
      words: 'branch fork try experiment',
      enabled: editable,
      run: () => asks.put({ about: 'begin', id }),
    },
    {
      id: 'lines.take',
      label: 'Make the last steps a proposal…',
      group,
      icon: Send,
      words: 'branch move edits off main review',
      enabled: editable,
      run: () => asks.put({ about: 'take', id }),
    },
    {
      id: 'lines.tag',
      label: 'Mark a milestone here…',
      group,
      icon: Milestone,
      words: 'tag session name version',
      enabled: () => editable() && branches.standing !== undefined,
      run: () => asks.put({ about: 'tag', id, at: branches.standing?.head ?? 'main', words: 'this version' }),
    },
    {
      id: 'lines.compare',
      label: 'Compare with main',
      group,
      icon: ArrowLeftRight,
      words: 'diff difference branch',
      enabled: own,
      run: () => compareWithMain(id, here()),
    },
    {
      id: 'lines.board',
      label: 'What-ifs side by side',
      group,
      icon: Columns3,
      words: 'board compare versions columns',
      run: () => openBoard(id),
    },
    {
      id: 'lines.merge',
      label: 'Bring into main…',
      group,
      icon: GitMerge,
      words: 'merge branch accept',
      enabled: () => own() && editable() && canBringIn(),
      run: () => bringIn(id, here(), 'main'),
    },
    {
      id: 'lines.rename',
      label: 'Rename this what-if…',
      group,
      icon: Pencil,
      words: 'branch',
      enabled: () => own() && editable(),
      run: () => asks.put({ about: 'rename', id, branch: here() }),
    },
    {
      id: 'lines.archive',
      label: 'Put this what-if away',
      group,
      icon: Archive,
      words: 'branch archive',
      enabled: () => own() && editable(),
      run: () => putAway(id, here(), true),
    },
    {
      id: 'lines.delete',
      label: 'Delete this what-if…',
      group,
      icon: Trash2,
      words: 'branch remove',
      enabled: () => own() && editable(),
      run: () => asks.put({ about: 'delete', id, branch: here() }),
    },
    ...branches.open.map((branch) => ({
      id: `lines.switch.${branch.name}`,
      label: branch.name === 'main' ? 'Switch to main' : `Switch to the ${wordOf(branch)} “${branch.title}”`,
      group,
      icon: GitBranch,
      words: `branch checkout ${branch.name}`,
      enabled: () => here() !== branch.name,
      run: () => switchTo(id, branch.name),
    })),
  ];
}
