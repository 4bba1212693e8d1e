/** Files of the demo host: none are chosen from a disk, but an actor of another program can be looked at and taken in. */
import type { DroppedFile, FileLook, FilePreview, ImportReport, Part } from '~/api/wire';
import { handleOf, party } from './people';
import type { Commands, World } from './world';

const part = (area: string, name: string, fate: Part['fate'], to: string, why: string, path = ''): Part => ({
  area,
  name,
  path,
  fate,
  to,
  why,
});

const ULLA: FilePreview = {
  file: 'fvtt-Actor-ulla-fenwick.json',
  format: 'foundry',
  characters: ['Ulla Fenwick'],
  report: {
    source: 'Foundry VTT, dnd5e 5.3.0, 2024 rules',
    built: true,
    parts: [
      part(
        'Identity',
        'Ulla Fenwick',
        'understood',
        'identity',
        'Name, looks and story are cells of the sheet.',
      ),
      part('Identity', 'Orc', 'mapped', 'species Orc', ''),
      part('Identity', 'Sailor', 'mapped', 'background Sailor', ''),
      part('Classes', 'Fighter', 'mapped', 'class Fighter', 'Five levels of it.'),
      part('Classes', 'Champion', 'mapped', 'subclass Champion', 'Chosen at level 3.'),
      part(
        'Scores',
        'Abilities',
        'understood',
        '/abilities/scores',
        'What increases gave is taken out of them.',
      ),
      part('Items', 'Longsword', 'mapped', 'item Longsword', ''),
      part('Items', 'Chain Mail', 'mapped', 'item Chain Mail', 'Worn.'),
      part(
        'Items',
        'Smoked Eel',
        'kept_as_text',
        '/equipment/inventory/smoked-eel',
        'The content has no such thing; its name, weight and words are kept.',
      ),
      part('Features', 'Second Wind', 'mapped', 'Fighter 1', 'The class gives it.'),
      part(
        'Features',
        'Blessing of the Tide',
        'kept_as_text',
        '/actions/features/blessing-of-the-tide',
        'Its effects are a script of the other program; the words are kept.',
      ),
      part('Play', 'Hit points', 'understood', '/combat/damage_taken', '31 of 44 are left.'),
      part('Other', 'Favorites', 'not_used', '', 'The sheet has no such list.', 'system.favorites'),
      part('Other', 'Token', 'not_used', '', 'It belongs to the other program’s map.', 'prototypeToken'),
    ],
  },
  portraits: ['worlds/marsh/ulla.webp'],
};

export default function exchangeCommands(world: World): Commands {
  let waiting: readonly FileLook[] = [];

  function looked({ name, text }: DroppedFile): FileLook {
    try {
      const file = JSON.parse(text) as Record<string, unknown>;
      const actor = typeof file.name === 'string' ? file.name : 'Unnamed';
      if ('system' in file)
        return { what: 'readable', preview: { ...ULLA, file: name, characters: [actor] } };
      if ('forkbeard' in file || 'format' in file)
        return {
          what: 'readable',
          preview: { file: name, format: 'forkbeard', characters: [actor], report: null, portraits: [] },
        };
    } catch {
      // Said below.
    }
    return {
      what: 'refused',
      file: name,
      failure: {
        code: 'invalid',
        message: 'This is not a file of Forkbeard characters.',
        hint: 'Choose a file that Forkbeard exported (`.forkbeard` or `.json`).',
        cell: null,
      },
    };
  }

  function takeIn(look: FileLook): ImportReport['characters'] {
    if (look.what === 'refused')
      return [
        { name: look.file, id: null, handle: null, result: { what: 'refused', failure: look.failure } },
      ];
    return look.preview.characters.map((name) => {
      const like = party(world.now())[0];
      const id = crypto.randomUUID();
      const handle = handleOf(name);
      if (like)
        world.rows.push({ ...like, id, handle, display_name: name, avatar: null, class_line: 'Fighter 5' });
      world.changed(id);
      return { name, id, handle, result: { what: 'new' } };
    });
  }

  return {
    exchange_look: () => (waiting = [{ what: 'readable', preview: ULLA }]),
    exchange_look_at: ({ files }) => (waiting = (files as DroppedFile[]).map(looked)),
    exchange_import: () => {
      world.writable();
      const report: ImportReport = { characters: waiting.flatMap(takeIn), notices: [] };
      waiting = [];
      return report;
    },
  };
}
