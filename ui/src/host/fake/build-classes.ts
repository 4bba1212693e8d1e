/** The classes of the demo host's builder: enough to see every kind of choice. */
import type { Ability } from '~/features/sheet/model';
import { coins, type Gift, type Klass } from './build-content';

const improvement = (klass: string): Gift => ({
  name: 'Ability Score Improvement',
  text: 'Two points for your scores, or a feat you qualify for.',
  slots: [{ slot: `${klass}.4.feat`, name: 'Feat', count: 1, from: 'feats' }],
});

const SHORT = (saves: Ability[], primary: Ability[], text: string): Klass => ({
  saves,
  primary,
  text,
  array: [15, 14, 13, 12, 10, 8],
  subclass: '',
  levels: {},
  start: [{ option: 'A', text: 'A pack for the road, 50 gp', items: ['Backpack'], gp: 50 }],
});

export const CLASSES: Record<string, Klass> = {
  Barbarian: SHORT(
    ['strength', 'constitution'],
    ['strength'],
    'Anger made useful: hard to stop, harder to put down.',
  ),
  Bard: SHORT(['dexterity', 'charisma'], ['charisma'], 'Songs and stories that change what happens next.'),
  Cleric: {
    saves: ['wisdom', 'charisma'],
    primary: ['wisdom'],
    text: 'Speaks for a god, mends allies, and stands in the second row in mail.',
    array: [14, 8, 13, 10, 15, 12],
    subclass: 'Life Domain',
    casts: { ability: 'wisdom', cantrips: 3, prepared: [4, 5, 6, 7, 9, 10] },
    levels: {
      1: [
        {
          name: 'Divine Order',
          text: 'Arms and armor, or one more cantrip and a better hand at lore.',
          slots: [
            { slot: 'cleric.1.divine-order', name: 'Divine Order', count: 1, from: 'orders' },
            {
              slot: 'cleric.skills',
              name: 'Skills',
              count: 2,
              from: 'skills',
              of: ['history', 'insight', 'medicine', 'persuasion', 'religion'],
            },
          ],
        },
      ],
      2: [
        { name: 'Channel Divinity', text: 'Twice between rests, heal with a spark or turn the undead away.' },
      ],
      4: [improvement('cleric')],
      5: [{ name: 'Sear Undead', text: 'What you turn burns as well.' }],
    },
    start: [
      {
        option: 'A',
        text: 'Chain shirt, shield, mace, holy symbol, 7 gp',
        items: ['Chain shirt', 'Shield', 'Mace', 'Holy symbol'],
        gp: 7,
      },
      coins('B', 110),
    ],
  },
  Druid: SHORT(
    ['intelligence', 'wisdom'],
    ['wisdom'],
    'Takes the shapes of beasts and asks the weather for favours.',
  ),
  Fighter: {
    saves: ['strength', 'constitution'],
    primary: ['strength', 'dexterity'],
    text: 'Masters weapons and armor, and acts twice when it counts.',
    array: [15, 14, 13, 8, 10, 12],
    subclass: 'Champion',
    levels: {
      1: [
        {
          name: 'Fighting Style',
          text: 'A way of fighting that you have made your own.',
          slots: [
            { slot: 'fighter.1.fighting-style', name: 'Fighting Style feat', count: 1, from: 'styles' },
          ],
        },
        {
          name: 'Second Wind',
          text: 'As a bonus action, breathe and regain 1d10 and your fighter level in hit points.',
        },
        {
          name: 'Weapon Mastery',
          text: 'Use the mastery of three kinds of weapons.',
          slots: [
            { slot: 'fighter.1.weapon-mastery', name: 'Weapon Mastery', count: 3, from: 'weapons' },
            {
              slot: 'fighter.skills',
              name: 'Skills',
              count: 2,
              from: 'skills',
              of: [
                'acrobatics',
                'animal_handling',
                'athletics',
                'history',
                'insight',
                'intimidation',
                'persuasion',
                'perception',
                'survival',
              ],
            },
          ],
        },
      ],
      2: [
        { name: 'Action Surge', text: 'Once between rests, take one more action on your turn.' },
        { name: 'Tactical Mind', text: 'Spend a Second Wind to add 1d10 to a failed check.' },
      ],
      4: [improvement('fighter')],
      5: [
        { name: 'Extra Attack', text: 'Attack twice with the Attack action.' },
        { name: 'Tactical Shift', text: 'When you use Second Wind, move half your speed unhindered.' },
      ],
    },
    start: [
      {
        option: 'A',
        text: 'Chain mail, greatsword, flail, 8 javelins, dungeoneer’s pack, 4 gp',
        items: ['Chain mail', 'Greatsword', 'Flail', 'Javelin'],
        gp: 4,
      },
      {
        option: 'B',
        text: 'Studded leather, scimitar, shortsword, longbow, 20 arrows, quiver, dungeoneer’s pack, 11 gp',
        items: ['Studded leather', 'Scimitar', 'Shortsword', 'Longbow'],
        gp: 11,
      },
      { option: 'C', text: '155 gp', items: [], gp: 155 },
    ],
  },
  Monk: SHORT(
    ['strength', 'dexterity'],
    ['dexterity', 'wisdom'],
    'Body and breath as weapons; never in the same place twice.',
  ),
  Paladin: SHORT(['wisdom', 'charisma'], ['strength', 'charisma'], 'An oath with a sword in its hand.'),
  Ranger: SHORT(
    ['strength', 'dexterity'],
    ['dexterity', 'wisdom'],
    'Knows the land, and what walks on it by night.',
  ),
  Rogue: {
    saves: ['dexterity', 'intelligence'],
    primary: ['dexterity'],
    text: 'Strikes where it hurts, and is gone before anybody turns round.',
    array: [8, 15, 13, 14, 12, 10],
    subclass: 'Thief',
    levels: {
      1: [
        {
          name: 'Expertise',
          text: 'Twice the proficiency bonus with two of your skills.',
          slots: [
            {
              slot: 'rogue.skills',
              name: 'Skills',
              count: 4,
              from: 'skills',
              of: [
                'acrobatics',
                'athletics',
                'deception',
                'insight',
                'intimidation',
                'investigation',
                'perception',
                'persuasion',
                'sleight_of_hand',
                'stealth',
              ],
            },
            { slot: 'rogue.1.expertise', name: 'Expertise', count: 2, from: 'expertise' },
          ],
        },
        { name: 'Sneak Attack', text: 'Once a turn, 1d6 more with advantage or an ally beside the target.' },
      ],
      2: [{ name: 'Cunning Action', text: 'Dash, Disengage or Hide as a bonus action.' }],
      4: [improvement('rogue')],
    },
    start: [
      {
        option: 'A',
        text: 'Leather, 2 daggers, shortsword, shortbow, thieves’ tools, 8 gp',
        items: ['Leather', 'Dagger', 'Shortsword', 'Shortbow'],
        gp: 8,
      },
      coins('B', 100),
    ],
  },
  Sorcerer: SHORT(['constitution', 'charisma'], ['charisma'], 'Magic in the blood, and it wants out.'),
  Warlock: SHORT(
    ['wisdom', 'charisma'],
    ['charisma'],
    'A bargain with something old; the price comes later.',
  ),
  Wizard: {
    saves: ['intelligence', 'wisdom'],
    primary: ['intelligence'],
    text: 'Reads the world like a book, and writes in the margins.',
    array: [8, 12, 13, 15, 14, 10],
    subclass: 'Evoker',
    casts: { ability: 'intelligence', cantrips: 3, prepared: [4, 5, 6, 7, 9, 10] },
    levels: {
      1: [
        {
          name: 'Arcane Recovery',
          text: 'Once a day, regain some spell slots on a short rest.',
          slots: [
            {
              slot: 'wizard.skills',
              name: 'Skills',
              count: 2,
              from: 'skills',
              of: ['arcana', 'history', 'insight', 'investigation', 'medicine', 'nature', 'religion'],
            },
          ],
        },
      ],
      2: [
        {
          name: 'Scholar',
          text: 'Twice the proficiency bonus with one field of learning.',
          slots: [
            {
              slot: 'wizard.2.scholar',
              name: 'Scholar',
              count: 1,
              from: 'expertise',
              of: ['arcana', 'history', 'investigation', 'medicine', 'nature', 'religion'],
            },
          ],
        },
      ],
      4: [improvement('wizard')],
    },
    start: [
      {
        option: 'A',
        text: '2 daggers, a staff as a focus, robe, spellbook, scholar’s pack, 5 gp',
        items: ['Dagger', 'Quarterstaff', 'Spellbook'],
        gp: 5,
      },
      coins('B', 55),
    ],
  },
};
