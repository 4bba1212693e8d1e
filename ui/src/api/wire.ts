/** The shapes that cross to the backend, as the shell generates them. Types only: commands are called through the host. */
export type * from '~/wire/bindings';
