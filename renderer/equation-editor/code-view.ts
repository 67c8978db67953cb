/** A code field: CodeMirror with the equation language, problems underlined, names suggested. The only maker of its views. */
import {
  autocompletion,
  closeBrackets,
  closeBracketsKeymap,
  type CompletionContext,
  type CompletionResult,
} from '@codemirror/autocomplete';
import { bracketMatching } from '@codemirror/language';
import { setDiagnostics, type Diagnostic } from '@codemirror/lint';
import { Compartment, EditorState, Prec, type Extension } from '@codemirror/state';
import { keymap, placeholder } from '@codemirror/view';
import { EditorView, minimalSetup } from 'codemirror';
import type { Problem } from '../../engine/base/problem.ts';
import { equationLanguage } from './equation-language.ts';
import { suggestionBoost, type NameSuggestion } from './name-suggestions.ts';

export interface CodeViewParts {
  readonly parent: HTMLElement;
  readonly text: string;
  readonly label: string;
  readonly placeholder: string;
  readonly readOnly: boolean;
  /** One line only: Enter commits. */
  readonly single: boolean;
  suggestions(): readonly NameSuggestion[];
  onChange(text: string): void;
  /** The person is done: Mod+Enter, or leaving the field. */
  onDone(): void;
  /** Takes a pasted text over; false leaves it to the editor. */
  onPaste(text: string): boolean;
}

export interface CodeView {
  /** Replaces the text when it differs, as one step of the editor's own history. */
  setText(text: string): void;
  setReadOnly(readOnly: boolean): void;
  /** Underlines the problems that have a place in the text. */
  show(problems: readonly Problem[]): void;
  /** Puts the keyboard at a place of the text. */
  goTo(start: number, end: number): void;
  destroy(): void;
}

export function createCodeView(parts: CodeViewParts): CodeView {
  const editable = new Compartment();
  let quiet = false;
  const view = new EditorView({
    parent: parts.parent,
    doc: parts.text,
    extensions: [
      nonceOf(parts.parent.ownerDocument),
      minimalSetup,
      equationLanguage,
      bracketMatching(),
      closeBrackets(),
      keymap.of(closeBracketsKeymap),
      autocompletion({ override: [(context) => complete(context, parts.suggestions())], icons: false }),
      placeholder(parts.placeholder),
      EditorView.lineWrapping,
      EditorView.contentAttributes.of({ 'aria-label': parts.label, spellcheck: 'false', autocapitalize: 'off' }),
      doneKeys(parts),
      editable.of(writable(parts.readOnly)),
      EditorView.domEventHandlers({
        blur: () => parts.onDone(),
        paste: (event) => takePaste(event, parts),
      }),
      EditorView.updateListener.of((update) => {
        if (update.docChanged && !quiet) parts.onChange(update.state.doc.toString());
      }),
    ],
  });
  return {
    setText(text) {
      if (view.state.doc.toString() === text) return;
      quiet = true;
      view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: text } });
      quiet = false;
    },
    setReadOnly: (readOnly) => view.dispatch({ effects: editable.reconfigure(writable(readOnly)) }),
    show: (problems) =>
      view.dispatch(
        setDiagnostics(
          view.state,
          problems.flatMap((found) => diagnostic(found, view.state)),
        ),
      ),
    goTo(start, end) {
      const { length } = view.state.doc;
      view.dispatch({
        selection: { anchor: Math.min(start, length), head: Math.min(end, length) },
        scrollIntoView: true,
      });
      view.focus();
    },
    destroy: () => view.destroy(),
  };
}

/** Styles that the editor makes carry the page's nonce. */
function nonceOf(document: Document): Extension {
  const meta = document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]');
  return meta === null ? [] : EditorView.cspNonce.of(meta.nonce === '' ? meta.content : meta.nonce);
}

function writable(readOnly: boolean): Extension {
  // A text that cannot be changed can still be read and copied with the keyboard.
  return [EditorState.readOnly.of(readOnly), EditorView.contentAttributes.of({ 'aria-readonly': String(readOnly) })];
}

function doneKeys({ single, onDone }: CodeViewParts): Extension {
  const done = (): boolean => {
    onDone();
    return true;
  };
  return Prec.high(keymap.of([{ key: 'Mod-Enter', run: done }, ...(single ? [{ key: 'Enter', run: done }] : [])]));
}

function takePaste(event: ClipboardEvent, parts: CodeViewParts): boolean {
  const text = event.clipboardData?.getData('text/plain') ?? '';
  if (parts.readOnly || !parts.onPaste(text)) return false;
  event.preventDefault();
  return true;
}

function diagnostic({ at, message, hint, severity }: Problem, state: EditorState): Diagnostic[] {
  if (at?.span === undefined) return [];
  const { length } = state.doc;
  const to = Math.min(Math.max(at.span.end, at.span.start + 1), length);
  // A problem at the end of the text marks its last character.
  const from = Math.min(at.span.start, Math.max(0, to - 1));
  return [{ from, to, severity, message: hint === undefined ? message : `${message} ${hint}` }];
}

function complete(context: CompletionContext, suggestions: readonly NameSuggestion[]): CompletionResult | null {
  const word = context.matchBefore(/[A-Za-z_]\w*/u);
  const from = word?.from ?? context.pos;
  const before = context.state.sliceDoc(Math.max(0, from - 1), from);
  // "5m" is a number glued to a name, not the beginning of one.
  const likely = word !== null && !/[\d.]/u.test(before);
  if (!likely && !context.explicit) return null;
  return {
    from,
    validFor: /^\w*$/u,
    options: suggestions.map((found) => ({
      label: found.name,
      detail: found.detail,
      type: found.sort,
      boost: suggestionBoost(found),
    })),
  };
}
