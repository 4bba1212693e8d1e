/** What lies open on the desk beside the screen: the palette, the help, the dialogs that any screen may ask for. */
export class Desk {
  palette = $state(false);
  shortcuts = $state(false);
  newCharacter = $state(false);
}

export const desk = new Desk();
