/** The program around the library: what it is, what it looks like, its folders. */
import { host } from '~/host/host';
import type { About } from './wire';

/** Tells the shell that the page is up. */
export function ready(): Promise<void> {
  return host().call('shell_ready');
}

export function about(): Promise<About> {
  return host().call('shell_about');
}

/** Gives the window's own frame and menus the page's colours. */
export function setColorScheme(scheme: 'system' | 'light' | 'dark'): Promise<void> {
  return host().call('shell_set_color_scheme', { scheme });
}

export function showFolder(folder: 'library' | 'logs'): Promise<void> {
  return host().call('shell_show_folder', { folder });
}
