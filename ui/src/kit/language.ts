/**
 * Gives libraries that ask the browser for its language one that `Intl` understands.
 *
 * With the system's language set to "C" (common on servers and in containers) WebKitGTK reports that as it is, and a library
 * that formats while it loads then fails to load at all.
 */
export function ensureLanguage(target: Navigator = navigator): void {
  try {
    Intl.getCanonicalLocales(target.language);
    if (target.language) return;
  } catch {
    // Not a language: replaced below.
  }
  Object.defineProperty(target, 'language', { value: 'en', configurable: true });
  Object.defineProperty(target, 'languages', { value: ['en'], configurable: true });
}
