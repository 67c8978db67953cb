/** One connection: its connector and the parameters of that. */
import { connectionKindOf } from '../../engine/model/connection-kind.ts';
import { useMemo } from 'react';
import type { Problem } from '../../engine/base/problem.ts';
import { wireKind } from '../../engine/model/connections.ts';
import type { ConnectionRecord } from '../../engine/model/document.ts';
import { connectionName } from '../../engine/model/names.ts';
import { removePicked } from '../commands/element-gestures.ts';
import { setConnector } from '../commands/parameter-gestures.ts';
import { useDocument, useProblems, useServices } from '../stores/services.ts';
import { Button } from '../ui/Button.tsx';
import { Select } from '../ui/Select.tsx';
import { ExplainButton } from './ExplainButton.tsx';
import { InspectorHead } from './InspectorHead.tsx';
import { ParameterForm } from './ParameterForm.tsx';
import { PlaceProblems } from './PlaceProblems.tsx';
import type { ParameterOwner } from './parameter-owner.ts';

const none: readonly Problem[] = [];

export function ConnectionInspector({ connection }: { readonly connection: ConnectionRecord }) {
  const services = useServices();
  const document = useDocument((state) => state.document);
  const readOnly = useDocument((state) => state.readOnly !== undefined);
  const problems = useProblems((state) => state.byElement.get(connection.id)) ?? none;
  const kind = connectionKindOf(services.catalogue, document.elements, connection);
  const { arrays } = document;
  const form = useMemo(
    (): ParameterOwner | undefined =>
      kind && {
        owner: 'connection',
        ids: [connection.id],
        kind,
        parameters: [connection.parameters],
        arrays,
        problems,
        readOnly,
      },
    [connection, kind, arrays, problems, readOnly],
  );
  const connectors = services.catalogue.entries.filter(
    (entry) => entry.family === 'connectors' && entry.id !== wireKind,
  );
  return (
    <>
      <InspectorHead family="connectors" name={connectionName(document, connection)}>
        {connection.from.port} → {connection.to.port}. {kind?.summary}
      </InspectorHead>
      <div className="inspector-scroll">
        <PlaceProblems problems={problems} />
        {connection.kind !== wireKind && (
          <div className="parameter inspector-connector">
            <div className="parameter-name">Connector</div>
            <div className="parameter-control">
              <Select
                label="Connector"
                value={connection.kind}
                choices={connectors.map((entry) => ({ value: entry.id, title: entry.title }))}
                disabled={readOnly}
                onChange={(next) => setConnector(services, connection.id, next)}
              />
            </div>
          </div>
        )}
        {form !== undefined && <ParameterForm form={form} />}
        <div className="inspector-actions">
          {!readOnly && (
            <Button
              icon="delete"
              onClick={() => removePicked(services, { elements: [], connections: [connection.id] })}
            >
              Remove connection
            </Button>
          )}
          <ExplainButton part={connection.id} />
        </div>
      </div>
    </>
  );
}
