/** The packs of the demo host: one in order with a past of its own, one with every sort of problem, one archived. */

/** A version of a pack as it was written: its head, and its texts by id. */
export interface Written {
  daysAgo: number;
  author: string;
  message: string;
  head: { name: string; version: string; license: string; attribution: string };
  things: Record<string, string>;
}

export interface DemoPack {
  id: string;
  pack: string;
  active: boolean;
  versions: Written[];
}

const lanterns = (damage: string) => `[[spell]]
name = "Lantern Swarm"
level = 2
school = "evocation"
classes = ["Druid", "Wizard"]
time = "action"
range = "60 feet"
components = "V, S, M"
duration = "up to 1 minute"
concentration = true
saves = ["dexterity"]
damage = [{ dice = "${damage}", type = "fire" }]
per_slot = "1d6"
text = """
Thumb-sized lights rise from the reeds and follow a creature you can see. It takes ${damage} fire damage when they reach it and again whenever it ends a turn within 5 feet of open water; a Dexterity save halves it. The swarm sheds dim light for 20 feet."""
higher = "The damage grows by 1d6 per slot level above 2."
`;

const snuff = `# Costs nothing and is never refused: the party's most cast spell.
[[spell]]
name = "Snuff"
level = 0
school = "transmutation"
classes = ["Bard", "Sorcerer", "Wizard"]
time = "bonus action"
range = "30 feet"
components = "S"
duration = "instantaneous"
text = "Every flame no larger than a torch within 5 feet of a point you pick goes out, quietly and at once."
`;

const wickbearer = (bonus: string) => `[[feat]]
name = "Wickbearer"
category = "origin"
text = """
You carry the town's fire. Your hit point maximum grows by ${bonus}, and while you hold a lit lantern you have advantage on saves against being frightened."""
effects = [{ grants = "bonus", to = "hit_points", amount = "${bonus}" }]
`;

const reedfolk = `[[species]]
name = "Reedfolk"
type = "Humanoid"
size = "Medium"
speed = 30
text = "Lean people of the marsh towns, at home where land and water cannot agree which of them it is."

[[species.traits]]
name = "Marsh Stride"
level = 1
text = "Mud, shallow water and reeds are no difficult terrain for you."

[[species.traits]]
name = "Held Breath"
level = 1
text = "You can hold your breath for a quarter of an hour."

[[species.traits]]
name = "Will-o'-Light"
level = 3
text = "Once per long rest you cast Lantern Swarm without a slot."
`;

const lamplighter = `[[background]]
name = "Lamplighter"
abilities = ["dexterity", "wisdom", "charisma"]
feat = "Wickbearer"
skills = ["perception", "persuasion"]
tool = "Tinker's Tools"
text = "You walked the quays at dusk with a pole and a flame, and knew who was out late, and with whom."
`;

const hook = `[[magic_item]]
name = "Ferryman's Hook"
category = "weapon"
base = "boathook"
rarity = "uncommon"
attunement = true
charges = 3
text = """
While attuned you can spend a charge when you hit: the target is pulled up to 15 feet towards you, or you towards it if it is two sizes larger. The hook regains 1d3 charges at dusk."""
`;

const boathook = `[[weapon]]
name = "Boathook"
category = "simple"
damage = [{ dice = "1d6", type = "piercing" }]
properties = ["reach", "two_handed"]
mastery = "push"
cost = "5 sp"
weight_lb = 6
text = "A pole with an iron hook, for boats and for those who fall out of them."
`;

const sentinel = `[[creature]]
name = "Drowned Warden"
size = "Medium"
type = "undead"
alignment = "lawful neutral"
challenge = "3"
armor_class = 15
hit_points = "52 (7d8+21)"
speed = "30 ft, swim 40 ft"
scores = [17, 9, 16, 8, 13, 10]
saves_all = [5, -1, 5, -1, 1, 0]
text = "It still keeps the lock it drowned in, and lets nobody through without the fee."

[[creature.traits]]
name = "Waterlogged"
text = "It has resistance to fire damage while it is wet, which is always."

[[creature.actions]]
name = "Lock Chain"
text = "Melee attack: +5, reach 10 ft. Hit: 10 (2d6+3) bludgeoning damage, and the target is grappled (escape DC 13)."
`;

const head = (version: string) => ({
  name: 'Tales of Lanternfall',
  version,
  license: 'CC-BY-4.0',
  attribution: 'Maren and the Thursday table',
});

const base = { reedfolk, lamplighter, boathook };

const lanternfall: DemoPack = {
  id: '5f0d1a52-0000-4000-8000-00000000a001',
  pack: 'lanternfall',
  active: true,
  versions: [
    { daysAgo: 61, author: 'Maren', message: 'Began the pack', head: head(''), things: {} },
    { daysAgo: 60, author: 'Maren', message: 'Imported 3 files', head: head('1.0'), things: base },
    {
      daysAgo: 40,
      author: 'Maren',
      message: 'Added Wickbearer and Lantern Swarm',
      head: head('1.1'),
      things: { ...base, wickbearer: wickbearer('2'), lanterns: lanterns('3d6') },
    },
    {
      daysAgo: 6,
      author: 'Tom',
      message: "Added Ferryman's Hook, Snuff and Drowned Warden",
      head: head('1.2'),
      things: { ...base, wickbearer: wickbearer('2'), lanterns: lanterns('3d6'), snuff, hook, sentinel },
    },
    {
      daysAgo: 1,
      author: 'Maren',
      message: 'Changed Lantern Swarm and Wickbearer',
      head: head('1.3'),
      things: { ...base, wickbearer: wickbearer('4'), lanterns: lanterns('2d6'), snuff, hook, sentinel },
    },
  ],
};

const house: DemoPack = {
  id: '5f0d1a52-0000-4000-8000-00000000a002',
  pack: 'house-rules',
  active: true,
  versions: [
    {
      daysAgo: 3,
      author: 'you',
      message: 'Imported house.toml',
      head: { name: 'House rules', version: '', license: '', attribution: '' },
      things: {
        fireball: `# Eight dice at level 3 end every fight in the first round.
[[spell]]
name = "Fireball"
level = 3
school = "evocation"
classes = ["Sorcerer", "Wizard"]
time = "action"
range = "150 feet"
components = "V, S, M"
duration = "instantaneous"
area = "20 ft sphere"
saves = ["dexterity"]
damage = [{ dice = "6d6", type = "fire" }]
per_slot = "1d6"
text = "A spark flies to a point you choose and bursts. Everyone within 20 feet takes 6d6 fire damage, half on a Dexterity save."
`,
        cinder: `[[spell]]
name = "Cinder Step"
level = 11
school = "evocaton"
classes = ["Sorcerer", "Artificer"]
time = "bonus action"
range = "self"
components = "V"
duration = "instantaneous"
damage = [{ dice = "six dice", type = "fire" }]
text = ""
`,
        unread: `[[feat]]
name = "Second Wind, Third Wind
category = "general"
text = "You can use Second Wind once more."
`,
        patron: `[[feat]]
name = "Patron of the Arts"
category = "generals"
text = "Innkeepers know you, and you know which song to ask for."
effects = [{ grants = "spell", spell = "Unseen Applause" }]
`,
      },
    },
  ],
};

const playtest: DemoPack = {
  id: '5f0d1a52-0000-4000-8000-00000000a003',
  pack: 'playtest-2024',
  active: false,
  versions: [
    {
      daysAgo: 300,
      author: 'Iris',
      message: 'Imported playtest.toml',
      head: { name: 'Playtest, spring', version: '0.4', license: '', attribution: '' },
      things: { snuff },
    },
  ],
};

export const demoPacks: readonly DemoPack[] = [lanternfall, house, playtest];

/** What a kind of thing begins with. */
export function templateOf(kind: string): string {
  const lines: Record<string, string[]> = {
    spell: [
      'level = 1',
      'school = "evocation"',
      'classes = ["Wizard"]',
      'time = "action"',
      'range = "60 feet"',
      'components = "V, S"',
      'duration = "instantaneous"',
    ],
    feat: ['category = "general"'],
    magic_item: ['category = "wondrous"', 'rarity = "uncommon"', 'attunement = false'],
    weapon: ['category = "simple"', 'damage = [{ dice = "1d6", type = "slashing" }]', 'weight_lb = 2'],
    creature: [
      'size = "Medium"',
      'type = "beast"',
      'challenge = "1"',
      'armor_class = 12',
      'hit_points = "22 (4d8+4)"',
      'speed = "30 ft"',
      'scores = [12, 12, 12, 4, 10, 6]',
    ],
    species: ['type = "Humanoid"', 'size = "Medium"', 'speed = 30'],
  };
  const name = `New ${kind.replaceAll('_', ' ')}`;
  return [
    `[[${kind}]]`,
    `name = "${name}"`,
    ...(lines[kind] ?? []),
    'text = "What it does at the table."',
    '',
  ].join('\n');
}
