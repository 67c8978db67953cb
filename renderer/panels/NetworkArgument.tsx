/** One argument of a network in a form: a number with its unit, or numbers that are typed, pasted or taken from the project. */
import { useId } from 'react';
import type { GivenNumbers } from '../../engine/library/networks/number-rows.ts';
import type { ParameterSpec } from '../../engine/model/kind.ts';
import type { NamedMatrix } from '../inspector/named-matrices.ts';
import { Select } from '../ui/Select.tsx';
import { NumberArgument } from './NumberArgument.tsx';

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
          <NumberArgument spec={spec} value={value} give={give} />
        ) : (
          <NumbersField spec={spec} value={value} others={others} give={give} describedBy={id} />
        )}
      </div>
    </div>
  );
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
