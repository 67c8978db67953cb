/** Entry: what is being typed into a field, and why it was refused; committed by Enter or by leaving. */
import { useState } from 'react';
import type { Problem } from '../../engine/base/problem.ts';
import type { Result } from '../../engine/base/result.ts';

export interface EntryRequest<T> {
  /** What the field shows while nobody edits it. */
  readonly text: string;
  read(text: string): Result<T>;
  /** Takes the value; what it returns was refused. */
  commit(value: T): readonly Problem[];
}

export interface Entry {
  /** Undefined while nothing is typed. */
  readonly typed: string | undefined;
  readonly refusal: Problem | undefined;
  type(text: string): void;
  /** Commits the text, by default what is typed. A refused entry stays. */
  take(text?: string): void;
  forget(): void;
}

export function useEntry<T>({ text, read, commit }: EntryRequest<T>): Entry {
  const [typed, setTyped] = useState<string>();
  const [refusal, setRefusal] = useState<Problem>();
  const [answered, setAnswered] = useState(text);

  function settle(entry: string | undefined, found: Problem | undefined): void {
    setTyped(entry);
    setRefusal(found);
  }

  // The value changed elsewhere (undo, a slider): a refused entry no longer answers anything.
  if (answered !== text) {
    setAnswered(text);
    settle(undefined, undefined);
  }

  return {
    typed,
    refusal,
    type: setTyped,
    forget: () => settle(undefined, undefined),
    take(entry = typed) {
      if (entry === undefined || entry === text) return settle(undefined, undefined);
      const result = read(entry);
      const refused = result.ok ? commit(result.value)[0] : result.problems[0];
      settle(refused === undefined ? undefined : entry, refused);
    },
  };
}
