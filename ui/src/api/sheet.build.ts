/** Building under the rules: options, levels, open choices, starting equipment. */
import type { ChoiceOption, EditOutcome, LevelPreview, LevelUp, StartOffer, StartWith } from '~/api/wire';
import { editOf } from '~/host/editions';
import { host } from '~/host/host';

/** Lists what may be written into a cell that holds a choice, each with the reason why it may not. */
export function options(id: string, cell: string): Promise<ChoiceOption[]> {
  return host().call('sheet_options', { id, cell });
}

/** Adds a level. */
export function levelUp(level: LevelUp): Promise<EditOutcome> {
  return editOf(level.id, (has) => host().call('sheet_level_up', { level, has }));
}

/** Takes the last level back. */
export function levelDown(id: string): Promise<EditOutcome> {
  return editOf(id, (has) => host().call('sheet_level_down', { id, has }));
}

/** Shows what a level would change; nothing is written. */
export function preview(id: string, klass: string): Promise<LevelPreview> {
  return host().call('sheet_level_preview', { id, of: klass });
}

/** Makes every open choice. */
export function fill(id: string): Promise<EditOutcome> {
  return editOf(id, (has) => host().call('sheet_fill', { id, has }));
}

/** Lists what class and background offer to start with. */
export function startOffers(id: string): Promise<StartOffer[]> {
  return host().call('sheet_start_offers', { id });
}

/** Takes starting equipment. */
export function startWith(start: StartWith): Promise<EditOutcome> {
  return editOf(start.id, (has) => host().call('sheet_start_with', { start, has }));
}
