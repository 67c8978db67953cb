/** The field of a quantity or whole number, with a slider under it where the kind tells a range. */
import { useId, useState } from 'react';
import type { ParameterSpec } from '../../engine/model/kind.ts';
import type { ParameterValue } from '../../engine/model/value.ts';
import { setParameter } from '../commands/parameter-gestures.ts';
import { useServices } from '../stores/services.ts';
import { Slider } from '../ui/Slider.tsx';
import { EntryField } from './EntryField.tsx';
import type { ParameterOwner, ShownParameter } from './parameter-owner.ts';
import {
  defaultValue,
  inOwnUnit,
  isQuantity,
  quantityFromSlider,
  rangeAround,
  readInteger,
  sliderRange,
  unitOfField,
} from './quantity-entry.ts';
import { readValue, valueText } from './value-entry.ts';

interface ControlProps {
  readonly form: ParameterOwner;
  readonly spec: ParameterSpec;
  readonly shown: ShownParameter;
}

export function QuantityControl({ form, spec, shown }: ControlProps) {
  const services = useServices();
  const value = shown.value ?? defaultValue(spec);
  const unit = unitOfField(spec, value);
  const commit = (next: ParameterValue) => setParameter(services, form.owner, form.ids, spec.name, next);
  const bareUnit = unit === '1' ? '–' : unit;
  return (
    <>
      <EntryField<ParameterValue>
        label={`${spec.name} ${spec.title}`}
        text={shown.several ? '' : isQuantity(value) ? String(value.value) : valueText(value, form.arrays)}
        {...(isQuantity(value) ? { suffix: bareUnit } : {})}
        placeholder={shown.several ? 'several' : ''}
        disabled={form.readOnly}
        known={shown.problem}
        read={(text) => readValue(text, spec, unit, services.catalogue)}
        commit={commit}
      />
      {isQuantity(value) && !shown.several && !form.readOnly && (
        <RangeSlider
          form={form}
          spec={spec}
          number={inOwnUnit(value, spec)}
          open
          toValue={(moved) => quantityFromSlider(moved, spec, unit)}
        />
      )}
    </>
  );
}

export function IntegerControl({ form, spec, shown }: ControlProps) {
  const services = useServices();
  const value = shown.value ?? spec.default;
  return (
    <>
      <EntryField<number>
        label={`${spec.name} ${spec.title}`}
        text={shown.several ? '' : String(value ?? '')}
        placeholder={shown.several ? 'several' : ''}
        disabled={form.readOnly}
        known={shown.problem}
        read={(text) => readInteger(text, spec)}
        commit={(next) => setParameter(services, form.owner, form.ids, spec.name, next)}
      />
      {typeof value === 'number' && !shown.several && !form.readOnly && (
        <RangeSlider form={form} spec={spec} number={value} toValue={Math.round} />
      )}
    </>
  );
}

interface RangeSliderProps {
  readonly form: ParameterOwner;
  readonly spec: ParameterSpec;
  /** In the parameter's own unit. */
  readonly number: number | undefined;
  /** Where the kind tells no range, it goes around the number while the field is in use. */
  readonly open?: boolean;
  toValue(moved: number): ParameterValue;
}

/** Each movement is one step of the history. */
function RangeSlider({ form, spec, number, open = false, toValue }: RangeSliderProps) {
  const services = useServices();
  const id = useId();
  const [movement, setMovement] = useState(0);
  const own = sliderRange(spec);
  const [held, setHeld] = useState<typeof own>(undefined);
  const range = own ?? held ?? (open && number !== undefined ? rangeAround(number, spec) : undefined);
  if (range === undefined || number === undefined) return null;
  return (
    <div className="parameter-slider" data-open={own === undefined || undefined}>
      <Slider
        label={`${spec.title} slider`}
        value={Math.min(Math.max(number, range.minimum), range.maximum)}
        minimum={range.minimum}
        maximum={range.maximum}
        step={range.step}
        reachable={own !== undefined}
        valueText={valueText(toValue(number), form.arrays)}
        onMove={(moved) => {
          setHeld(range);
          setParameter(services, form.owner, form.ids, spec.name, toValue(moved), { gesture: `${id} ${movement}` });
        }}
        onCommit={() => {
          setHeld(undefined);
          setMovement(movement + 1);
        }}
      />
    </div>
  );
}
