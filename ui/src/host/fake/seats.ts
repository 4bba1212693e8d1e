/** Seats and the rules of the table on the demo host: Nell runs the game, four play, and whoever looks sits as the DM. */
import type { AutoRule, CellOwner, OwnerRule, Role, Seat, TableRules, TableView } from '~/api/wire';
import { refuse, type Commands, type World } from './world';

const OWNERS: [string, CellOwner, string[]][] = [
  [
    'Hit points, rests and conditions',
    'free',
    ['/combat/damage_taken', '/combat/temporary_hp', '/conditions/**'],
  ],
  ['Slots, charges and uses', 'free', ['/spellcasting/slots/*/used', '/build/used/**']],
  ['What is worn, held and prepared', 'free', ['/equipment/*/*/equipped', '/spellcasting/spells/*/prepared']],
  ['What happened, and what waits to be decided', 'free', ['/events/**', '/conflicts/**']],
  ['Experience points', 'dm', ['/identity/xp']],
  ['Magic items', 'dm', ['/equipment/magical_items/**']],
  ['Belongings and coins', 'dm', ['/equipment/**']],
  ['Levels and choices', 'dm', ['/levels/**', '/build/**', '/abilities/**', '/spellcasting/**']],
  ['House-rule exceptions', 'dm', ['/overrides/**', '/adjustments/**']],
  ['Story, looks and voice', 'player', ['/identity/**', '/record/**', '/notes']],
];

const AUTO: AutoRule[] = [
  { name: 'Gold, up to 50 at a time', pattern: '/equipment/currency/gp', most: 50, active: true },
  { name: 'Silver and copper', pattern: '/equipment/currency/sp', most: null, active: false },
  { name: 'Ordinary belongings', pattern: '/equipment/inventory/**', most: null, active: false },
];

interface Table {
  seats: Omit<Seat, 'characters'>[];
  seated: string | null;
  rules: TableRules;
}

const tables = new WeakMap<World, Table>();

/** The table of a demo library; `?alone` in the address has nobody at it. */
export function tableOf(world: World): Table {
  const known = tables.get(world);
  if (known) return known;
  const owners: OwnerRule[] = OWNERS.flatMap(([name, owner, patterns]) =>
    patterns.map((pattern) => ({ name, pattern, owner })),
  );
  const alone =
    world.rows.length === 0 ||
    (typeof location !== 'undefined' && new URLSearchParams(location.search).has('alone'));
  const made: Table = {
    seats: alone
      ? []
      : [
          { id: 'seat-nell', name: 'Nell', role: 'dm' },
          { id: 'seat-iris', name: 'Iris', role: 'player' },
          { id: 'seat-maren', name: 'Maren', role: 'player' },
          { id: 'seat-tom', name: 'Tom', role: 'player' },
          { id: 'seat-jonas', name: 'Jonas', role: 'player' },
        ],
    seated: alone ? null : 'seat-nell',
    rules: { review: !alone, owners, auto: AUTO.map((rule) => ({ ...rule })) },
  };
  tables.set(world, made);
  return made;
}

/** Who sits there: the name that changes are signed with, and what they may do. */
export function seatedAt(world: World): { name: string; role: Role } {
  const table = tableOf(world);
  const seat = table.seats.find((one) => one.id === table.seated);
  return seat ? { name: seat.name, role: seat.role } : { name: 'you', role: 'dm' };
}

/** Who decides about a cell, by the first rule that fits; a thing as a whole belongs to whom its cells belong to. */
export function ownerOf(world: World, path: string): CellOwner {
  const names = path.split('/').slice(1);
  const fits = ({ pattern }: OwnerRule) => {
    const wanted = pattern.split('/').slice(1);
    const rest = wanted.at(-1) === '**';
    const fixed = rest ? wanted.slice(0, -1) : wanted;
    return (
      (rest ? names.length >= fixed.length : names.length === fixed.length) &&
      fixed.every((name, index) => name === '*' || name === names[index])
    );
  };
  return (tableOf(world).rules.owners ?? []).find(fits)?.owner ?? 'player';
}

/** Refuses a player's change of what is the DM's on a main line under review. */
export function checkOwned(world: World, branch: string, paths: readonly string[]): void {
  const { rules } = tableOf(world);
  if (branch !== 'main' || !rules.review || seatedAt(world).role === 'dm') return;
  const cell = paths.find((path) => ownerOf(world, path) === 'dm');
  if (cell !== undefined)
    refuse({
      code: 'needs_review',
      message: 'At this table the DM reviews such changes.',
      hint: 'Make it a proposal: it stands on a line of its own until the DM has seen it.',
      cell,
    });
}

export default function seatCommands(world: World): Commands {
  const table = tableOf(world);

  function view(): TableView {
    const { name, role } = seatedAt(world);
    const seats = table.seats.map((seat) => ({
      ...seat,
      characters: world.rows.filter((row) => row.owner === seat.name).length,
    }));
    seats.sort((a, b) => Number(b.role === 'dm') - Number(a.role === 'dm') || a.name.localeCompare(b.name));
    return { seated: table.seated, author: name, role, seats, rules: table.rules };
  }

  function changed(): TableView {
    world.emit({ event: 'library_changed' });
    return view();
  }

  function mayChange(): void {
    world.writable();
    if (seatedAt(world).role === 'player' && table.seats.some((seat) => seat.role === 'dm'))
      refuse({
        code: 'not_allowed',
        message: 'Seats and rules of the table are the DM’s.',
        hint: 'Change to the DM’s seat first.',
        cell: null,
      });
  }

  function named(text: unknown, own: string | null): string {
    const name = String(text).trim();
    if (name === '' || name.length > 120)
      refuse({
        code: 'invalid',
        message: 'The name at a seat is one line of 1 to 120 characters.',
        hint: '',
        cell: null,
      });
    if (table.seats.some((seat) => seat.id !== own && seat.name.toLowerCase() === name.toLowerCase()))
      refuse({
        code: 'invalid',
        message: `${name} has a seat already.`,
        hint: 'Give the other one a name that tells them apart.',
        cell: null,
      });
    return name;
  }

  function keepsDm(leaving: string): void {
    const was = table.seats.find((seat) => seat.id === leaving)?.role === 'dm';
    if (
      was &&
      table.seats.length > 1 &&
      !table.seats.some((seat) => seat.id !== leaving && seat.role === 'dm')
    )
      refuse({
        code: 'invalid',
        message: 'Somebody has to be the DM while others have seats.',
        hint: 'Make another seat the DM’s first.',
        cell: null,
      });
  }

  function seatOf(id: unknown): Omit<Seat, 'characters'> {
    const seat = table.seats.find((one) => one.id === id);
    return (
      seat ??
      refuse({ code: 'not_found', message: `There is no seat \`${String(id)}\`.`, hint: '', cell: null })
    );
  }

  return {
    seats_view: view,
    seats_add: ({ name, role }) => {
      mayChange();
      table.seats.push({ id: `seat-${crypto.randomUUID()}`, name: named(name, null), role: role as Role });
      return changed();
    },
    seats_change: ({ id, name, role }) => {
      mayChange();
      const seat = seatOf(id);
      const next = named(name, seat.id);
      if (role === 'player') keepsDm(seat.id);
      seat.name = next;
      seat.role = role as Role;
      return changed();
    },
    seats_remove: ({ id }) => {
      mayChange();
      const seat = seatOf(id);
      keepsDm(seat.id);
      table.seats = table.seats.filter((one) => one !== seat);
      if (table.seated === seat.id) table.seated = null;
      return changed();
    },
    seats_take: ({ id }) => {
      table.seated = id === null ? null : seatOf(id).id;
      return changed();
    },
    seats_rules: ({ rules }) => {
      mayChange();
      const wrong = [...((rules as TableRules).owners ?? []), ...((rules as TableRules).auto ?? [])].find(
        (rule) => !/^\/[^/]+(\/[^/]+)*$/.test(rule.pattern),
      );
      if (wrong)
        refuse({
          code: 'invalid',
          message: `\`${wrong.pattern}\` is no pattern of cells.`,
          hint: 'A pattern begins with `/`, as in `/equipment/**`.',
          cell: null,
        });
      table.rules = structuredClone(rules as TableRules);
      return changed();
    },
  };
}
