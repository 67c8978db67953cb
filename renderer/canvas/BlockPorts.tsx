/** Ports of a block: ● continuous, ◆ spikes. While a wire is dragged the ports it fits glow and the others fade. */
import { memo } from 'react';
import { Handle, Position, useConnection } from 'reactflow';
import type { ConnectionEnd, ElementRecord } from '../../engine/model/document.ts';
import type { KindDescriptor, SignalType } from '../../engine/model/kind.ts';
import { canConnect } from '../../engine/model/connections.ts';
import { portCentre } from './block-geometry.ts';
import { portsOf } from './canvas-nodes.ts';
import { useCanvasServices } from './canvas-services.ts';

interface BlockPortsProps {
  readonly element: ElementRecord;
  readonly kind: KindDescriptor | undefined;
}

export const BlockPorts = memo(function BlockPorts({ element, kind }: BlockPortsProps) {
  const services = useCanvasServices();
  const { inputs, outputs } = portsOf(kind, element, services.document.get());
  return (
    <>
      {inputs.map((name, index) => (
        <Port
          key={`in-${name}`}
          side="input"
          end={{ element: element.id, port: name }}
          kind={kind}
          top={portCentre(index, inputs.length)}
        />
      ))}
      {outputs.map((name, index) => (
        <Port
          key={`out-${name}`}
          side="output"
          end={{ element: element.id, port: name }}
          kind={kind}
          top={portCentre(index, outputs.length)}
        />
      ))}
    </>
  );
});

interface PortProps {
  readonly side: 'input' | 'output';
  readonly end: ConnectionEnd;
  readonly kind: KindDescriptor | undefined;
  readonly top: number;
}

function Port({ side, end, kind, top }: PortProps) {
  const fit = useFit(side, end);
  const { types, title } = describePort(side, end.port, kind);
  const sort = types.join(' or ');
  return (
    <Handle
      id={end.port}
      type={side === 'input' ? 'target' : 'source'}
      position={side === 'input' ? Position.Left : Position.Right}
      className="port"
      style={{ top }}
      isConnectable={kind !== undefined}
      data-shape={types.length > 1 ? 'either' : types[0]}
      data-fit={fit}
      data-side={side}
      title={`${title} (${end.port}): ${sort}`}
      role="img"
      aria-label={`${side} ${title}, ${sort}`}
    />
  );
}

interface PortWords {
  readonly types: readonly SignalType[];
  readonly title: string;
}

function describePort(side: 'input' | 'output', name: string, kind: KindDescriptor | undefined): PortWords {
  if (kind === undefined) return { types: ['continuous'], title: name };
  if (side === 'input') return kind.inputs.find((port) => port.name === name) ?? { types: ['continuous'], title: name };
  const port = kind.outputs.find((each) => each.name === name);
  return { types: [port?.type ?? 'continuous'], title: port?.title ?? name };
}

/** Whether the wire in hand fits here; undefined while there is none. A string, so that moving the pointer draws nothing again. */
function useFit(side: 'input' | 'output', end: ConnectionEnd): 'yes' | 'no' | 'source' | undefined {
  const { document, catalogue } = useCanvasServices();
  const held = useConnection((connection) =>
    connection.inProgress
      ? `${connection.fromHandle.type} ${connection.fromNode.id} ${connection.fromHandle.id ?? ''}`
      : '',
  );
  if (held === '') return undefined;
  const [type, element = '', port = ''] = held.split(' ');
  const other = { element, port };
  const heldSide = type === 'source' ? 'output' : 'input';
  if (heldSide === side) return other.element === end.element && other.port === end.port ? 'source' : 'no';
  const [from, to] = side === 'input' ? [other, end] : [end, other];
  return canConnect(document.get(), catalogue, from, to) === undefined ? 'yes' : 'no';
}
