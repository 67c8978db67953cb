/** A number of a form with its unit: a wrong entry stays and says why. */
import { ok, type Result } from '../../engine/base/result.ts';
import type { ParameterSpec } from '../../engine/model/kind.ts';
import { fromSi, siNumber } from '../../engine/units/convert.ts';
import { EntryField } from '../inspector/EntryField.tsx';
import { readInteger, readQuantity } from '../inspector/quantity-entry.ts';

interface NumberArgumentProps {
  readonly spec: ParameterSpec;
  readonly value: number;
  give(value: number): void;
}

export function NumberArgument({ spec, value, give }: NumberArgumentProps) {
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
