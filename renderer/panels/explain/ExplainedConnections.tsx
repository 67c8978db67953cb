/** The connections of an explanation: the way each is carried, why, what it takes, and a choice of another way. */
import type { Explanation } from '../../../engine/build/explanation.ts';
import { connectionKindOf } from '../../../engine/model/connection-kind.ts';
import type { ConnectionRecord } from '../../../engine/model/document.ts';
import { textOf } from '../../../engine/model/kind.ts';
import { connectionName } from '../../../engine/model/names.ts';
import { setParameter } from '../../commands/parameter-gestures.ts';
import { useDocument, useServices } from '../../stores/services.ts';
import { Select } from '../../ui/Select.tsx';
import { count } from '../figures.ts';
import { bytesText, carriedBy, wayTitle, type CarriedConnection } from './explain-words.ts';

export function ExplainedConnections({
  explanation,
  first,
}: {
  readonly explanation: Explanation;
  readonly first: string | undefined;
}) {
  const connections = useDocument((state) => state.document.connections);
  const records = Object.values(connections);
  if (records.length === 0) return <p className="explain-none">No block is connected to another yet.</p>;
  return (
    <div className="explain-parts" tabIndex={0} role="group" aria-label="Connections of the network">
      <table className="explain-table explain-connections">
        <thead>
          <tr>
            <th scope="col">Connection</th>
            <th scope="col">Way</th>
            <th scope="col">Why</th>
            <th scope="col" className="explain-number">
              Synapses
            </th>
            <th scope="col" className="explain-number">
              Bytes each
            </th>
            <th scope="col">Override</th>
          </tr>
        </thead>
        <tbody>
          {records.map((record) => (
            <ConnectionRow
              key={record.id}
              record={record}
              carried={carriedBy(explanation, record.id)}
              shown={record.id === first}
            />
          ))}
        </tbody>
      </table>
    </div>
  );
}

interface ConnectionRowProps {
  readonly record: ConnectionRecord;
  readonly carried: CarriedConnection;
  readonly shown: boolean;
}

function ConnectionRow({ record, carried, shown }: ConnectionRowProps) {
  const document = useDocument((state) => state.document);
  const { synapses, bytes, bytesPerSynapse } = carried;
  return (
    <tr data-shown={shown || undefined}>
      <th scope="row">{connectionName(document, record)}</th>
      <td>{carried.way}</td>
      <td>{carried.why}</td>
      <td className="explain-number mono">{synapses === undefined ? '–' : count(synapses)}</td>
      <td className="explain-number mono">
        {bytesPerSynapse === undefined ? '–' : bytesPerSynapse.toFixed(1)}
        {bytes > 0 && <small>{bytesText(bytes)}</small>}
      </td>
      <td>
        <KernelChoice record={record} />
      </td>
    </tr>
  );
}

/** The parameter of the connection that overrides the choice; the panel follows when the network is built anew. */
function KernelChoice({ record }: { readonly record: ConnectionRecord }) {
  const services = useServices();
  const elements = useDocument((state) => state.document.elements);
  const readOnly = useDocument((state) => state.readOnly !== undefined);
  const kind = connectionKindOf(services.catalogue, elements, record);
  const spec = kind?.parameters.find(({ name }) => name === 'kernel');
  if (kind === undefined || spec?.choices === undefined) return <>–</>;
  return (
    <Select
      label={`Way of ${connectionName({ elements }, record)}`}
      value={textOf(kind, record.parameters, 'kernel')}
      choices={spec.choices.map((choice) => ({ ...choice, title: wayTitle(choice.value) ?? choice.title }))}
      disabled={readOnly}
      onChange={(value) => {
        setParameter(services, 'connection', [record.id], 'kernel', value === spec.default ? undefined : value);
      }}
    />
  );
}
