/** What leads to and from an element; pressing one selects it. */
import type { ConnectionRecord, ElementRecord } from '../../engine/model/document.ts';
import { elementName } from '../../engine/model/names.ts';
import { findRecord } from '../../engine/model/records.ts';
import type { KindDescriptor } from '../../engine/model/kind.ts';
import { useDocument, useServices } from '../stores/services.ts';

export function ConnectionsTab({ element, kind }: { readonly element: ElementRecord; readonly kind: KindDescriptor }) {
  const connections = useDocument((state) => state.document.connections);
  const all = Object.values(connections);
  return (
    <div className="inspector-text">
      {kind.inputs.map((port) => (
        <PortSection
          key={`in ${port.name}`}
          title={`${port.name} · ${port.title}`}
          types={port.types.join(' or ')}
          empty={port.required === true ? 'Needs a connection' : 'Nothing arrives here'}
          connections={all.filter(({ to }) => to.element === element.id && to.port === port.name)}
          side="from"
        />
      ))}
      {kind.outputs.map((port) => (
        <PortSection
          key={`out ${port.name}`}
          title={`${port.name} · ${port.title}`}
          types={port.type}
          empty="Goes nowhere yet"
          connections={all.filter(({ from }) => from.element === element.id && from.port === port.name)}
          side="to"
        />
      ))}
    </div>
  );
}

interface PortSectionProps {
  readonly title: string;
  readonly types: string;
  readonly empty: string;
  readonly connections: readonly ConnectionRecord[];
  /** Which end is the other element. */
  readonly side: 'from' | 'to';
}

function PortSection({ title, types, empty, connections, side }: PortSectionProps) {
  const { catalogue, selection } = useServices();
  const elements = useDocument((state) => state.document.elements);
  return (
    <section>
      <h3 className="parameter-group">
        {side === 'from' ? 'In' : 'Out'}: {title}
        <small>{types}</small>
      </h3>
      {connections.length === 0 && <p className="inspector-quiet">{empty}</p>}
      {connections.map((connection) => (
        <button
          key={connection.id}
          type="button"
          className="connection-row"
          onClick={() => selection.getState().revealOne(connection.id, 'connection')}
        >
          <span>
            {side === 'from' ? '← ' : '→ '}
            {elementName(findRecord(elements, connection[side].element))} · {connection[side].port}
          </span>
          <small>{catalogue.find(connection.kind)?.title ?? connection.kind}</small>
        </button>
      ))}
    </section>
  );
}
