/** Change requests: proposed by players, reviewed change by change, merged in whole or in part. */
import { host } from '~/host/host';
import type { Inbox, NewRequest, QueueDone, RequestAct, RequestView } from './wire';

/** Lists the requests as they concern whoever sits here. */
export function inbox(): Promise<Inbox> {
  return host().call('review_inbox');
}

/** Proposes a branch. */
export function open(ask: NewRequest): Promise<RequestView> {
  return host().call('review_open', { ask });
}

export function show(id: string): Promise<RequestView> {
  return host().call('review_show', { id });
}

/** Does something with a request, and gives it as it stands then. */
export function act(id: string, act: RequestAct): Promise<RequestView> {
  return host().call('review_act', { id, act });
}

/** Merges every approved request in its order, each checked again. */
export function queue(): Promise<QueueDone> {
  return host().call('review_queue');
}
