/** Random models for checkpoints: any kind of the library, fed and connected to itself, with random settings. */
import { defined } from '../base/assert.ts';
import type { ConnectionRecord, SpikeloomDocument } from '../model/document.ts';
import type { ParameterValue } from '../model/value.ts';
import { connectorDocument, elementDocument } from './library-models.test-support.ts';
import { connectorKinds, elementKinds } from './library.ts';

/** A whole number from 0 to `below` − 1. */
export type Draw = (below: number) => number;

/** A model of the kind with this number (all kinds in turn), in a random setting. */
export function randomModel(number: number, draw: Draw): SpikeloomDocument {
  const kinds = [...elementKinds.entries.map(({ id }) => id), ...connectorKinds.entries.map(({ id }) => id)];
  const id = kinds[number % kinds.length] as string;
  const seed = draw(1e6);
  const connector = connectorKinds.entries.find((kind) => kind.id === id);
  if (connector !== undefined) {
    return connectorDocument(connector, [12, 12], delayOf(connector.parameters, draw), seed);
  }
  const kind = defined(
    elementKinds.entries.find((each) => each.id === id),
    id,
  );
  return withRecurrence(elementDocument(kind, { everyPort: draw(4) > 0, seed }), draw);
}

function delayOf(parameters: readonly { readonly name: string }[], draw: Draw): Record<string, ParameterValue> {
  const delay = { delay: { value: 1 + draw(9), unit: 'ms' } };
  return parameters.some(({ name }) => name === 'delay') && draw(3) > 0 ? delay : {};
}

/** Spikes of the subject come back to it, with a delay, where its kind lets them. */
function withRecurrence(document: SpikeloomDocument, draw: Draw): SpikeloomDocument {
  const kind = elementKinds.entries.find(({ id }) => id === document.elements['subject']?.kind);
  const port = kind?.inputs.find(({ types, accepts }) => types[0] === 'spikes' && accepts !== 'channels');
  const spikes = kind?.outputs.find(({ type }) => type === 'spikes');
  if (port === undefined || spikes === undefined || draw(2) === 0) return document;
  const back: ConnectionRecord = {
    id: 'back',
    kind: 'connectors/all-to-all',
    from: { element: 'subject', port: spikes.name },
    to: { element: 'subject', port: port.name },
    parameters: { delay: { value: 1 + draw(5), unit: 'ms' } },
  };
  return { ...document, connections: { ...document.connections, back } };
}

/** The same with some hundreds of cells, so that every one of several threads has some. */
export function largeRandomModel(number: number, draw: Draw): SpikeloomDocument {
  const kinds = [...elementKinds.entries, ...connectorKinds.entries];
  const { id } = defined(kinds[number % kinds.length], 'a kind');
  const cells = 150 + draw(250);
  const connector = connectorKinds.entries.find((kind) => kind.id === id);
  if (connector !== undefined) {
    const from = id.endsWith('one-to-one') ? cells : 100 + draw(100);
    return connectorDocument(connector, [from, cells], delayOf(connector.parameters, draw), draw(1e6));
  }
  const kind = defined(
    elementKinds.entries.find((each) => each.id === id),
    id,
  );
  const sized = kind.parameters.find(({ name }) => name === 'size' || name === 'units');
  const parameters = sized === undefined ? {} : { [sized.name]: cells };
  return withRecurrence(elementDocument(kind, { everyPort: draw(4) > 0, seed: draw(1e6), parameters }), draw);
}
