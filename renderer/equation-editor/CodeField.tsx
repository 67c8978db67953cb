/** A field for a text in the equation language, with its problems underlined and said below it. */
import { useEffect, useEffectEvent, useId, useRef } from 'react';
import type { Problem } from '../../engine/base/problem.ts';
import { Button } from '../ui/Button.tsx';
import { createCodeView, type CodeView } from './code-view.ts';
import type { NameSuggestion } from './name-suggestions.ts';
import './equation-editor.css';

export interface CodeFieldProps {
  readonly name: string;
  readonly title: string;
  readonly note?: string;
  readonly placeholder: string;
  readonly text: string;
  readonly readOnly: boolean;
  readonly single?: boolean;
  readonly problems: readonly Problem[];
  readonly suggestions: readonly NameSuggestion[];
  onChange(text: string): void;
  onDone(): void;
  onPaste?(text: string): boolean;
}

export function CodeField(props: CodeFieldProps) {
  const { name, title, note, text, readOnly, problems } = props;
  const id = useId();
  const host = useRef<HTMLDivElement>(null);
  const view = useCodeView(props, host);
  return (
    <section
      className="code-field"
      data-field={name}
      data-wrong={problems.length > 0 || undefined}
      aria-labelledby={id}
    >
      <h3 id={id} className="code-title">
        {title}
        {note !== undefined && <small>{note}</small>}
      </h3>
      <div ref={host} className="code-host" data-single={props.single || undefined} />
      {problems.length > 0 && (
        <ul className="code-problems">
          {problems.map((found, index) => (
            <li key={index}>
              <ProblemText found={found} text={text} readOnly={readOnly} view={view} onReplace={props.onChange} />
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

/** The editor lives as long as the field; what it shows follows the props. */
function useCodeView(props: CodeFieldProps, host: React.RefObject<HTMLDivElement | null>) {
  const view = useRef<CodeView>(undefined);
  const onChange = useEffectEvent((text: string) => props.onChange(text));
  const onDone = useEffectEvent(() => props.onDone());
  const onPaste = useEffectEvent((text: string) => props.onPaste?.(text) ?? false);
  const suggestions = useEffectEvent(() => props.suggestions);
  const start = useEffectEvent((parent: HTMLElement) =>
    createCodeView({
      parent,
      text: props.text,
      label: props.title,
      placeholder: props.placeholder,
      readOnly: props.readOnly,
      single: props.single ?? false,
      suggestions: () => suggestions(),
      onChange: (text) => onChange(text),
      onDone: () => onDone(),
      onPaste: (text) => onPaste(text),
    }),
  );
  useEffect(() => {
    if (host.current === null) return;
    const made = start(host.current);
    view.current = made;
    return () => {
      view.current = undefined;
      made.destroy();
    };
  }, [host]);
  const { text, readOnly, problems } = props;
  useEffect(() => view.current?.setText(text), [text]);
  useEffect(() => view.current?.setReadOnly(readOnly), [readOnly]);
  useEffect(() => view.current?.show(problems), [problems, text]);
  return view;
}

interface ProblemTextProps {
  readonly found: Problem;
  readonly text: string;
  readonly readOnly: boolean;
  readonly view: React.RefObject<CodeView | undefined>;
  onReplace(text: string): void;
}

/** The sentence goes to the place; a hint that names the right word puts it there. */
function ProblemText({ found, text, readOnly, view, onReplace }: ProblemTextProps) {
  const span = found.at?.span;
  const offered = /^Did you mean "?([^"?]+)"?\?$/u.exec(found.hint ?? '')?.[1];
  return (
    <>
      {span === undefined ? (
        found.message
      ) : (
        <button type="button" className="code-problem" onClick={() => view.current?.goTo(span.start, span.end)}>
          {found.message}
        </button>
      )}{' '}
      {offered === undefined || span === undefined || readOnly ? (
        found.hint
      ) : (
        <Button
          look="link"
          className="entry-offer"
          onClick={() => onReplace(text.slice(0, span.start) + offered + text.slice(span.end))}
        >
          {found.hint}
        </Button>
      )}
    </>
  );
}
