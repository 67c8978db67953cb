/** A choice among a few values: the platform's own list, dressed like the other fields. */
import type { Choice } from '../../engine/model/kind.ts';

/** A choice that may stand under a heading; those of one heading follow each other. */
export interface GroupedChoice extends Choice {
  readonly group?: string;
}

interface SelectProps {
  readonly label: string;
  readonly value: string;
  readonly choices: readonly GroupedChoice[];
  readonly mono?: boolean;
  readonly disabled?: boolean;
  readonly className?: string;
  onChange(value: string): void;
}

export function Select({ label, value, choices, mono = false, disabled = false, className, onChange }: SelectProps) {
  const known = choices.some((choice) => choice.value === value);
  return (
    <select
      aria-label={label}
      className={`select ${mono ? 'mono' : ''} ${className ?? ''}`}
      value={value}
      disabled={disabled}
      onChange={(event) => onChange(event.target.value)}
    >
      {!known && <option value={value}>{value}</option>}
      {headingsOf(choices).map((heading) => (
        <Options key={heading ?? ''} heading={heading} choices={choices.filter(({ group }) => group === heading)} />
      ))}
    </select>
  );
}

function headingsOf(choices: readonly GroupedChoice[]): readonly (string | undefined)[] {
  return [...new Set(choices.map(({ group }) => group))];
}

function Options({ heading, choices }: { readonly heading: string | undefined; readonly choices: readonly Choice[] }) {
  const options = choices.map(({ value, title }) => (
    <option key={value} value={value}>
      {title}
    </option>
  ));
  return heading === undefined ? options : <optgroup label={heading}>{options}</optgroup>;
}
