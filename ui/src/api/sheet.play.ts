/** What is done at the table, and dice. */
import type { Action, ActOutcome, RollLine, RollRequest } from '~/features/sheet/model';
import { deedOf } from '~/host/editions';
import { host } from '~/host/host';

/** Does one thing at the table: rolls its dice, writes what comes of it as one change. */
export function act(id: string, action: Action): Promise<ActOutcome> {
  return deedOf(id, (has) => host().call('sheet_act', { id, action, has }));
}

/** Rolls dice that are no number of the sheet; `id` says who rolls. */
export function roll(id: string | null, request: RollRequest): Promise<RollLine> {
  return host().call('sheet_roll', { id, roll: request });
}

/** Lists what was rolled in this session, newest first. */
export function rolls(): Promise<RollLine[]> {
  return host().call('sheet_rolls');
}
