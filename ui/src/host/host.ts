/**
 * The one door out of the interface: whoever hosts it (the desktop window, a browser, a test) stands behind this.
 *
 * Nothing outside this folder imports the desktop's packages or talks to the network; a lint rule holds that.
 */
import type { Failure } from '~/api/wire';

export interface Host {
  readonly kind: 'desktop' | 'demo';
  /** Calls a command of the backend; what it refuses arrives as a rejected {@link Failure}. */
  call<T>(command: string, args?: Record<string, unknown>): Promise<T>;
  /** Hears an event until the answered function is called. */
  listen<T>(event: string, hear: (payload: T) => void): Promise<() => void>;
  setTitle(title: string): Promise<void>;
}

/** Turns whatever was thrown into a {@link Failure}: a framework's own refusal arrives as a plain string. */
export function asFailure(thrown: unknown): Failure {
  if (isFailure(thrown)) return thrown;
  const message =
    thrown instanceof Error ? thrown.message : typeof thrown === 'string' ? thrown : 'Something went wrong.';
  return {
    code: 'internal',
    message,
    hint: 'Nothing that was saved is lost. Try again; if it stays, the log file tells more.',
    cell: null,
  };
}

function isFailure(thrown: unknown): thrown is Failure {
  return (
    typeof thrown === 'object' &&
    thrown !== null &&
    'code' in thrown &&
    'message' in thrown &&
    'hint' in thrown
  );
}

let chosen: Host | undefined;

/** Says which host answers; called once, before anything else runs. Tests call it with a fake of their own. */
export function useHost(host: Host): void {
  chosen = host;
}

/** The host that was chosen. */
export function host(): Host {
  if (!chosen) throw new Error('No host was chosen: call useHost first.');
  return chosen;
}
