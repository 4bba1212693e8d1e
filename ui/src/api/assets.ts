/** Pictures that belong to characters. */
import { host } from '~/host/host';

/** Reads a small version of a stored picture, as a data address that an image can show. */
export function thumbnail(hash: string, size: number): Promise<string> {
  return host().call('assets_thumbnail', { hash, size });
}
