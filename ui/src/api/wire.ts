/** The shapes that cross to the backend, as the shell generates them. Types only: commands are called through the host. */
import type * as wire from '~/wire/bindings';

export type * from '~/wire/bindings';

/** What became of an edit, with the whole sheet. */
export type EditOutcome = wire.Edited<wire.SheetView>;
/** What came of a deed at the table, with the whole sheet. */
export type ActOutcome = wire.Acted<wire.SheetView>;
/** An outcome as it crosses: the sheet in it may be told by what changed. */
export type Told<Outcome> = Outcome extends ActOutcome
  ? wire.Acted<wire.SheetAnswer>
  : wire.Edited<wire.SheetAnswer>;
