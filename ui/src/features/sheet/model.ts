/** The shapes of a sheet as the backend sends them; the one place where this folder meets the generated types. */
import type { Source } from './wire';

export type * from './wire';

/** A collection of things by their stable id. */
export type Keyed<T> = { [id in string]?: T };

/** Names without order: a member is mapped to `true`. */
export type Names = { [name in string]?: boolean };

export type Section = 'play' | 'character' | 'equipment' | 'spells' | 'story' | 'record';

/** A thing of a collection together with its id. */
export interface Entry<T> {
  id: string;
  thing: T;
}

export type { Source };
