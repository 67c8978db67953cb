/** Several elements: the parameters they share, changed in all of them at once. */
import { useMemo } from 'react';
import { kindOf, type KindDescriptor } from '../../engine/model/kind.ts';
import { findRecord } from '../../engine/model/records.ts';
import { useDocument, useServices } from '../stores/services.ts';
import { InspectorHead } from './InspectorHead.tsx';
import { ParameterForm } from './ParameterForm.tsx';
import { StateActions } from './StateActions.tsx';
import type { ParameterOwner } from './parameter-owner.ts';

export function SeveralInspector({ ids }: { readonly ids: readonly string[] }) {
  const { catalogue } = useServices();
  const elements = useDocument((state) => state.document.elements);
  const arrays = useDocument((state) => state.document.arrays);
  const readOnly = useDocument((state) => state.readOnly !== undefined);
  const form = useMemo((): ParameterOwner | undefined => {
    const records = ids.map((id) => findRecord(elements, id)).filter((record) => record !== undefined);
    const kind = sharedKind(records.map((record) => kindOf(catalogue, record)));
    if (kind === undefined) return undefined;
    return {
      owner: 'element',
      ids: records.map((record) => record.id),
      kind,
      parameters: records.map((record) => record.parameters),
      arrays,
      problems: [],
      readOnly,
    };
  }, [ids, elements, arrays, readOnly, catalogue]);
  return (
    <>
      <InspectorHead family={form?.kind.family} name={`${ids.length} blocks`}>
        {form === undefined
          ? 'Of kinds that share no parameters.'
          : 'A value that you change here changes in all of them.'}
      </InspectorHead>
      <div className="inspector-scroll">
        {form !== undefined && <ParameterForm form={form} />}
        <StateActions of="blocks" />
      </div>
    </>
  );
}

/** The first kind with only those parameters that all of them have alike; matrices and series stay their own. */
function sharedKind(kinds: readonly (KindDescriptor | undefined)[]): KindDescriptor | undefined {
  const [first, ...others] = kinds;
  if (first === undefined || others.includes(undefined)) return undefined;
  const parameters = first.parameters.filter(
    (spec) =>
      spec.type !== 'matrix' &&
      spec.type !== 'series' &&
      others.every(
        (kind) =>
          kind?.parameters.some(
            (other) => other.name === spec.name && other.type === spec.type && other.unit === spec.unit,
          ) === true,
      ),
  );
  return parameters.length === 0 ? undefined : { ...first, parameters };
}
