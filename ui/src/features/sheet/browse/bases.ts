/** What a magic item can be made of: the things its words name come first, the rest of their sort after them. */
import type { CompendiumRow } from '~/api/wire';
import type { Option } from '~/kit/options';

/** Lists mundane things for a magic item's base, as in `any simple or martial` or `longbow or shortbow`. */
export function baseOptions(rows: readonly CompendiumRow[], words: string, category: string): Option[] {
  const said = (words.split('except')[0] ?? '').toLowerCase();
  const ending = category === 'armor' || said.includes('shield') ? ' armor' : ' weapon';
  const sort = rows.filter(({ detail, tags }) =>
    said.includes('ammunition') ? detail === 'ammunition' : tags.some((tag) => tag.endsWith(ending)),
  );
  const named = sort.filter(({ name }) => said.includes(name.toLowerCase()));
  const others = sort.filter((row) => !named.includes(row));
  const option = (group: string) => (row: CompendiumRow) => ({
    value: row.name,
    label: row.name,
    detail: row.detail,
    group,
  });
  return [
    ...named.map(option('As it is told of')),
    ...others.map(option(named.length > 0 ? 'Other' : 'Of this sort')),
  ];
}

/** The base that goes without saying: the only one that is named. */
export function onlyBase(options: readonly Option[]): string {
  const named = options.filter(({ group }) => group === 'As it is told of');
  return named.length === 1 ? (named[0]?.value ?? '') : '';
}
