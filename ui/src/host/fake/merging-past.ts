/** What Sorrel's what-if and the sheet did apart from each other: something of every kind that a merge settles. */
import { blankFeature, blankMagicItem } from '~/features/sheet/blanks';
import type { CellEdit, Source } from '~/features/sheet/model';
import { read, withEdits } from '~/features/sheet/path';
import { step, tipOf, type Doc } from './lines-doc';
import type { World } from './world';

const MINUTE = 60_000;
const DAY = 864e5;
const set = (path: string, value: unknown): CellEdit => ({ op: 'set', path, value });
const STYLE = '/actions/features/fighting-style';
const LUCK = '/equipment/magical_items/luckstone';

const style = (name: string) => ({
  ...blankFeature(),
  rank: '4',
  name,
  source: 'Ranger, Fighting Style',
  level: 2,
});
const attuned = (rank: string, name: string, kind: string, rarity: string) => ({
  ...blankMagicItem(),
  rank,
  name,
  kind,
  rarity,
  requires_attunement: true,
  attuned: true,
  equipped: true,
});

/** Sorrel as she stands after session 12, with what she found there. */
export function afterTwelve(now: Source): Source {
  return withEdits(now, [
    set(STYLE, style('Defense')),
    set(LUCK, attuned('4', 'Stone of Good Luck', 'wondrous item', 'uncommon')),
  ]);
}

/** What happens on the what-if, after its branch was made. */
export function onBlades(world: World, doc: Doc, author: string): void {
  const begin = world.now().getTime() - 3 * DAY;
  const { source } = tipOf(doc, 'twin-blades');
  const make = (minute: number, edits: CellEdit[], title?: string) =>
    step(world, doc, edits, { branch: 'twin-blades', author, time: begin + minute * MINUTE, title });
  const potions = Number(read(source, '/equipment/inventory/potion/quantity'));
  const story = source.identity.personality.backstory.split('\n\n');
  make(
    18,
    [
      set('/equipment/inventory/potion/quantity', potions + 2),
      set(
        '/equipment/magical_items/bracers',
        attuned('5', 'Bracers of Archery', 'wondrous item', 'uncommon'),
      ),
      set('/equipment/magical_items/warning', attuned('6', 'Scimitar of Warning', 'weapon', 'uncommon')),
    ],
    'Traded for potions, bracers and a scimitar of warning',
  );
  make(
    31,
    [
      set(`${STYLE}/name`, 'Two-Weapon Fighting'),
      set('/identity/alignment', 'Chaotic Good'),
      set(
        '/identity/personality/backstory',
        [`${story[0] ?? ''} Her mother’s two short blades hung over the door.`, ...story.slice(1)].join(
          '\n\n',
        ),
      ),
      set('/identity/personality/bonds', 'The blades are hers now, and so is the debt.'),
    ],
    'Fights with two blades',
  );
}

/** What happens on the sheet meanwhile. */
export function meanwhile(world: World, doc: Doc, author: string, to: Source): void {
  const begin = world.now().getTime() - DAY;
  const make = (minute: number, edits: CellEdit[], who: string, title?: string) =>
    step(world, doc, edits, { author: who, time: begin + minute * MINUTE, session: 'session 12', title });
  make(58, [set(LUCK, to.equipment.magical_items.luckstone)], 'DM', 'Found a Stone of Good Luck');
  make(
    66,
    [
      set(`${STYLE}/name`, 'Defense'),
      set('/identity/alignment', to.identity.alignment),
      set('/identity/personality/bonds', to.identity.personality.bonds),
      set('/identity/personality/backstory', to.identity.personality.backstory),
    ],
    author,
    'Fights behind her guard',
  );
}

/** Who she was before both: how she fought, and her story before the evening in the Barrow was written down. */
export function asBeforeBoth(to: Source): CellEdit[] {
  const story = to.identity.personality.backstory.split('\n\n');
  return [
    set(STYLE, style('Archery')),
    set('/identity/alignment', 'True Neutral'),
    set('/identity/personality/bonds', 'Old Hask, who taught her the reeds.'),
    set(
      '/identity/personality/backstory',
      [story[0], 'Of the Hollow Barrow she does not speak.'].join('\n\n'),
    ),
  ];
}

/** A line with hundreds of changes, and a name as long as a name may be. */
export function longWinter(world: World, doc: Doc, author: string): void {
  const name = 'the-long-winter';
  doc.branches.set(name, {
    name,
    title: 'everything the long winter in the fens did to his belongings',
    head: tipOf(doc, 'main').line.id,
    archived: false,
    request: null,
  });
  const { source } = tipOf(doc, 'main');
  const things = Object.keys(source.equipment.inventory);
  const notes = (words: string, every: number) =>
    things
      .filter((_, at) => at % every === 0)
      .map((id) => set(`/equipment/inventory/${id}/notes`, `${words}, and looks it.`));
  const time = world.now().getTime() - 8 * DAY;
  step(world, doc, notes('Weathered by the long winter', 1), {
    branch: name,
    author,
    time,
    title: 'The long winter',
  });
  step(world, doc, notes('Mended at Hask’s', 9), { author, time: time + DAY, title: 'Mended at Hask’s' });
}
