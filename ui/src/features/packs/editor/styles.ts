/**
 * Hands CodeMirror's styles to the page as constructed sheets.
 *
 * By itself it writes a `style` element, which the content policy refuses; sheets that a script constructs are no inline
 * styles. Where the page cannot construct any (as in tests) it goes its own way.
 */
import { StyleModule } from 'style-mod';

let sheet: CSSStyleSheet | undefined;
let mounted: readonly StyleModule[] = [];

export function adoptStyles(): void {
  if (sheet || !('adoptedStyleSheets' in document)) return;
  sheet = new CSSStyleSheet();
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
  StyleModule.mount = (_root, modules) => {
    const wanted = Array.isArray(modules) ? modules : [modules as StyleModule];
    if (wanted.every((module) => mounted.includes(module))) return;
    mounted = [...mounted.filter((module) => !wanted.includes(module)), ...wanted];
    sheet?.replaceSync(mounted.map((module) => module.getRules()).join('\n'));
  };
}
