/** One argument of a network in a form: a number with its unit, or numbers that are typed, pasted or taken from the project. */
import { useId } from 'react';
import { ok, type Result } from '../../engine/base/result.ts';
import type { GivenNumbers } from '../../engine/library/networks/number-rows.ts';
import type { ParameterSpec } from '../../engine/model/kind.ts';
import { fromSi, siNumber } from '../../engine/units/convert.ts';
import { EntryField } from '../inspector/EntryField.tsx';
import type { NamedMatrix } from '../inspector/named-matrices.ts';
import { readInteger, readQuantity } from '../inspector/quantity-entry.ts';
import { Select } from '../ui/Select.tsx';

interface NetworkArgumentProps {
  readonly spec: ParameterSpec;
  readonly value: number | GivenNumbers;
  /** Matrices of the project. */
  readonly others: readonly NamedMatrix[];
  give(value: number | GivenNumbers): void;
}

export function NetworkArgument({ spec, value, others, give }: NetworkArgumentProps) {
  const id = useId();
  return (
    <div className="network-argument" data-argument={spec.name}>
      <span>
        <span className="mono">{spec.name}</span> {spec.title}
        <small id={id}>{spec.description}</small>
      </span>
      <div>
        {typeof value === 'number' ? (
          <NumberField spec={spec} value={value} give={give} />
        ) : (
          <NumbersField spec={spec} value={value} others={others} give={give} describedBy={id} />
        )}
      </div>
    </div>
  );
}

interface NumberFieldProps {
  readonly spec: ParameterSpec;
  readonly value: number;
  give(value: number): void;
}

function NumberField({ spec, value, give }: NumberFieldProps) {
  const { unit = '1' } = spec;
  return (
    <EntryField<number>
      label={spec.title}
      text={String(value)}
      {...(unit === '1' ? {} : { suffix: unit })}
      read={(text) => readNumber(text, spec, unit)}
      commit={(next) => {
        give(next);
        return [];
      }}
    />
  );
}

/** In the unit of the argument. */
function readNumber(text: string, spec: ParameterSpec, unit: string): Result<number> {
  if (spec.type === 'integer') return readInteger(text, spec);
  const read = readQuantity(text, spec, unit);
  if (!read.ok) return read;
  const { value } = read;
  return ok(value.unit === unit ? value.value : fromSi(siNumber(value.value, value.unit), unit));
}

interface NumbersFieldProps {
  readonly spec: ParameterSpec;
  readonly value: GivenNumbers;
  readonly others: readonly NamedMatrix[];
  readonly describedBy: string;
  give(value: GivenNumbers): void;
}

const typed = 'typed';

function NumbersField({ spec, value, others, describedBy, give }: NumbersFieldProps) {
  const text = typeof value === 'string' ? value : undefined;
  const taken = others.find(({ matrix }) => matrix === value)?.id ?? typed;
  const label = spec.unit === undefined || spec.unit === '1' ? spec.title : `${spec.title} in ${spec.unit}`;
  return (
    <>
      {others.length > 0 && (
        <Select
          label={`Where ${spec.name} comes from`}
          value={taken}
          choices={[
            { value: typed, title: 'Typed here' },
            ...others.map(({ id, name }) => ({ value: id, title: name })),
          ]}
          onChange={(id) => give(others.find((each) => each.id === id)?.matrix ?? '')}
        />
      )}
      {text !== undefined && (
        <textarea
          className="network-numbers mono"
          aria-label={label}
          aria-describedby={describedBy}
          spellCheck={false}
          value={text}
          rows={Math.min(8, text.split('\n').length)}
          onChange={(event) => give(event.currentTarget.value)}
        />
      )}
      {spec.unit !== undefined && spec.unit !== '1' && <small>in {spec.unit}</small>}
    </>
  );
}
