/** One argument of a generator in a form: its title and what its kind of value is entered with. */
import { ok, type Result } from '../../engine/base/result.ts';
import type { ParameterSpec } from '../../engine/model/kind.ts';
import { Select } from '../ui/Select.tsx';
import { Switch } from '../ui/Switch.tsx';
import { EntryField } from './EntryField.tsx';
import { readInteger, readQuantity } from './quantity-entry.ts';

interface ArgumentRowProps {
  readonly spec: ParameterSpec;
  readonly value: number | boolean | string | null;
  set(name: string, value: number | boolean | string): void;
}

export function ArgumentRow({ spec, value, set }: ArgumentRowProps) {
  return (
    <div className="generate-row" data-argument={spec.name}>
      <span>{spec.title}</span>
      <Field spec={spec} value={value} set={set} />
    </div>
  );
}

function Field({ spec, value, set }: ArgumentRowProps) {
  const label = spec.title;
  if (spec.type === 'boolean')
    return <Switch label={label} checked={value === true} onChange={(next) => set(spec.name, next)} />;
  if (spec.type === 'choice')
    return (
      <Select
        label={label}
        value={String(value)}
        choices={spec.choices ?? []}
        onChange={(next) => set(spec.name, next)}
      />
    );
  if (spec.type === 'text')
    return (
      <EntryField<string>
        label={label}
        text={String(value)}
        read={(text) => ok(text.trim().slice(0, 200))}
        commit={(next) => {
          set(spec.name, next.replaceAll(',', ' '));
          return [];
        }}
      />
    );
  return (
    <EntryField<number>
      label={label}
      text={String(value)}
      read={(text) => readNumber(text, spec)}
      commit={(next) => {
        set(spec.name, next);
        return [];
      }}
    />
  );
}

function readNumber(text: string, spec: ParameterSpec): Result<number> {
  if (spec.type === 'integer') return readInteger(text, spec);
  const read = readQuantity(text, spec, '1');
  return read.ok ? ok(read.value.value) : read;
}
