/** A choice, with the reason when the one that is made cannot be used, and a button for one that can. */
import type { Problem } from '../../engine/base/problem.ts';
import type { Choice } from '../../engine/model/kind.ts';
import { Button } from '../ui/Button.tsx';
import { Select } from '../ui/Select.tsx';

interface ChoiceControlProps {
  readonly label: string;
  readonly value: string;
  readonly choices: readonly Choice[];
  readonly disabled: boolean;
  readonly problem: Problem | undefined;
  onChange(value: string): void;
}

export function ChoiceControl({ label, value, choices, disabled, problem, onChange }: ChoiceControlProps) {
  const offered = problem === undefined ? undefined : offeredChoice(problem, choices, value);
  return (
    <>
      <Select label={label} value={value} choices={choices} disabled={disabled} onChange={onChange} />
      {problem !== undefined && (
        <p className="entry-reason" role="alert">
          {problem.message}{' '}
          {offered === undefined || disabled ? (
            problem.hint
          ) : (
            <Button look="link" className="entry-offer" onClick={() => onChange(offered.value)}>
              Use {offered.title}
            </Button>
          )}
        </p>
      )}
    </>
  );
}

/** The choice that a hint such as "Use exponential-euler." names; undefined when it names none. */
export function offeredChoice({ hint }: Problem, choices: readonly Choice[], present: string): Choice | undefined {
  const wanted = /^Use (.+?)\.$/u.exec(hint ?? '')?.[1]?.toLowerCase();
  if (wanted === undefined) return undefined;
  const plain = (title: string): string => title.replace(/ \(.*\)$/u, '').toLowerCase();
  const others = choices.filter(({ value }) => value !== present);
  const named = (words: string): Choice | undefined =>
    others.find(({ value, title }) => words === value || words === plain(title));
  return wanted
    .split(/, | or /u)
    .map(named)
    .find((found) => found !== undefined);
}
