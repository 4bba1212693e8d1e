/**
 * A text editor for TOML over CodeMirror: line numbers, colours, marks on the lines that have problems.
 *
 * Loaded when a pack is opened: nothing else needs it. Tab indents; Escape and then Tab goes on to the next control.
 */
import { history, historyKeymap, indentWithTab, standardKeymap } from '@codemirror/commands';
import {
  HighlightStyle,
  StreamLanguage,
  bracketMatching,
  indentUnit,
  syntaxHighlighting,
} from '@codemirror/language';
import { toml } from '@codemirror/legacy-modes/mode/toml';
import { EditorState, RangeSetBuilder, StateEffect, StateField, Compartment } from '@codemirror/state';
import {
  Decoration,
  EditorView,
  GutterMarker,
  gutterLineClass,
  highlightActiveLine,
  highlightActiveLineGutter,
  keymap,
  lineNumbers,
  type DecorationSet,
} from '@codemirror/view';
import { tags } from '@lezer/highlight';
import { adoptStyles } from './styles';

/** Tokens get class names; the component says what they look like. */
const colours = HighlightStyle.define([
  { tag: tags.comment, class: 'toml-comment' },
  { tag: tags.string, class: 'toml-string' },
  { tag: tags.propertyName, class: 'toml-key' },
  { tag: tags.atom, class: 'toml-table' },
  { tag: tags.number, class: 'toml-number' },
]);

const setProblems = StateEffect.define<readonly number[]>();

class ProblemLine extends GutterMarker {
  override elementClass = 'problem-number';
}
const problemNumber = new ProblemLine();
const problemLine = Decoration.line({ class: 'problem-line' });
const problemText = Decoration.mark({ class: 'problem-text' });

function marked(state: EditorState, numbers: readonly number[]): DecorationSet {
  const builder = new RangeSetBuilder<Decoration>();
  for (const number of [...new Set(numbers)].sort((a, b) => a - b)) {
    if (number < 1 || number > state.doc.lines) continue;
    const line = state.doc.line(number);
    const indent = line.text.length - line.text.trimStart().length;
    builder.add(line.from, line.from, problemLine);
    if (line.text.trim() !== '') builder.add(line.from + indent, line.to, problemText);
  }
  return builder.finish();
}

/** The marks move with the text until the next verdict. */
const problems = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update(marks, transaction) {
    for (const effect of transaction.effects)
      if (effect.is(setProblems)) return marked(transaction.state, effect.value);
    return marks.map(transaction.changes);
  },
  provide: (field) => [
    EditorView.decorations.from(field),
    gutterLineClass.from(field, (marks) => {
      const builder = new RangeSetBuilder<GutterMarker>();
      let last = -1;
      for (const cursor = marks.iter(); cursor.value; cursor.next())
        if (cursor.value === problemLine && cursor.from > last) {
          builder.add(cursor.from, cursor.from, problemNumber);
          last = cursor.from;
        }
      return builder.finish();
    }),
  ],
});

export interface CodeOptions {
  parent: HTMLElement;
  text: string;
  label: string;
  /** The id of the element that tells how to leave by key. */
  describedBy: string;
  editable: boolean;
  ontext: (text: string) => void;
  onleave: () => void;
}

/** The editor on the page. */
export class Code {
  readonly #view: EditorView;
  readonly #editable = new Compartment();
  /** A text that was put here is no typing. */
  #putting = false;

  constructor({ parent, text, label, describedBy, editable, ontext, onleave }: CodeOptions) {
    adoptStyles();
    this.#view = new EditorView({
      parent,
      state: EditorState.create({
        doc: text,
        extensions: [
          lineNumbers(),
          highlightActiveLine(),
          highlightActiveLineGutter(),
          history(),
          bracketMatching(),
          indentUnit.of('  '),
          EditorState.tabSize.of(2),
          EditorView.lineWrapping,
          StreamLanguage.define(toml),
          syntaxHighlighting(colours),
          problems,
          keymap.of([...standardKeymap, ...historyKeymap, indentWithTab]),
          this.#editable.of(this.#rights(editable)),
          EditorView.contentAttributes.of({
            'aria-label': label,
            'aria-describedby': describedBy,
            spellcheck: 'false',
            // Also where it can only be read.
            tabindex: '0',
          }),
          EditorView.updateListener.of((update) => {
            if (update.docChanged && !this.#putting) ontext(update.state.doc.toString());
          }),
          EditorView.domEventHandlers({ blur: () => onleave() }),
        ],
      }),
    });
  }

  /** Puts a text in, keeping the place where it did not change. */
  put(text: string): void {
    const now = this.#view.state.doc.toString();
    if (now === text) return;
    let from = 0;
    while (from < now.length && from < text.length && now[from] === text[from]) from += 1;
    let back = 0;
    while (
      back < now.length - from &&
      back < text.length - from &&
      now[now.length - 1 - back] === text[text.length - 1 - back]
    )
      back += 1;
    this.#putting = true;
    this.#view.dispatch({
      changes: { from, to: now.length - back, insert: text.slice(from, text.length - back) },
    });
    this.#putting = false;
  }

  mark(lines: readonly number[]): void {
    this.#view.dispatch({ effects: setProblems.of(lines) });
  }

  allow(editable: boolean): void {
    this.#view.dispatch({ effects: this.#editable.reconfigure(this.#rights(editable)) });
  }

  focus(): void {
    this.#view.focus();
  }

  /** Goes to a line, counted from 1. */
  goTo(number: number): void {
    const { doc } = this.#view.state;
    const line = doc.line(Math.min(Math.max(1, number), doc.lines));
    const indent = line.text.length - line.text.trimStart().length;
    this.#view.dispatch({ selection: { anchor: line.from + indent, head: line.to }, scrollIntoView: true });
    this.#view.focus();
  }

  /** Marks the value of the first key of this name, for the next keys to write over. */
  select(key: string): void {
    const found = new RegExp(`^\\s*${key}\\s*=\\s*"([^"]*)"`, 'm').exec(this.#view.state.doc.toString());
    if (found) {
      const end = found.index + found[0].length - 1;
      this.#view.dispatch({
        selection: { anchor: end - (found[1]?.length ?? 0), head: end },
        scrollIntoView: true,
      });
    }
    this.#view.focus();
  }

  destroy(): void {
    this.#view.destroy();
  }

  #rights(editable: boolean) {
    return [EditorState.readOnly.of(!editable), EditorView.editable.of(editable)];
  }
}
