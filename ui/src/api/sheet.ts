/** The complete sheet of one character: shown, edited, undone and redone. */
import type { AssetInfo, EditOutcome, EditRequest, SheetView, Vocabulary } from '~/features/sheet/model';
import { editOf, sheetOf } from '~/host/editions';
import { host } from '~/host/host';

/** Shows the newest version. */
export function show(id: string): Promise<SheetView> {
  return sheetOf(id, (has) => host().call('sheet_show', { id, has }));
}

/** Shows a version as it stood; it cannot be edited. */
export function showAt(id: string, commit: string): Promise<SheetView> {
  return host().call('sheet_show_at', { id, commit });
}

/** Changes cells, all of them or none; if others were faster the two are merged, or come back as a conflict. */
export function edit(request: EditRequest): Promise<EditOutcome> {
  return editOf(request.id, (has) => host().call('sheet_edit', { request, has }));
}

/** Takes back the latest change that was not taken back yet. */
export function undo(id: string): Promise<EditOutcome> {
  return editOf(id, (has) => host().call('sheet_undo', { id, has }));
}

/** Brings back what the latest undo took. */
export function redo(id: string): Promise<EditOutcome> {
  return editOf(id, (has) => host().call('sheet_redo', { id, has }));
}

/** Puts a character back to how it stood at a version; what came since stays in its history. */
export function rollback(id: string, commit: string): Promise<EditOutcome> {
  return editOf(id, (has) => host().call('sheet_rollback', { id, commit, has }));
}

/** Names that forms offer. */
export function vocabulary(): Promise<Vocabulary> {
  return host().call('sheet_vocabulary');
}

/** Keeps a picture; the answer names it by its content. */
export async function putPicture(picture: Blob): Promise<AssetInfo> {
  return host().call('assets_put', { base64: await base64Of(picture) });
}

async function base64Of(blob: Blob): Promise<string> {
  const bytes = new Uint8Array(await blob.arrayBuffer());
  let binary = '';
  // In parts: a call with millions of arguments fails.
  for (let at = 0; at < bytes.length; at += 32_768)
    binary += String.fromCharCode(...bytes.subarray(at, at + 32_768));
  return btoa(binary);
}
