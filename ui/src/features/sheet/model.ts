/** The shapes of a sheet as the backend sends them, and the few that only the screen knows. */
export type * from '~/api/wire';

/** A collection of things by their stable id, of which any may be missing. */
export type Things<T> = { [id in string]?: T };

/** Names without order: a member is mapped to `true`. */
export type Names = { [name in string]?: boolean };

export type Section = 'play' | 'character' | 'equipment' | 'spells' | 'story' | 'record' | 'build';

/** A thing of a collection together with its id. */
export interface Entry<T> {
  id: string;
  thing: T;
}
