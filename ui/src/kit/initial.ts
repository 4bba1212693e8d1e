/** Chooses how the initial of a name is drawn: the same name always gets the same ornament and ink. */

export const ORNAMENTS = ['lattice', 'scales', 'stars', 'rays', 'waves', 'leaves'] as const;
export const INKS = ['accent', 'magic', 'heal', 'conflict'] as const;

export interface Initial {
  letter: string;
  ornament: (typeof ORNAMENTS)[number];
  ink: (typeof INKS)[number];
}

export function initialOf(name: string): Initial {
  const letter = [...name.trim().normalize('NFC')].find((char) => /[\p{L}\p{N}]/u.test(char)) ?? '?';
  let hash = 2166136261;
  for (const char of name.trim().toLowerCase())
    hash = Math.imul(hash ^ (char.codePointAt(0) ?? 0), 16777619) >>> 0;
  return {
    letter: letter.toLocaleUpperCase('en'),
    ornament: ORNAMENTS[(hash >>> 3) % ORNAMENTS.length] ?? 'lattice',
    ink: INKS[(hash >>> 11) % INKS.length] ?? 'accent',
  };
}
