/** The choices of Select, Combobox and Segmented. */
export interface Option<V extends string = string> {
  value: V;
  label: string;
  /** A second, softer word beside the label. */
  detail?: string;
  group?: string;
  disabled?: boolean;
}

/** Gathers options under their groups, in the order in which the groups first appear. */
export function grouped<V extends string>(
  options: readonly Option<V>[],
): { name: string; options: Option<V>[] }[] {
  const groups: { name: string; options: Option<V>[] }[] = [];
  for (const option of options) {
    const name = option.group ?? '';
    let group = groups.find((candidate) => candidate.name === name);
    if (!group) groups.push((group = { name, options: [] }));
    group.options.push(option);
  }
  return groups;
}

/** Keeps the options that contain every typed word; those that begin with the text come first. */
export function matching<V extends string>(options: readonly Option<V>[], typed: string): Option<V>[] {
  const text = fold(typed.trim());
  if (text === '') return [...options];
  const words = text.split(/\s+/);
  return options
    .map((option, index) => ({ option, index, in: fold(`${option.label} ${option.detail ?? ''}`) }))
    .filter((entry) => words.every((word) => entry.in.includes(word)))
    .sort((a, b) => Number(b.in.startsWith(text)) - Number(a.in.startsWith(text)) || a.index - b.index)
    .map((entry) => entry.option);
}

/** Takes case and accents away, so that `Éowyn` is found by `eowyn`. */
export function fold(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
}
