/** A little content for the demo host's builder: enough classes, species, feats and spells to see every kind of choice. */
import type { Ability } from '~/features/sheet/model';

export interface Slot {
  slot: string;
  name: string;
  count: number;
  from: 'skills' | 'styles' | 'weapons' | 'feats' | 'orders' | 'expertise' | 'abilities' | 'languages';
  of?: readonly string[];
}

export interface Gift {
  name: string;
  text: string;
  slots?: readonly Slot[];
}

export interface Klass {
  saves: readonly Ability[];
  primary: readonly Ability[];
  text: string;
  array: readonly number[];
  levels: Record<number, readonly Gift[]>;
  subclass: string;
  casts?: { ability: Ability; cantrips: number; prepared: readonly number[] };
  start: readonly {
    option: string;
    text: string;
    items: readonly string[];
    gp: number;
    open?: readonly string[];
  }[];
}

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
      { option: 'B', text: '110 gp', items: [], gp: 110 },
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
      { option: 'B', text: '100 gp', items: [], gp: 100 },
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
      { option: 'B', text: '55 gp', items: [], gp: 55 },
    ],
  },
};

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
      { option: 'B', text: '50 gp', items: [], gp: 50 },
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
      { option: 'B', text: '50 gp', items: [], gp: 50 },
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
      { option: 'B', text: '50 gp', items: [], gp: 50 },
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
      { option: 'B', text: '50 gp', items: [], gp: 50 },
    ],
  },
};

type Plain = readonly [id: string, name: string, detail: string, text: string, asks?: string];

export const STYLES: readonly Plain[] = [
  [
    'archery',
    'Archery',
    'fighting style feat',
    'Your shots find their mark: +2 to attack rolls with ranged weapons.',
  ],
  ['defense', 'Defense', 'fighting style feat', 'In armor, your armor class is 1 better.'],
  [
    'great-weapon',
    'Great Weapon Fighting',
    'fighting style feat',
    'Low dice of a weapon in two hands count as a 3.',
  ],
  [
    'two-weapon',
    'Two-Weapon Fighting',
    'fighting style feat',
    'The second blade hits as hard as your arm allows.',
  ],
];

export const ORDERS: readonly Plain[] = [
  ['protector', 'Protector', '', 'Martial weapons and heavy armor.'],
  ['thaumaturge', 'Thaumaturge', '', 'One more cantrip, and Wisdom added to Arcana and Religion.'],
];

export const WEAPONS: readonly Plain[] = [
  ['dagger', 'Dagger', 'nick', 'The extra attack of a light weapon is part of the Attack action.'],
  ['flail', 'Flail', 'sap', 'What you hit has disadvantage on its next attack.'],
  ['glaive', 'Glaive', 'graze', 'A miss still scratches for your ability modifier.'],
  ['greataxe', 'Greataxe', 'cleave', 'A hit carries over to a second creature within reach.'],
  ['greatsword', 'Greatsword', 'graze', 'A miss still scratches for your ability modifier.'],
  ['javelin', 'Javelin', 'slow', 'What you hit loses 10 feet of speed.'],
  ['longbow', 'Longbow', 'slow', 'What you hit loses 10 feet of speed.'],
  ['longsword', 'Longsword', 'sap', 'What you hit has disadvantage on its next attack.'],
  ['mace', 'Mace', 'sap', 'What you hit has disadvantage on its next attack.'],
  ['maul', 'Maul', 'topple', 'What you hit may fall prone.'],
  ['quarterstaff', 'Quarterstaff', 'topple', 'What you hit may fall prone.'],
  ['rapier', 'Rapier', 'vex', 'A hit gives advantage on your next attack on it.'],
  ['shortsword', 'Shortsword', 'vex', 'A hit gives advantage on your next attack on it.'],
  ['warhammer', 'Warhammer', 'push', 'A hit shoves the target 10 feet away.'],
];

export const FEATS: readonly Plain[] = [
  [
    'ability-score-improvement',
    'Ability Score Improvement',
    'general feat',
    'Two points for one score, or one for each of two.',
  ],
  ['alert', 'Alert', 'origin feat', 'Add the proficiency bonus to initiative, and swap places with an ally.'],
  [
    'charger',
    'Charger',
    'general feat',
    'Run at them and hit harder.',
    'it asks for Strength or Dexterity 13 or more',
  ],
  ['crafter', 'Crafter', 'origin feat', 'Three tools, and things cost you a fifth less.'],
  ['grappler', 'Grappler', 'general feat', 'Hit and hold in one go.'],
  [
    'heavy-armor-master',
    'Heavy Armor Master',
    'general feat',
    'Plate takes the edge off blows.',
    'it asks for training with heavy armor',
  ],
  ['lucky', 'Lucky', 'origin feat', 'A few points of luck a day for advantage when you need it.'],
  ['mage-slayer', 'Mage Slayer', 'general feat', 'Those you hit find it hard to concentrate.'],
  ['musician', 'Musician', 'origin feat', 'Your songs after a rest lift allies.'],
  [
    'savage-attacker',
    'Savage Attacker',
    'origin feat',
    'Roll weapon damage twice once a turn and take the better.',
  ],
  ['skilled', 'Skilled', 'origin feat', 'Three more skills or tools.'],
  [
    'spell-sniper',
    'Spell Sniper',
    'general feat',
    'Your spell attacks reach further and past cover.',
    'it asks for Spellcasting or Pact Magic',
  ],
  ['tough', 'Tough', 'origin feat', 'Two more hit points for every level.'],
  ['boon-of-fate', 'Boon of Fate', 'epic boon feat', 'Nudge any die nearby by 2d4.', 'it asks for level 19'],
];

export const SPELLS: readonly [name: string, level: number, school: string, lists: string, text: string][] = [
  ['Fire Bolt', 0, 'evocation', 'wizard', 'A mote of fire for 1d10 to one target; more at higher levels.'],
  ['Guidance', 0, 'divination', 'cleric', 'A touch that adds 1d4 to checks with one skill.'],
  ['Light', 0, 'evocation', 'wizard cleric', 'Something you touch shines like a torch for an hour.'],
  ['Mage Hand', 0, 'conjuration', 'wizard', 'A hand of force that carries, opens and pulls for you.'],
  ['Mending', 0, 'transmutation', 'wizard cleric', 'Closes one tear or break.'],
  ['Minor Illusion', 0, 'illusion', 'wizard', 'A sound or a picture that is not there.'],
  ['Prestidigitation', 0, 'transmutation', 'wizard', 'Small wonders: sparks, warmth, a stain gone.'],
  ['Ray of Frost', 0, 'evocation', 'wizard', 'Cold for 1d8, and 10 feet less to walk.'],
  ['Sacred Flame', 0, 'evocation', 'cleric', 'Radiance from above for 1d8; cover does not help.'],
  ['Spare the Dying', 0, 'necromancy', 'cleric', 'Somebody at 0 hit points becomes stable.'],
  ['Thaumaturgy', 0, 'transmutation', 'cleric', 'Doors slam, your voice booms, flames bow.'],
  ['Bless', 1, 'enchantment', 'cleric', 'Three creatures add 1d4 to attacks and saves.'],
  ['Cure Wounds', 1, 'abjuration', 'cleric', 'A touch that heals 2d8 and your modifier.'],
  ['Detect Magic', 1, 'divination', 'wizard cleric', 'You sense magic within 30 feet, and its school.'],
  ['Feather Fall', 1, 'transmutation', 'wizard', 'Five falling creatures land softly.'],
  ['Guiding Bolt', 1, 'evocation', 'cleric', 'Light for 4d6, and the next attack has advantage.'],
  ['Healing Word', 1, 'abjuration', 'cleric', 'A word at a distance that heals 2d4 and your modifier.'],
  ['Mage Armor', 1, 'abjuration', 'wizard', 'Without armor, 13 and Dexterity for eight hours.'],
  ['Magic Missile', 1, 'evocation', 'wizard', 'Three darts of force that never miss.'],
  ['Shield', 1, 'abjuration', 'wizard', '5 more armor class until your next turn, in the nick of time.'],
  ['Sleep', 1, 'enchantment', 'wizard', 'Those nearby grow drowsy, then fall asleep.'],
  ['Thunderwave', 1, 'evocation', 'wizard', 'A wave that hurts and pushes all around you away.'],
  ['Misty Step', 2, 'conjuration', 'wizard', 'You are elsewhere, up to 30 feet away.'],
  ['Scorching Ray', 2, 'evocation', 'wizard', 'Three rays of fire, 2d6 each.'],
  ['Spiritual Weapon', 2, 'evocation', 'cleric', 'A floating weapon that strikes as a bonus action.'],
  ['Fireball', 3, 'evocation', 'wizard', 'A blast of 8d6 in a 20-foot sphere.'],
];

export const LANGUAGES = ['Draconic', 'Dwarvish', 'Elvish', 'Giant', 'Gnomish', 'Goblin', 'Halfling', 'Orc'];
