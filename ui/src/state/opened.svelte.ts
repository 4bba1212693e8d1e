/** The characters that are open in this window: what the rail shows under the library. */
import type { CharacterRow } from '~/api/wire';

export type OpenedCharacter = Pick<CharacterRow, 'id' | 'display_name' | 'avatar'>;

export class Opened {
  /** More than this do not fit a rail; the one not looked at for longest goes. */
  static readonly MOST = 5;
  #list = $state.raw<readonly OpenedCharacter[]>([]);
  #order: string[] = [];

  get list(): readonly OpenedCharacter[] {
    return this.#list;
  }

  /** Opens a character, or brings what is shown of it up to date. */
  put(character: OpenedCharacter): void {
    const { id, display_name, avatar } = character;
    const entry = { id, display_name, avatar };
    this.#order = [...this.#order.filter((kept) => kept !== id), id];
    const known = this.#list.findIndex((kept) => kept.id === id);
    if (known >= 0) {
      const old = this.#list[known];
      if (old?.display_name === display_name && old.avatar === avatar) return;
      this.#list = this.#list.with(known, entry);
      return;
    }
    const oldest = this.#list.length >= Opened.MOST ? this.#order[0] : undefined;
    this.#list = [...this.#list.filter((kept) => kept.id !== oldest), entry];
    this.#order = this.#order.filter((kept) => kept !== oldest);
  }

  close(id: string): void {
    this.#list = this.#list.filter((kept) => kept.id !== id);
    this.#order = this.#order.filter((kept) => kept !== id);
  }
}

export const opened = new Opened();
