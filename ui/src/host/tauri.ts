/** The desktop window: commands and events of the shell. */
import { invoke } from '@tauri-apps/api/core';
import { listen } from '@tauri-apps/api/event';
import { getCurrentWindow } from '@tauri-apps/api/window';
import { asFailure, type Host } from './host';

export const desktop: Host = {
  kind: 'desktop',
  async call(command, args) {
    try {
      return await invoke(command, args);
    } catch (thrown) {
      throw asFailure(thrown);
    }
  },
  listen: (event, hear) => listen(event, ({ payload }) => hear(payload as never)),
  setTitle: (title) => getCurrentWindow().setTitle(title),
};

/** Tells whether the page runs inside the desktop window. */
export function insideDesktop(): boolean {
  return '__TAURI_INTERNALS__' in window;
}
