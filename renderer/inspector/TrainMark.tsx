/** The mark of a parameter that training may change; there only where the parameter can be trained. */
import type { ParameterSpec } from '../../engine/model/kind.ts';
import { findRecord } from '../../engine/model/records.ts';
import { untrainableReason } from '../../engine/model/trainable.ts';
import { setTrained } from '../commands/training-gestures.ts';
import { useDocument, useServices } from '../stores/services.ts';
import type { ParameterOwner } from './parameter-owner.ts';

interface TrainMarkProps {
  readonly form: ParameterOwner;
  readonly spec: ParameterSpec;
}

export function TrainMark({ form, spec }: TrainMarkProps) {
  const services = useServices();
  const { ids, kind, owner, readOnly } = form;
  const trained = useDocument(({ document }) =>
    ids.every((id) => findRecord(document.elements, id)?.trainable?.includes(spec.name) === true),
  );
  if (owner !== 'element') return null;
  if (!trained && untrainableReason(kind, spec) !== undefined) return null;
  return (
    <button
      type="button"
      className="train-mark"
      aria-pressed={trained}
      aria-label={`Train ${spec.title}`}
      disabled={readOnly}
      onClick={() => setTrained(services, ids, spec.name, !trained)}
    >
      {trained ? 'trained' : 'train'}
    </button>
  );
}
