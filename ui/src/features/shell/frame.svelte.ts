/** What the frame offers everywhere: its actions, the palette's search, the menu's choices, and files that arrive. */
import BookMarked from '@lucide/svelte/icons/book-marked';
import BookOpen from '@lucide/svelte/icons/book-open';
import FileInput from '@lucide/svelte/icons/file-input';
import Activity from '@lucide/svelte/icons/activity';
import Keyboard from '@lucide/svelte/icons/keyboard';
import ListRestart from '@lucide/svelte/icons/list-restart';
import LibraryBig from '@lucide/svelte/icons/library-big';
import NotebookPen from '@lucide/svelte/icons/notebook-pen';
import MessageSquareCheck from '@lucide/svelte/icons/message-square-check';
import MoonStar from '@lucide/svelte/icons/moon-star';
import Plus from '@lucide/svelte/icons/plus';
import Settings from '@lucide/svelte/icons/settings-2';
import ShieldCheck from '@lucide/svelte/icons/shield-check';
import * as health from '~/api/health';
import * as roster from '~/api/roster';
import { findThings } from '~/features/compendium/palette';
import { findPacks } from '~/features/packs/palette';
import { requests } from '~/features/review/inbox.svelte';
import { seats } from '~/features/seats/seats.svelte';
import type { MenuAction } from '~/api/wire';
import { attempt, close, exportOne, importFiles, importOpened, open } from '~/features/roster/deeds';
import { lineOf } from '~/features/roster/words';
import { host } from '~/host/host';
import type { PaletteItem } from '~/kit/palette';
import { events } from '~/state/events';
import { actions, type Action } from '~/state/actions.svelte';
import { opened } from '~/state/opened.svelte';
import { router } from '~/state/router.svelte';
import { theme } from '~/state/theme.svelte';
import { toasts } from '~/state/toasts.svelte';
import { desk } from './desk.svelte';

export const frameActions: readonly Action[] = [
  {
    id: 'shell.palette',
    label: 'Command palette',
    group: 'Everywhere',
    keys: 'Mod+K',
    hidden: true,
    run: () => (desk.palette = !desk.palette),
  },
  {
    id: 'roster.new',
    label: 'New character',
    group: 'Library',
    keys: 'Mod+N',
    icon: Plus,
    words: 'create make npc monster',
    run: () => (desk.newCharacter = true),
  },
  {
    id: 'roster.import',
    label: 'Import characters…',
    group: 'Library',
    keys: 'Mod+O',
    icon: FileInput,
    words: 'open file json',
    run: importFiles,
  },
  {
    id: 'shell.library',
    label: 'Library',
    group: 'Go to',
    keys: 'Mod+L',
    icon: LibraryBig,
    words: 'characters home',
    run: () => router.go({ screen: 'library' }),
  },
  {
    id: 'shell.compendium',
    label: 'Compendium',
    group: 'Go to',
    keys: 'Mod+J',
    icon: BookMarked,
    words: 'rules spells items creatures feats classes search',
    run: () => router.go({ screen: 'compendium' }),
  },
  {
    id: 'shell.homebrew',
    label: 'Homebrew',
    group: 'Go to',
    keys: 'Mod+B',
    icon: NotebookPen,
    words: 'packs content toml write own rules',
    run: () => router.go({ screen: 'homebrew' }),
  },
  {
    id: 'shell.reviews',
    label: 'Reviews',
    group: 'Go to',
    keys: 'Mod+Shift+K',
    icon: MessageSquareCheck,
    words: 'change requests proposals inbox dm approve merge',
    enabled: () => seats.any || requests.any,
    run: () => router.go({ screen: 'reviews' }),
  },
  {
    id: 'shell.health',
    label: 'Health',
    group: 'Go to',
    keys: 'Mod+Shift+P',
    icon: Activity,
    words: 'performance metrics latency',
    run: () => router.go({ screen: 'health' }),
  },
  {
    id: 'shell.log',
    label: 'Log of the library',
    group: 'Go to',
    icon: ListRestart,
    words: 'operations everything done restore undo time',
    run: () => router.go({ screen: 'log' }),
  },
  {
    id: 'shell.settings',
    label: 'Settings',
    group: 'Go to',
    keys: 'Mod+,',
    icon: Settings,
    words: 'about theme backup licences',
    run: () => router.go({ screen: 'settings' }),
  },
  {
    id: 'shell.back',
    label: 'Back',
    group: 'Go to',
    keys: 'Alt+ArrowLeft',
    whileTyping: false,
    enabled: () => router.canGoBack,
    run: () => router.back(),
  },
  {
    id: 'shell.forward',
    label: 'Forward',
    group: 'Go to',
    keys: 'Alt+ArrowRight',
    whileTyping: false,
    enabled: () => router.canGoForward,
    run: () => router.forward(),
  },
  {
    id: 'shell.close',
    label: 'Close this character',
    group: 'Go to',
    keys: 'Mod+W',
    enabled: () => openCharacter() !== undefined,
    run: () => {
      const character = openCharacter();
      if (character) close(character);
    },
  },
  {
    id: 'health.backup',
    label: 'Make a backup now',
    group: 'Library',
    icon: ShieldCheck,
    words: 'save copy safe',
    run: backUpNow,
  },
  {
    id: 'shell.theme',
    label: 'Switch between light and dark',
    group: 'Everywhere',
    icon: MoonStar,
    words: 'theme night colours',
    run: () => theme.toggle(),
  },
  {
    id: 'shell.shortcuts',
    label: 'Keyboard shortcuts',
    group: 'Everywhere',
    keys: '?',
    icon: Keyboard,
    words: 'help keys',
    run: () => (desk.shortcuts = true),
  },
  {
    id: 'shell.shortcuts.alt',
    label: 'Keyboard shortcuts',
    group: 'Everywhere',
    keys: 'Mod+/',
    alias: true,
    run: () => (desk.shortcuts = true),
  },
];

function openCharacter() {
  const route = router.route;
  return 'id' in route ? opened.list.find((one) => one.id === route.id) : undefined;
}

/** Undo where no screen knows better: the newest toast's way back. Registered first, so that a screen's own wins. */
export const lastResort: readonly Action[] = [
  {
    id: 'edit.undo',
    label: 'Undo',
    group: 'Everywhere',
    keys: 'Mod+Z',
    whileTyping: false,
    enabled: () => toasts.list.some((toast) => toast.action?.label === 'Undo'),
    run: () => {
      const toast = toasts.list.findLast((candidate) => candidate.action?.label === 'Undo');
      return toast && toasts.act(toast.id);
    },
  },
];

/** What the palette lists without being asked: all that can be done now. */
export function paletteItems(): PaletteItem[] {
  return actions.available.filter((action) => !action.hidden && !action.alias);
}

/** Finds characters for the palette. */
export async function findCharacters(text: string): Promise<PaletteItem[]> {
  const page = await roster.list({
    ...roster.everything,
    text,
    archived: text === '' ? 'without' : 'with',
    sort: text === '' ? 'updated' : 'name',
    descending: text === '',
    limit: text === '' ? 5 : 8,
  });
  return page.rows.map((row) => ({
    id: `character.${row.id}`,
    label: row.display_name,
    detail: row.active ? lineOf(row) : `${lineOf(row)} · archived`,
    group: 'Characters',
    icon: BookOpen,
    run: () => open(row),
  }));
}

/** Finds what only the backend knows: characters, then things of the compendium, then packs. */
export async function find(text: string): Promise<PaletteItem[]> {
  const [characters, things, packs] = await Promise.all([
    findCharacters(text),
    findThings(text).catch(() => []),
    findPacks(text).catch(() => []),
  ]);
  return [...characters, ...things, ...packs];
}

async function backUpNow(): Promise<void> {
  await attempt(async () => {
    const backup = await health.backUp();
    toasts.show(
      backup.verified
        ? 'A backup was made and read back whole.'
        : 'A backup was made, but did not read back whole.',
      {
        tone: backup.verified ? 'plain' : 'problem',
        hint: backup.verified
          ? undefined
          : 'Run the examination under Settings and look at the room on the disk.',
      },
    );
  });
}

const MENU: Record<MenuAction, string | (() => unknown)> = {
  new_character: 'roster.new',
  import: 'roster.import',
  export: exportOpen,
  undo: 'edit.undo',
  redo: 'edit.redo',
  show_library: 'shell.library',
  show_history: () => {
    const route = router.route;
    if ('id' in route) router.go({ screen: 'history', id: route.id });
    else toasts.show('Open a character first: history belongs to one.');
  },
  show_health: 'shell.health',
  show_palette: 'shell.palette',
  show_shortcuts: 'shell.shortcuts',
  show_about: () => router.go({ screen: 'settings', part: 'about' }),
};

/** Does what was chosen from the window's menu. */
export function menuChosen(action: MenuAction): void {
  const deed = MENU[action];
  if (typeof deed === 'string') actions.run(deed);
  else deed();
}

async function exportOpen(): Promise<void> {
  const route = router.route;
  if (!('id' in route)) {
    toasts.show('Open the character to export, or use its menu in the library.');
    return;
  }
  const { id } = route;
  await attempt(async () => exportOne(await roster.get(id)));
}

/** Begins to hear the menu and the files that the desktop hands over; the answer ends it. */
export async function hearShell(): Promise<() => void> {
  const ends = await Promise.all([
    host().listen<{ action: MenuAction }>('menu-chosen', ({ action }) => menuChosen(action)),
    host().listen('files-arrived', () => void importOpened()),
  ]);
  // What came while the library was closed waits for it.
  ends.push(
    events.on(({ event }) => {
      if (event === 'library_changed') void importOpened();
    }),
  );
  // What was double-clicked to start the program waits already.
  void importOpened();
  return () => ends.forEach((end) => end());
}
