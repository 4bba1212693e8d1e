/** Ids of new entries. Version 7 begins with the time: entries that were made together stay together on the disk. */
import { v7 } from 'uuid';

export function newId(): string {
  return v7();
}
