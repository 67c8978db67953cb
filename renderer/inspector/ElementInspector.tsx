/** One element: its parameters, equations, connections and help. */
import { useMemo } from 'react';
import type { Problem } from '../../engine/base/problem.ts';
import type { ElementRecord } from '../../engine/model/document.ts';
import { kindOf, type KindDescriptor } from '../../engine/model/kind.ts';
import { checkFields } from '../equation-editor/check-fields.ts';
import { hasOwnEquations, textsOf, withoutTexts } from '../equation-editor/population-fields.ts';
import { renameElement } from '../commands/element-gestures.ts';
import { useDocument, useProblems, useServices, useSession } from '../stores/services.ts';
import { Tabs } from '../ui/Tabs.tsx';
import { ConnectionsTab } from './ConnectionsTab.tsx';
import { EquationsTab } from './EquationsTab.tsx';
import { HelpTab } from './HelpTab.tsx';
import { InspectorHead } from './InspectorHead.tsx';
import { LayerMeasures } from './LayerMeasures.tsx';
import { KindActions } from './KindActions.tsx';
import { OwnStepRow } from './OwnStepRow.tsx';
import { ParameterForm } from './ParameterForm.tsx';
import { PlaceProblems } from './PlaceProblems.tsx';
import type { ParameterOwner } from './parameter-owner.ts';
import { StateActions } from './StateActions.tsx';
import { ProblemsElsewhere } from './ProblemsElsewhere.tsx';
import { markedTabs } from './tab-problems.ts';

const tabs = [
  { id: 'parameters', title: 'Parameters' },
  { id: 'equations', title: 'Equations' },
  { id: 'connections', title: 'Connections' },
  { id: 'help', title: 'Help' },
] as const;

const none: readonly Problem[] = [];

export function ElementInspector({ element }: { readonly element: ElementRecord }) {
  const services = useServices();
  const kind = kindOf(services.catalogue, element);
  const tab = useSession((state) => state.inspectorTab);
  const readOnly = useDocument((state) => state.readOnly !== undefined);
  const told = useProblems((state) => state.byElement.get(element.id)) ?? none;
  const problems = useMemo(() => withTextProblems(element, kind, told), [element, kind, told]);
  return (
    <>
      <InspectorHead
        family={kind?.family}
        name={element.name}
        readOnly={readOnly}
        rename={(name) => renameElement(services, element.id, name)}
      >
        {kind === undefined ? `Unknown kind ${element.kind}. It is kept untouched.` : `${kind.title}. ${kind.summary}`}
      </InspectorHead>
      {kind !== undefined && (
        <Tabs
          label="Inspector"
          tabs={markedTabs(tabs, problems)}
          value={tab}
          onChange={(inspectorTab) => services.session.getState().change({ inspectorTab })}
        >
          <PlaceProblems problems={problems} />
          <ProblemsElsewhere tab={tab} problems={problems} />
          {tab === 'parameters' && <ElementParameters element={element} kind={kind} problems={problems} />}
          {tab === 'equations' && <EquationsTab element={element} kind={kind} />}
          {tab === 'connections' && <ConnectionsTab element={element} kind={kind} />}
          {tab === 'help' && <HelpTab kind={kind} />}
        </Tabs>
      )}
    </>
  );
}

/** The texts are checked here too: the engine does not look at them while a wire has lost its port. */
function withTextProblems(
  element: ElementRecord,
  kind: KindDescriptor | undefined,
  told: readonly Problem[],
): readonly Problem[] {
  if (kind === undefined || !hasOwnEquations(kind)) return told;
  const known = new Set(told.map(({ message }) => message));
  const found = [...checkFields(textsOf(kind, element.parameters)).problems].flatMap(([name, problems]) =>
    problems.map((each) => ({ ...each, at: { ...each.at, element: element.id, path: `parameters.${name}` } })),
  );
  const more = found.filter(({ message }) => !known.has(message));
  return more.length === 0 ? told : [...told, ...more];
}

function ElementParameters({
  element,
  kind,
  problems,
}: {
  readonly element: ElementRecord;
  readonly kind: KindDescriptor;
  readonly problems: readonly Problem[];
}) {
  const arrays = useDocument((state) => state.document.arrays);
  const readOnly = useDocument((state) => state.readOnly !== undefined);
  const form = useMemo(
    (): ParameterOwner => ({
      owner: 'element',
      ids: [element.id],
      kind: hasOwnEquations(kind) ? withoutTexts(kind) : kind,
      parameters: [element.parameters],
      arrays,
      problems,
      readOnly,
    }),
    [element.id, kind, element.parameters, arrays, problems, readOnly],
  );
  return (
    <>
      <ParameterForm form={form} />
      <OwnStepRow element={element} problems={problems} />
      <StateActions of="blocks" />
      <LayerMeasures element={element} />
      <KindActions kind={kind.id} />
    </>
  );
}
