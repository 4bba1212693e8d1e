/** The versions that a comparison can be made of: lines, milestones, and the latest steps. */
import type { CommitLine, SideName } from '~/features/sheet/model';
import { moment } from '~/kit/format';
import type { Option } from '~/kit/options';
import { wordOf, type Branches } from '../branches.svelte';

export function sideOptions(
  branches: Branches,
  steps: readonly CommitLine[],
  also: readonly SideName[] = [],
): Option[] {
  const options: Option[] = [
    ...branches.all.map((branch) => ({
      value: branch.name,
      label: branch.title,
      detail: branch.archived ? 'put away' : branch.name === 'main' ? '' : wordOf(branch),
      group: 'Lines',
    })),
    ...branches.tags.map((tag) => ({
      value: tag.id,
      label: tag.name,
      detail: moment(tag.time),
      group: 'Milestones',
    })),
    ...steps.map((step) => ({
      value: step.id,
      label: `v${step.version} · ${step.title}`,
      detail: moment(step.time),
      group: 'Steps',
    })),
  ];
  // A version that was come to from further back.
  for (const side of also)
    if (!options.some(({ value }) => value === side.name))
      options.push({
        value: side.name,
        label: side.title,
        detail: moment(side.time),
        group: 'Steps',
      });
  return options;
}
