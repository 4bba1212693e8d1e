/** What the choices of the demo host's builder pick from: styles, orders, weapons, feats, spells. */

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
