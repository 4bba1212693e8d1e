/** The species, backgrounds and languages of the demo host's builder. */
import type { Ability } from '~/features/sheet/model';
import { coins, type Klass, type Slot } from './build-content';

export const SPECIES: Record<
  string,
  { text: string; speed: number; slots?: readonly Slot[]; traits: readonly string[] }
> = {
  Dragonborn: {
    text: 'Breath and scales of an ancestor that nobody forgot.',
    speed: 30,
    traits: ['Breath Weapon', 'Darkvision'],
  },
  Dwarf: {
    text: 'Tough, patient, and at home where stone is.',
    speed: 30,
    traits: ['Dwarven Resilience', 'Stonecunning'],
  },
  Elf: {
    text: 'Long-lived and keen-eared; rests without sleep.',
    speed: 30,
    traits: ['Darkvision', 'Fey Ancestry', 'Trance'],
    slots: [
      {
        slot: 'elf.keen-senses',
        name: 'Keen Senses',
        count: 1,
        from: 'skills',
        of: ['insight', 'perception', 'survival'],
      },
    ],
  },
  Gnome: { text: 'Small, quick of mind, hard to fool with magic.', speed: 30, traits: ['Gnomish Cunning'] },
  Goliath: {
    text: 'Tall as the doorway, with a giant somewhere in the family.',
    speed: 35,
    traits: ['Large Form', 'Powerful Build'],
  },
  Halfling: { text: 'Lucky, brave, and easily overlooked.', speed: 30, traits: ['Brave', 'Luck'] },
  Human: {
    text: 'Takes to everything: one more skill and a feat to begin with.',
    speed: 30,
    traits: ['Resourceful'],
    slots: [{ slot: 'human.skillful', name: 'Skillful', count: 1, from: 'skills' }],
  },
  Orc: {
    text: 'Keeps going when others fall.',
    speed: 30,
    traits: ['Adrenaline Rush', 'Relentless Endurance'],
  },
  Tiefling: {
    text: 'A legacy from below, worn in plain sight.',
    speed: 30,
    traits: ['Darkvision', 'Otherworldly Presence'],
  },
};

export const BACKGROUNDS: Record<
  string,
  {
    text: string;
    feat: string;
    skills: readonly string[];
    abilities: readonly Ability[];
    start: Klass['start'];
  }
> = {
  Acolyte: {
    text: 'Years of bells, candles and other people’s confessions.',
    feat: 'Magic Initiate (Cleric)',
    skills: ['insight', 'religion'],
    abilities: ['intelligence', 'wisdom', 'charisma'],
    start: [
      {
        option: 'A',
        text: 'Calligrapher’s supplies, prayer book, holy symbol, robe, 8 gp',
        items: ['Prayer book'],
        gp: 8,
      },
      coins('B', 50),
    ],
  },
  Criminal: {
    text: 'You know which locks are for show.',
    feat: 'Alert',
    skills: ['sleight_of_hand', 'stealth'],
    abilities: ['dexterity', 'constitution', 'intelligence'],
    start: [
      {
        option: 'A',
        text: '2 daggers, thieves’ tools, crowbar, 16 gp',
        items: ['Dagger', 'Crowbar'],
        gp: 16,
      },
      coins('B', 50),
    ],
  },
  Sage: {
    text: 'Libraries, letters, and a question that would not let you go.',
    feat: 'Magic Initiate (Wizard)',
    skills: ['arcana', 'history'],
    abilities: ['constitution', 'intelligence', 'wisdom'],
    start: [
      {
        option: 'A',
        text: 'Quarterstaff, book, parchment, robe, 8 gp',
        items: ['Quarterstaff', 'Book'],
        gp: 8,
      },
      coins('B', 50),
    ],
  },
  Soldier: {
    text: 'Drill, mud, and the people beside you.',
    feat: 'Savage Attacker',
    skills: ['athletics', 'intimidation'],
    abilities: ['strength', 'dexterity', 'constitution'],
    start: [
      {
        option: 'A',
        text: 'Spear, shortbow, 20 arrows, a gaming set of your choice, healer’s kit, 14 gp',
        items: ['Spear', 'Shortbow'],
        gp: 14,
        open: ['Dice set', 'Dragonchess set', 'Playing cards', 'Three-dragon ante set'],
      },
      coins('B', 50),
    ],
  },
};

export const LANGUAGES = ['Draconic', 'Dwarvish', 'Elvish', 'Giant', 'Gnomish', 'Goblin', 'Halfling', 'Orc'];
