/** What can be done with an open sheet from the keyboard and the palette. */
import BookMarked from '@lucide/svelte/icons/book-marked';
import History from '@lucide/svelte/icons/history';
import ArrowUp from '@lucide/svelte/icons/arrow-up';
import Redo2 from '@lucide/svelte/icons/redo-2';
import Undo2 from '@lucide/svelte/icons/undo-2';
import type { Action } from '~/state/actions.svelte';
import { router } from '~/state/router.svelte';
import { BUILD, SECTIONS, type SheetPage } from './page.svelte';

/** Parts of the sheet that the palette leads to: a cell near the beginning of each. */
const PARTS: readonly [label: string, cell: string, words?: string][] = [
  [
    'Abilities and saves',
    '/statistics/ability_scores/strength',
    'strength dexterity constitution intelligence wisdom charisma',
  ],
  ['Skills', '/proficiencies/skills/acrobatics', 'stealth perception proficiency'],
  ['Attacks', '/actions/weapons', 'weapons'],
  ['Conditions', '/conditions'],
  ['Identity', '/identity/name', 'species background alignment experience xp'],
  ['Levels', '/levels', 'class multiclass hit dice'],
  ['Ability scores as bought', '/abilities/scores/strength', 'increase'],
  ['Proficiencies', '/proficiencies/training', 'armor weapons tools'],
  ['Languages', '/proficiencies/languages'],
  ['Movement and senses', '/combat/speeds/walk', 'speed fly swim darkvision'],
  ['Defenses', '/combat/defenses/resistances', 'resistance immunity vulnerability'],
  ['Features', '/actions/features'],
  ['Traits', '/actions/traits'],
  ['Inventory', '/equipment/inventory', 'items pack equipment'],
  ['Coins', '/equipment/currency/gp', 'gold money purse'],
  ['Magic items', '/equipment/magical_items', 'attunement charges'],
  ['Spell slots', '/spellcasting/slots/1/max', 'pact'],
  ['Spells', '/spellcasting/spells', 'prepare ritual concentration cantrips'],
  ['Appearance and portrait', '/identity/appearance/age', 'looks picture'],
  ['Personality', '/identity/personality/traits', 'ideals bonds flaws'],
  ['Backstory', '/identity/personality/backstory'],
  ['Notes', '/notes'],
  ['Record', '/record/handle', 'handle owner kind'],
  ['Persona', '/record/persona/personality', 'system prompt voice'],
  ['Overrides', '/overrides', 'by hand'],
  ['Adjustments', '/adjustments', 'bonus'],
];

export function sheetActions(page: SheetPage, focusHitPoints: () => void): readonly Action[] {
  const { doc } = page;
  return [
    {
      id: 'edit.undo',
      label: 'Undo the latest change',
      group: 'Sheet',
      keys: 'Mod+Z',
      whileTyping: false,
      icon: Undo2,
      enabled: () => doc.editable && doc.view?.undo != null,
      run: () => doc.undo(),
    },
    {
      id: 'edit.redo',
      label: 'Redo what was undone',
      group: 'Sheet',
      keys: 'Mod+Shift+Z',
      whileTyping: false,
      icon: Redo2,
      enabled: () => doc.editable && doc.view?.redo != null,
      run: () => doc.redo(),
    },
    {
      id: 'sheet.hit-points',
      label: 'Damage or healing',
      group: 'Sheet',
      keys: 'h',
      words: 'hp hit points hurt heal',
      enabled: () => doc.editable,
      run: focusHitPoints,
    },
    {
      id: 'sheet.history',
      label: 'History of this character',
      group: 'Sheet',
      keys: 'Mod+Shift+H',
      icon: History,
      words: 'versions changes rollback',
      run: () => router.go({ screen: 'history', id: doc.id }),
    },
    {
      id: 'sheet.level-up',
      label: 'Level up',
      group: 'Sheet',
      words: 'build advance class multiclass',
      icon: ArrowUp,
      enabled: () => doc.editable && doc.view?.sheet.built === true,
      run: () => page.build('/levels'),
    },
    {
      id: 'sheet.add-spells',
      label: 'Add spells from the compendium',
      group: 'Sheet',
      icon: BookMarked,
      words: 'browse learn prepare',
      enabled: () => doc.editable,
      run: () => page.browse('spell'),
    },
    {
      id: 'sheet.add-items',
      label: 'Add equipment from the compendium',
      group: 'Sheet',
      icon: BookMarked,
      words: 'browse buy items gear weapons armor magic',
      enabled: () => doc.editable,
      run: () => page.browse('item'),
    },
    ...[...SECTIONS, BUILD].map(({ value, label }, index) => ({
      id: `sheet.section.${value}`,
      label: `${label} view`,
      group: 'Sheet',
      keys: String(index + 1),
      enabled: () => page.sections.some((section) => section.value === value),
      run: () => (page.section = value),
    })),
    ...PARTS.map(([label, cell, words]) => ({
      id: `sheet.part.${cell}`,
      label,
      group: 'Parts of the sheet',
      words,
      run: () => page.goTo(cell),
    })),
  ];
}
