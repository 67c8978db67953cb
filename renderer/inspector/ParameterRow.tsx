/** One parameter: symbol and name, its control, the reset mark, and the description while it has the focus. */
import { memo } from 'react';
import type { ParameterSpec } from '../../engine/model/kind.ts';
import { setParameter } from '../commands/parameter-gestures.ts';
import { useServices } from '../stores/services.ts';
import { IconButton } from '../ui/Button.tsx';
import { Switch } from '../ui/Switch.tsx';
import { ArrayControl } from './ArrayControl.tsx';
import { ChoiceControl } from './ChoiceControl.tsx';
import { shownParameter, type ParameterOwner, type ShownParameter } from './parameter-owner.ts';
import { IntegerControl, QuantityControl } from './QuantityControl.tsx';
import { TextControl } from './TextControl.tsx';
import { TrainMark } from './TrainMark.tsx';

interface ParameterRowProps {
  readonly form: ParameterOwner;
  readonly spec: ParameterSpec;
}

export const ParameterRow = memo(function ParameterRow({ form, spec }: ParameterRowProps) {
  const services = useServices();
  const shown = shownParameter(form, spec);
  const wide = spec.type === 'matrix' || spec.type === 'series' || spec.type === 'text';
  return (
    <div className="parameter" data-wide={wide || undefined} data-parameter={spec.name}>
      <div className="parameter-name">
        <span className="mono">{spec.name}</span> {spec.title === spec.name ? null : spec.title}
        <TrainMark form={form} spec={spec} />
      </div>
      <div className="parameter-control">
        <Control form={form} spec={spec} shown={shown} />
      </div>
      {shown.set && !form.readOnly && (
        <IconButton
          icon="reset"
          iconSize={11}
          className="parameter-reset"
          look="quiet"
          label={`Reset ${spec.title} to the default`}
          onClick={() => setParameter(services, form.owner, form.ids, spec.name, undefined)}
        />
      )}
      <p className="parameter-description">{spec.description}</p>
    </div>
  );
});

function Control({ form, spec, shown }: ParameterRowProps & { readonly shown: ShownParameter }) {
  switch (spec.type) {
    case 'quantity':
      return <QuantityControl form={form} spec={spec} shown={shown} />;
    case 'integer':
      return <IntegerControl form={form} spec={spec} shown={shown} />;
    case 'matrix':
    case 'series':
      return <ArrayControl form={form} spec={spec} shown={shown} />;
    case 'boolean':
    case 'choice':
    case 'text':
      return <PlainControl form={form} spec={spec} shown={shown} />;
  }
}

function PlainControl({ form, spec, shown }: ParameterRowProps & { readonly shown: ShownParameter }) {
  const services = useServices();
  const value = shown.several ? undefined : (shown.value ?? spec.default);
  const label = `${spec.name} ${spec.title}`;
  const set = (next: string | boolean) => setParameter(services, form.owner, form.ids, spec.name, next);
  if (spec.type === 'boolean')
    return <Switch label={label} checked={value === true} disabled={form.readOnly} onChange={set} />;
  if (spec.type === 'choice')
    return (
      <ChoiceControl
        label={label}
        value={typeof value === 'string' ? value : ''}
        choices={spec.choices ?? []}
        disabled={form.readOnly}
        problem={shown.problem}
        onChange={set}
      />
    );
  return <TextControl form={form} spec={spec} shown={shown} text={typeof value === 'string' ? value : ''} set={set} />;
}
