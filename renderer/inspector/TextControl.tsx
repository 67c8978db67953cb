/** A text parameter: one line, or several in the editor of equations. */
import { useState } from 'react';
import type { Problem } from '../../engine/base/problem.ts';
import type { ParameterSpec } from '../../engine/model/kind.ts';
import { CodeField } from '../equation-editor/lazy.tsx';
import type { ParameterOwner, ShownParameter } from './parameter-owner.ts';

interface TextControlProps {
  readonly form: ParameterOwner;
  readonly spec: ParameterSpec;
  readonly shown: ShownParameter;
  readonly text: string;
  set(text: string): readonly Problem[];
}

/** What is typed becomes an edit when the field is left. */
export function TextControl({ form, spec, shown, text, set }: TextControlProps) {
  const [typed, setTyped] = useState<string>();
  const [answered, setAnswered] = useState(text);
  // The value changed elsewhere: what was typed no longer answers it.
  if (answered !== text) {
    setAnswered(text);
    setTyped(undefined);
  }
  const done = (): void => {
    if (typed !== undefined && typed !== text) set(typed);
    setTyped(undefined);
  };
  return (
    <CodeField
      name={spec.name}
      title={spec.title}
      placeholder={spec.description}
      text={typed ?? text}
      readOnly={form.readOnly || shown.several}
      problems={typed === undefined && shown.problem !== undefined ? [shown.problem] : none}
      suggestions={none}
      onChange={setTyped}
      onDone={done}
    />
  );
}

const none: readonly never[] = [];
