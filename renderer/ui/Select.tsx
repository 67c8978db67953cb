/** A choice among a few values: the platform's own list, dressed like the other fields. */
import type { Choice } from '../../engine/model/kind.ts';

interface SelectProps {
  readonly label: string;
  readonly value: string;
  readonly choices: readonly Choice[];
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
      {choices.map((choice) => (
        <option key={choice.value} value={choice.value}>
          {choice.title}
        </option>
      ))}
    </select>
  );
}
