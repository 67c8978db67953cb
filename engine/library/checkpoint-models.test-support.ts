/** Random models for checkpoints: any kind of the library, fed and connected to itself, with random settings. */
import { defined } from '../base/assert.ts';
import type { ConnectionRecord, SpikeloomDocument } from '../model/document.ts';
import type { ParameterValue } from '../model/value.ts';
import { connectorDocument, elementDocument } from './library-models.test-support.ts';
import { connectorKinds, elementKinds } from './library.ts';
import { prepareRun } from './prepare-run.ts';

/** A whole number from 0 to `below` − 1. */
export type Draw = (below: number) => number;

/** A model of the kind with this number (all kinds in turn), in a random setting. */
export function randomModel(number: number, draw: Draw): SpikeloomDocument {
  return inRandomSteps(modelOf(number, draw, undefined), draw);
}

/** The same with some hundreds of cells, so that every one of several threads has some. */
export function largeRandomModel(number: number, draw: Draw): SpikeloomDocument {
  return modelOf(number, draw, 150 + draw(250));
}

/** Without `cells` each kind has the size it has by itself. */
function modelOf(number: number, draw: Draw, cells: number | undefined): SpikeloomDocument {
  const kinds = [...elementKinds.entries.map(({ id }) => id), ...connectorKinds.entries.map(({ id }) => id)];
  const id = kinds[number % kinds.length] as string;
  const seed = draw(1e6);
  const connector = connectorKinds.entries.find((kind) => kind.id === id);
  if (connector !== undefined) {
    const size = cells ?? 12;
    return connectorDocument(connector, [size, size], delayOf(connector.parameters, draw), seed);
  }
  const kind = defined(
    elementKinds.entries.find((each) => each.id === id),
    id,
  );
  const sized = kind.parameters.find(({ name }) => name === 'size' || name === 'units');
  const parameters = sized === undefined || cells === undefined ? {} : { [sized.name]: cells };
  return withRecurrence(elementDocument(kind, { everyPort: draw(4) > 0, seed, parameters }), draw);
}

/** Often all elements in steps of their own: each in another, or, where their synapses need it, all in one. */
export function inRandomSteps(document: SpikeloomDocument, draw: Draw): SpikeloomDocument {
  if (draw(2) === 0 || Object.values(document.elements).some(({ kind }) => kind === 'readouts/ridge')) return document;
  const others = withSteps(document, () => 1 + draw(4));
  const one = 2 + draw(3);
  return prepareRun(others).ok ? others : withSteps(document, () => one);
}

/** Steps of the elements in quarters of the step that the run had. */
function withSteps(document: SpikeloomDocument, multiple: () => number): SpikeloomDocument {
  const { value, unit } = document.run.timeStep;
  const quarters = (count: number) => ({ value: (value / 4) * count, unit });
  const elements = Object.entries(document.elements).map(([id, element]) => {
    return [id, { ...element, timeStep: quarters(multiple()) }] as const;
  });
  return { ...document, run: { ...document.run, timeStep: quarters(1) }, elements: Object.fromEntries(elements) };
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
