/** The change requests of the demo library, as they stand when it opens. */
import type { RequestStep } from '~/api/wire';
import { type Request, HOUR, cell, under, so, check, simple } from './review-parts';

/** The requests, with times counted back from now. */
export function sampleRequests(now: Date): Request[] {
  const ago = (hours: number) => new Date(now.getTime() - hours * HOUR).toISOString();
  const step = (hours: number, author: string, text: string): RequestStep => ({
    time: ago(hours),
    author,
    text,
  });
  const LEVEL = '/levels/0192-ranger-5';
  const CLOAK = '/equipment/magical_items/0192-cloak';
  const STYLE = '/build/choices/ranger.2.fighting-style';
  return [
    {
      id: 'request-7',
      number: 7,
      title: 'Level 7, and the loot of Hollow Barrow',
      about: 'Fifth level of ranger, fixed hit points. The cloak is the one **you** gave us in session 12.',
      character: 'Sorrel Quickfen',
      branch: 'twin-blades',
      branchTitle: 'twin blades',
      author: 'Maren',
      state: 'open',
      fresh: true,
      opened: ago(20),
      updated: ago(2),
      vitals: [
        { path: '/combat/hp_maximum', label: 'HP maximum', now: '47', then: '55' },
        { path: '/statistics/proficiency_bonus', label: 'Proficiency', now: '3', then: '3' },
        { path: '/combat/armor_class', label: 'Armor class', now: '16', then: '17' },
        { path: '/spellcasting/spell_save_dc', label: 'Spell save DC', now: '14', then: '14' },
        { path: '/equipment/currency/gp', label: 'Gold', now: '412', then: '162' },
      ],
      sections: [
        {
          name: 'levels',
          title: 'Levels',
          changes: [
            under(
              cell(LEVEL, 'Ranger level', {
                tone: 'added',
                nature: 'event',
                after: { class: 'Ranger', hit_points: 6 },
                after_text: 'Ranger 5',
              }),
              'dm',
              { verdict: { verdict: 'accept' }, verdict_by: 'Nell' },
            ),
          ],
          consequences: [],
        },
        {
          name: 'combat',
          title: 'Combat',
          changes: [],
          consequences: [
            so('/combat/hp_maximum', 'HP maximum', '47', '55', [LEVEL]),
            so('/combat/armor_class', 'Armor class', '16', '17', [CLOAK]),
          ],
        },
        {
          name: 'equipment',
          title: 'Equipment',
          changes: [
            under(
              cell('/equipment/inventory/0192-scimitar', 'Scimitar, silvered', {
                tone: 'added',
                nature: 'thing',
                after: { name: 'Scimitar, silvered', quantity: 1 },
                after_text: 'Scimitar, silvered',
              }),
              'dm',
              { verdict: { verdict: 'accept' }, verdict_by: 'Nell' },
            ),
            under(
              cell(CLOAK, 'Cloak of Protection', {
                tone: 'added',
                nature: 'thing',
                after: { name: 'Cloak of Protection', attuned: true },
                after_text: 'Cloak of Protection',
              }),
              'dm',
            ),
            under(
              cell('/equipment/inventory/0191-potion/quantity', 'Potion of Healing, quantity', {
                nature: 'counter',
                before: 2,
                after: 5,
                before_text: '2',
                after_text: '5',
              }),
              'dm',
              {
                verdict: { verdict: 'accept' },
                verdict_by: 'Nell',
                settled: 'you gave one, Maren bought two: added up',
              },
            ),
            under(
              cell('/equipment/currency/gp', 'Gold', {
                nature: 'counter',
                before: 412,
                after: 162,
                before_text: '412',
                after_text: '162',
              }),
              'dm',
            ),
          ],
          consequences: [],
        },
        {
          name: 'build',
          title: 'Choices',
          changes: [
            under(
              cell(STYLE, 'Fighting Style', {
                nature: 'choice',
                before: 'Defense',
                after: 'Two-Weapon Fighting',
                before_text: 'Defense',
                after_text: 'Two-Weapon Fighting',
              }),
              'dm',
              {
                conflict: {
                  path: STYLE,
                  label: 'Fighting Style',
                  section: 'build',
                  nature: 'choice',
                  base: 'Archery',
                  base_text: 'Archery',
                  sides: [
                    { from: 'main', author: 'Nell', value: 'Defense', text: 'Defense' },
                    {
                      from: 'twin blades',
                      author: 'Maren',
                      value: 'Two-Weapon Fighting',
                      text: 'Two-Weapon Fighting',
                    },
                  ],
                  standing: 'Defense',
                  both: false,
                },
              },
            ),
          ],
          consequences: [],
        },
        {
          name: 'identity',
          title: 'Identity',
          changes: [
            under(
              cell('/identity/personality/backstory', 'Backstory', {
                nature: 'prose',
                before: 'The reeds went quiet before the horns did.',
                after: 'The reeds went quiet before the drums did.',
                before_text: 'The reeds went quiet before the horns did.',
                after_text: 'The reeds went quiet before the drums did.',
                words: [
                  { fate: 'kept', text: 'The reeds went quiet before the ' },
                  { fate: 'removed', text: 'horns' },
                  { fate: 'added', text: 'drums' },
                  { fate: 'kept', text: ' did.' },
                ],
              }),
              'player',
            ),
          ],
          consequences: [],
        },
      ],
      checks: [
        check('Class levels add up to 7, XP 23400 is enough'),
        check('Ranger: prepared spells 8 of 8'),
        check('Attunement 2 of 3'),
        check('The cloak weighs more than the pack it lies in can hold.', false, {
          key: 'violation-cloak',
          label: 'Backpack',
          finding: {
            cell: '/equipment/inventory/0191-pack',
            severity: 'warning',
            message: 'The cloak weighs more than the pack it lies in can hold.',
            hint: 'Take something out, or wear it.',
          },
          fixes: [{ label: 'Leave out “Cloak of Protection”', sets: { [CLOAK]: null } }],
          allowed: null,
        }),
      ],
      threads: [
        {
          id: 'thread-level',
          path: LEVEL,
          label: 'Ranger level',
          settled: true,
          remarks: [
            {
              id: 'r1',
              author: 'Maren',
              time: ago(19),
              text: 'Took the fixed 6 for hit points.',
              suggestion: null,
            },
          ],
        },
        {
          id: 'thread-gold',
          path: '/equipment/currency/gp',
          label: 'Gold',
          settled: false,
          remarks: [
            {
              id: 'r2',
              author: 'Nell',
              time: ago(2),
              text: 'Silvering costs 100 gp at Hask’s.',
              suggestion: { value: 212, text: '212', taken_by: null },
            },
          ],
        },
      ],
      steps: [
        step(20, 'Maren', 'Proposed twin blades'),
        step(19, 'Maren', 'Said: Took the fixed 6 for hit points.'),
        step(3, 'Nell', 'Accepted 3 changes'),
        step(2, 'Nell', 'Suggested 212'),
      ],
      merged: null,
    },
    simple(8, 'Bought plate armor', 'Brannoch Ironvow', 'Tom', 'open', ago(6), [
      under(
        cell('/equipment/inventory/plate', 'Plate armor', {
          tone: 'added',
          nature: 'thing',
          after: { name: 'Plate armor' },
          after_text: 'Plate armor',
        }),
        'dm',
      ),
      under(
        cell('/equipment/inventory/chain', 'Chain mail', {
          tone: 'removed',
          nature: 'thing',
          before: { name: 'Chain mail' },
          before_text: 'Chain mail',
        }),
        'dm',
      ),
      under(
        cell('/equipment/currency/gp', 'Gold', {
          nature: 'counter',
          before: 1512,
          after: 12,
          before_text: '1512',
          after_text: '12',
        }),
        'dm',
      ),
    ]),
    {
      ...simple(10, 'Third level', 'Kessa Emberhand', 'Lea', 'approved', ago(4), [
        under(
          cell('/levels/sorcerer-3', 'Sorcerer level', {
            tone: 'added',
            nature: 'event',
            after: { class: 'Sorcerer' },
            after_text: 'Sorcerer 3',
          }),
          'dm',
        ),
        under(
          cell('/spellcasting/spells/shatter', 'Shatter', {
            tone: 'added',
            nature: 'thing',
            after: { name: 'Shatter', prepared: true },
            after_text: 'Shatter',
          }),
          'dm',
          { verdict: { verdict: 'accept' }, verdict_by: 'Nell', needs: ['/levels/sorcerer-3'] },
        ),
      ]),
      fresh: false,
    },
    simple(
      11,
      'The Bargain with the Marsh Hag: what Brannoch gave away for the bridge, what he was given in turn, and why',
      'Brannoch Ironvow',
      'Tom',
      'changes_requested',
      ago(70),
      [
        under(
          cell(
            '/equipment/magical_items/0194-eye',
            'Hag Eye, set in a ring of black reed and worn on the left hand',
            {
              tone: 'added',
              nature: 'thing',
              after: { name: 'Hag Eye' },
              after_text: 'Hag Eye',
            },
          ),
          'dm',
        ),
      ],
    ),
    simple(12, 'Feywild scars', 'Sorrel Quickfen', 'Maren', 'draft', ago(1), [
      under(
        cell('/identity/appearance/skin', 'Skin', {
          before: 'Freckled',
          after: 'Freckled, with silver scars',
          before_text: 'Freckled',
          after_text: 'Freckled, with silver scars',
        }),
        'player',
      ),
    ]),
    simple(9, 'New backstory page', 'Ysolde of the Seven Lamps', 'Iris', 'open', ago(5), [
      under(
        cell('/identity/personality/backstory', 'Backstory', {
          nature: 'prose',
          after: 'Seven lamps, and the eighth nobody lit.',
          after_text: 'Seven lamps, and the eighth nobody lit.',
          words: [{ fate: 'added', text: 'Seven lamps, and the eighth nobody lit.' }],
        }),
        'player',
      ),
    ]),
    {
      ...simple(6, 'Sixth level of rogue', 'Pip Underbough', 'Jonas', 'approved', ago(30), [
        under(
          cell('/levels/rogue-6', 'Rogue level', {
            tone: 'added',
            nature: 'event',
            after: { class: 'Rogue' },
            after_text: 'Rogue 6',
          }),
          'dm',
          { verdict: { verdict: 'accept' }, verdict_by: 'Nell' },
        ),
        under(
          cell('/equipment/currency/gp', 'Gold', {
            nature: 'counter',
            before: 88,
            after: 28,
            before_text: '88',
            after_text: '28',
          }),
          'dm',
          { verdict: { verdict: 'accept' }, verdict_by: 'Nell' },
        ),
      ]),
      vitals: [],
    },
    {
      ...simple(5, 'A pony named Bramble', 'Sorrel Quickfen', 'Maren', 'merged', ago(200), []),
      merged: 'a11ce0'.repeat(10) + 'beef',
    },
    simple(4, 'Wings', 'Kessa Emberhand', 'Lea', 'rejected', ago(260), []),
  ];
}

/** A request of so many changes: a whole character brought up to date at once. */
export function crowded(number: number, changes: number, opened: string): Request {
  const KINDS = ['inventory', 'magical_items', 'weapons', 'spells'];
  return simple(
    number,
    'Everything since the spring',
    'Sorrel Quickfen',
    'Maren',
    'open',
    opened,
    Array.from({ length: changes }, (_, index) =>
      under(
        cell(`/${KINDS[index % 4] ?? ''}/${index}/quantity`, `Bundle ${index + 1} of reeds`, {
          nature: 'counter',
          before: index,
          after: index * 2 + 1,
          before_text: String(index),
          after_text: String(index * 2 + 1),
        }),
        'dm',
      ),
    ),
  );
}
