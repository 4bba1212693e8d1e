/** The shapes of packs as the generated bindings will have them; goes when they do. */
import type { ChangeLine, CompendiumEntry, Finding } from '~/wire/bindings';

export type PackRow = {
  id: string;
  pack: string;
  name: string;
  version: string;
  things: { [key in string]: number };
  problems: number;
  characters: number;
  active: boolean;
  commit: string;
  version_number: number;
  updated: string;
};

export type PackView = {
  row: PackRow;
  commit: string;
  newest: boolean;
  head: PackHead;
  things: PackThing[];
  problems: PackProblem[];
  versions: PackVersion[];
};

export type PackHead = { name: string; version: string; license: string; attribution: string };

export type PackThing = {
  id: string;
  kind: string;
  name: string;
  text: string;
  replaces: string | null;
  problems: number;
};

export type PackProblem = { thing: string | null; line: number | null; place: string; message: string };

export type PackVersion = { commit: string; number: number; time: string; author: string; message: string };

export type PackEdit = { id: string; base: string; changes: PackChange[] };

export type PackChange =
  | { op: 'head'; head: PackHead }
  | { op: 'put'; thing: string | null; text: string }
  | { op: 'remove'; thing: string };

export type PackSaved = { view: PackView; written: string[] };

export type PackChecked = { problems: PackProblem[]; entries: CompendiumEntry[] };

export type PackText = { name: string; text: string };

export type PackDifference = { kind: string; name: string; fate: PackFate; fields: FieldChange[] };

export type PackFate = 'added' | 'removed' | 'changed';

export type FieldChange = { field: string; before: string; after: string };

export type CharacterPack = {
  pack: string;
  id: string | null;
  name: string;
  version: string | null;
  state: PackState;
};

export type PackState = 'current' | 'newer' | 'archived' | 'missing' | 'available';

export type PackReview = {
  pack: CharacterPack;
  commit: string;
  differences: PackDifference[];
  changes: ChangeLine[];
  findings: Finding[];
};
