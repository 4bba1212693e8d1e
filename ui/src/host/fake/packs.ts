/** Packs of one's own in the demo host: kept with their versions, checked as they are written. */
import type {
  PackChange,
  PackDifference,
  PackEdit,
  PackHead,
  PackProblem,
  PackRow,
  PackText,
  PackThing,
  PackView,
} from '~/api/wire';
import { parse } from 'smol-toml';
import { things as compendium } from './compendium';
import { entryOf, idOf, nameOf, problemsIn, readPart, replacesSrd, split, type Part } from './packs-check';
import { demoPacks, templateOf } from './packs-content';
import { packsOfCharacters } from './packs-sheet';
import { refuse, type Commands, type World } from './world';

interface Text {
  id: string;
  text: string;
}

export interface Version {
  commit: string;
  number: number;
  time: string;
  author: string;
  message: string;
  head: PackHead;
  texts: Text[];
  /** Whether an undo would take this one back. */
  undoes: boolean;
}

export interface PackDoc {
  id: string;
  pack: string;
  active: boolean;
  versions: Version[];
}

const DAY = 864e5;

export default function packCommands(world: World): Commands {
  const library = new Map<string, PackDoc>();
  let serial = 1;
  const newCommit = () => `${(serial++).toString(16).padStart(6, '0')}${'fa57ed'.repeat(10)}`.slice(0, 64);
  const newest = (doc: PackDoc) => doc.versions.at(-1) as Version;

  function commit(
    doc: PackDoc,
    made: Omit<Version, 'commit' | 'number' | 'time' | 'author'> & Partial<Version>,
  ): void {
    doc.versions.push({
      commit: newCommit(),
      number: doc.versions.length + 1,
      time: world.now().toISOString(),
      author: 'you',
      ...made,
    });
  }

  function tell(doc: PackDoc): PackView {
    const { commit: at } = newest(doc);
    setTimeout(() => world.emit({ event: 'document_changed', id: doc.id, branch: 'main', commit: at }), 5);
    return view(doc);
  }

  for (const demo of world.rows.length === 0 ? [] : demoPacks) {
    const doc: PackDoc = { id: demo.id, pack: demo.pack, active: demo.active, versions: [] };
    library.set(doc.id, doc);
    for (const { daysAgo, author, message, head, things } of demo.versions)
      commit(doc, {
        time: new Date(world.now().getTime() - daysAgo * DAY).toISOString(),
        author,
        message,
        head,
        texts: Object.entries(things).map(([id, text]) => ({ id, text })),
        undoes: true,
      });
  }
  // A crowded library has many packs, one of them of some hundred things; one of long names has a long pack.
  const long = world.rows.some(({ display_name }) => display_name.length > 90);
  for (let at = 1; at <= (world.rows.length > 500 ? 60 : long ? 1 : 0); at += 1) {
    const name = long
      ? `The Complete and Unabridged Gazetteer of the Lower Marches and Everything That Swims, Wades or Sinks in Them, ${at}`
      : `Gazetteer, volume ${at}`;
    const doc: PackDoc = {
      id: `5f0d1a52-0000-4000-8000-0000000b${at.toString().padStart(4, '0')}`,
      pack: idOf(name),
      active: true,
      versions: [],
    };
    library.set(doc.id, doc);
    const texts = Array.from({ length: at === 1 ? 400 : at }, (_, index) => ({
      id: `spell-${index}`,
      text: templateOf('spell')
        .replace('New spell', long ? `${name}: rite ${index + 1}` : `Rite ${index + 1}`)
        .replace('table."', `table.${long ? ' At length, and then some.'.repeat(60) : ''}"`),
    }));
    const head = { name, version: '2026.11', license: 'CC0-1.0', attribution: long ? name : '' };
    commit(doc, { message: `Imported ${texts.length} files`, head, texts, undoes: true });
  }

  const find = (id: unknown) =>
    library.get(String(id)) ??
    refuse({
      code: 'not_found',
      message: 'There is no such pack.',
      hint: 'Look through the list; it may have been made anew.',
      cell: null,
    });

  function names(parts: readonly Part[]): (kind: string) => string[] {
    return (kind) => [
      ...compendium.filter(({ row }) => row.kind === kind).map(({ row }) => row.name),
      ...parts.filter((part) => part.kind === kind).map(nameOf),
      ...(kind === 'class'
        ? ['Bard', 'Cleric', 'Druid', 'Paladin', 'Ranger', 'Sorcerer', 'Warlock', 'Wizard']
        : []),
    ];
  }

  function judged(texts: readonly Text[]): { things: PackThing[]; problems: PackProblem[] } {
    const parts = texts.map(({ text }) => readPart(text));
    const known = names(parts);
    const problems: PackProblem[] = [];
    const things = texts.map(({ id, text }, index): PackThing => {
      const part = parts[index] as Part;
      const own = problemsIn(part, known).map((problem) => ({ ...problem, thing: id }));
      problems.push(...own);
      const name = nameOf(part);
      return {
        id,
        kind: part.kind,
        name,
        text,
        replaces: name === '' ? null : replacesSrd(part.kind, name),
        problems: own.length,
      };
    });
    const seen = new Set<string>();
    for (const { kind, name } of things) {
      const key = `${kind} ${name}`;
      if (name !== '' && seen.has(key))
        problems.push({
          thing: null,
          line: null,
          place: key.replace('_', ' '),
          message: `two things of the kind ${kind.replace('_', ' ')} are called “${name}”; the later one counts`,
        });
      seen.add(key);
    }
    things.sort(
      (a, b) => a.kind.localeCompare(b.kind, 'en') || a.name.localeCompare(b.name, 'en', { numeric: true }),
    );
    return { things, problems };
  }

  function row(doc: PackDoc): PackRow {
    const at = newest(doc);
    const { things, problems } = judged(at.texts);
    const counts: Record<string, number> = {};
    for (const { kind } of things) counts[kind] = (counts[kind] ?? 0) + 1;
    return {
      id: doc.id,
      pack: doc.pack,
      name: at.head.name,
      version: at.head.version,
      things: counts,
      problems: problems.length,
      characters: characters.countOf(doc),
      active: doc.active,
      commit: at.commit,
      version_number: at.number,
      updated: at.time,
    };
  }

  function view(doc: PackDoc, at: Version = newest(doc)): PackView {
    return {
      row: row(doc),
      commit: at.commit,
      newest: at === newest(doc),
      editable: at === newest(doc) && !(world.status.state === 'open' && world.status.read_only),
      head: at.head,
      ...judged(at.texts),
      versions: doc.versions
        .map(({ commit: id, number, time, author, message }) => ({
          commit: id,
          number,
          time,
          author,
          message,
        }))
        .reverse()
        .slice(0, 200),
    };
  }

  function version(doc: PackDoc, id: unknown): Version {
    return (
      doc.versions.find(({ commit: known }) => known === id) ??
      refuse({
        code: 'not_found',
        message: 'This version is not one of this pack.',
        hint: 'Choose one from its versions.',
        cell: null,
      })
    );
  }

  function edit({ id, base, changes }: PackEdit) {
    world.writable();
    const doc = find(id);
    const before = newest(doc);
    const from = version(doc, base);
    let { head, texts } = before;
    const written: string[] = [];
    const words: string[] = [];
    const called = (text: string) => nameOf(readPart(text)) || 'a text';
    for (const change of changes) {
      if (change.op === 'head') {
        if (change.head.name.trim() === '' || change.head.name.length > 120)
          refuse({
            code: 'invalid',
            message: 'The name of a pack has 1 to 120 characters.',
            hint: 'Give it a name that players will know it by.',
            cell: null,
          });
        head = change.head;
        words.push('Changed what the pack says of itself');
      } else if (change.op === 'remove') {
        words.push(`Removed ${called(texts.find((text) => text.id === change.thing)?.text ?? '')}`);
        texts = texts.filter((text) => text.id !== change.thing);
      } else {
        const here = texts.find((text) => text.id === change.thing);
        const then = from.texts.find((text) => text.id === change.thing);
        if (here && then && here.text !== then.text && here.text !== change.text)
          refuse({
            code: 'conflict',
            message: `${called(here.text)} was changed in another window meanwhile.`,
            hint: 'Nothing was written. Try again to put yours in its place, or let go of yours to see theirs.',
            cell: null,
          });
        texts = put(texts, change, written);
        words.push(`${here ? 'Changed' : 'Added'} ${called(change.text)}`);
      }
    }
    if (JSON.stringify([head, texts]) !== JSON.stringify([before.head, before.texts])) {
      commit(doc, { message: words.join(', '), head, texts, undoes: true });
      return { view: tell(doc), written };
    }
    return { view: view(doc), written };
  }

  function put(texts: Text[], change: Extract<PackChange, { op: 'put' }>, written: string[]): Text[] {
    if (change.text.length > 64_000)
      refuse({
        code: 'too_large',
        message: 'The text of one thing may have 64 KB.',
        hint: 'Split it into several things.',
        cell: null,
      });
    const [first = '', ...more] = split(change.text);
    const id = change.thing ?? `thing-${serial++}`;
    written.push(id);
    const text = more.length === 0 ? change.text : first;
    const next = texts.some((one) => one.id === id)
      ? texts.map((one) => (one.id === id ? { id, text } : one))
      : [...texts, { id, text }];
    for (const other of more) {
      const made = `thing-${serial++}`;
      written.push(made);
      next.push({ id: made, text: other });
    }
    return next;
  }

  function imported(files: readonly PackText[]): PackView {
    world.writable();
    let head: (PackHead & { id: string }) | null = null;
    const texts: Text[] = [];
    for (const { name, text } of files) {
      const found = /^\s*\[pack\][^[]*/m.exec(text)?.[0];
      if (found) {
        try {
          const { pack } = parse(found) as { pack: Record<string, string> };
          head = {
            id: pack.id ?? idOf(pack.name ?? ''),
            name: pack.name ?? pack.id ?? '',
            version: pack.version ?? '',
            license: pack.license ?? '',
            attribution: pack.attribution ?? '',
          };
        } catch (error) {
          refuse({
            code: 'invalid',
            message: `${name}: ${String(error).split('\n')[0]}`,
            hint: '',
            cell: null,
          });
        }
      }
      const rest = found ? text.replace(found, '') : text;
      for (const part of split(rest))
        if (part.trim() !== '') texts.push({ id: `thing-${serial++}`, text: part });
    }
    const given = head;
    if (!given)
      return refuse({
        code: 'invalid',
        message: 'None of these files says what pack it is.',
        hint: 'One of them needs a head: [pack] with an id and a name.',
        cell: null,
      });
    let doc = [...library.values()].find(({ pack }) => pack === given.id);
    if (!doc) {
      doc = { id: crypto.randomUUID(), pack: given.id, active: true, versions: [] };
      library.set(doc.id, doc);
    }
    const { name, version: number, license, attribution } = given;
    const message = `Imported ${files.map((file) => file.name).join(', ')}`;
    commit(doc, { message, head: { name, version: number, license, attribution }, texts, undoes: true });
    return tell(doc);
  }

  world.packed = () =>
    [...library.values()]
      .filter(({ active }) => active)
      .flatMap((doc) => {
        const { head, texts } = newest(doc);
        const entries = texts.map(({ text }) => entryOf(readPart(text))).filter((entry) => entry !== null);
        return entries.map((entry) => ({ ...entry, row: { ...entry.row, pack: head.name } }));
      });

  const characters = packsOfCharacters(world, library, (doc, from, to) => compare(doc, from, to));

  function compare(doc: PackDoc, from: unknown, to: unknown): PackDifference[] {
    const [before, after] = [version(doc, from).texts, version(doc, to).texts].map((texts) =>
      texts.map(({ text }) => readPart(text)),
    ) as [Part[], Part[]];
    const key = (part: Part) => `${part.kind}/${nameOf(part)}`;
    const differences: PackDifference[] = [];
    for (const part of after) {
      const was = before.find((one) => key(one) === key(part));
      const { kind } = part;
      const name = nameOf(part) || 'a text that cannot be read';
      if (!was) differences.push({ kind, name, fate: 'added', fields: [] });
      else {
        const fields = [...new Set([...Object.keys(was.value ?? {}), ...Object.keys(part.value ?? {})])]
          .map((field) => ({
            field: field.replaceAll('_', ' '),
            before: said(was.value?.[field]),
            after: said(part.value?.[field]),
          }))
          .filter((field) => field.before !== field.after);
        if (fields.length > 0) differences.push({ kind, name, fate: 'changed', fields });
      }
    }
    for (const part of before)
      if (!after.some((one) => key(one) === key(part)))
        differences.push({ kind: part.kind, name: nameOf(part), fate: 'removed', fields: [] });
    return differences;
  }

  return {
    ...characters.commands,
    packs_list: () =>
      [...library.values()].map(row).sort((a, b) => a.name.localeCompare(b.name, 'en', { numeric: true })),
    packs_create: ({ name }) => {
      world.writable();
      const given = String(name).trim();
      if (given === '')
        refuse({
          code: 'invalid',
          message: 'A pack needs a name.',
          hint: 'It can be changed later.',
          cell: null,
        });
      const taken = new Set([...library.values()].map(({ pack }) => pack));
      let pack = idOf(given);
      for (let at = 2; taken.has(pack); at += 1) pack = `${idOf(given)}-${at}`;
      const doc: PackDoc = { id: crypto.randomUUID(), pack, active: true, versions: [] };
      library.set(doc.id, doc);
      const head = { name: given, version: '', license: '', attribution: '' };
      commit(doc, { message: 'Began the pack', head, texts: [], undoes: false });
      return tell(doc);
    },
    packs_show: ({ id, commit: at }) => {
      const doc = find(id);
      return view(doc, at === null || at === undefined ? undefined : version(doc, at));
    },
    packs_edit: ({ request }) => edit(request as PackEdit),
    packs_check: ({ id, commit: at, thing, text }) => {
      const doc = find(id);
      const others = (typeof at === 'string' ? version(doc, at) : newest(doc)).texts.filter(
        (one) => one.id !== thing,
      );
      const parts = split(String(text)).map(readPart);
      const known = names([...others.map((one) => readPart(one.text)), ...parts]);
      return {
        problems: parts.flatMap((part) =>
          problemsIn(part, known).map((problem) => ({ ...problem, thing: null })),
        ),
        entries: parts.map(entryOf).filter((entry) => entry !== null),
      };
    },
    packs_undo: ({ id }) => {
      world.writable();
      const doc = find(id);
      const target = doc.versions.findLast(({ undoes }) => undoes);
      const before = target && doc.versions[target.number - 2];
      if (!target || !before)
        return refuse({
          code: 'nothing_to_undo',
          message: 'There is nothing to undo.',
          hint: 'This is how the pack began.',
          cell: null,
        });
      target.undoes = false;
      commit(doc, {
        message: `Undid: ${target.message}`,
        head: before.head,
        texts: before.texts,
        undoes: false,
      });
      return tell(doc);
    },
    packs_rollback: ({ id, commit: to }) => {
      world.writable();
      const doc = find(id);
      const target = version(doc, to);
      const { head, texts } = target;
      commit(doc, { message: `Back to version ${target.number}`, head, texts, undoes: true });
      return tell(doc);
    },
    packs_archive: ({ id, active }) => {
      world.writable();
      const doc = find(id);
      doc.active = active === true;
      setTimeout(
        () =>
          world.emit({ event: 'document_changed', id: doc.id, branch: 'main', commit: newest(doc).commit }),
        5,
      );
      return row(doc);
    },
    packs_template: ({ kind }) => templateOf(String(kind)),
    packs_compare: ({ id, from, to }) => compare(find(id), from, to),
    packs_import: ({ files }) => imported(files as PackText[]),
    packs_export: ({ id }) => `/home/maren/Documents/${find(id).pack}.toml`,
  };
}

function said(value: unknown): string {
  if (value === undefined || value === null) return '';
  const text =
    typeof value === 'object'
      ? JSON.stringify(value)
          .replace(/[[\]{}"]/g, '')
          .replaceAll(',', ', ')
          .replaceAll(':', ' ')
      : String(value).trim();
  return text.length > 160 ? `${text.slice(0, 160)}…` : text;
}
