/** The external input of an imported Rockpool network: stimuli that are silent until somebody gives them something to play. */
import type { ConnectionRecord, ElementRecord } from '../model/document.ts';
import { shelved, type ArrayShelf } from './rockpool-values.ts';

/** A layer that takes the external input. */
export interface InputWish {
  /** Its element. */
  readonly element: string;
  readonly port: string;
  readonly channels: number;
  /** Whether it takes nothing but events. */
  readonly events: boolean;
  /** Where it stands on the canvas. */
  readonly y: number;
}

export interface ExternalInputs {
  readonly elements: readonly ElementRecord[];
  readonly connections: readonly ConnectionRecord[];
  readonly positions: Readonly<Record<string, { readonly x: number; readonly y: number }>>;
}

/** Layers with as many channels of one port share a stimulus; the arrays it needs are put on the shelf. */
export function externalInputs(wishes: readonly InputWish[], shelf: ArrayShelf): ExternalInputs {
  const elements = new Map<string, ElementRecord>();
  const connections: ConnectionRecord[] = [];
  const positions: Record<string, { readonly x: number; readonly y: number }> = {};
  for (const { element, port, channels, events, y } of wishes) {
    const sort = `${channels} ${events} ${port}`;
    const number = elements.size + 1;
    const source = elements.get(sort) ?? silentStimulus(number, channels, events, shelf);
    elements.set(sort, source);
    positions[source.id] ??= { x: 80, y };
    connections.push({
      ...{
        id: `wire_${source.id}_${element}${port === 'in' ? '' : `_${port}`}`,
        kind: 'connectors/wire',
        parameters: {},
      },
      from: { element: source.id, port: events ? 'spikes' : 'out' },
      to: { element, port },
    });
  }
  return { elements: [...elements.values()], connections, positions };
}

function silentStimulus(number: number, channels: number, events: boolean, shelf: ArrayShelf): ElementRecord {
  const named = { id: `input_${number}`, name: number === 1 ? 'External input' : `External input ${number}` };
  if (events)
    return { ...named, kind: 'stimuli/poisson', parameters: { size: channels, rate: { value: 0, unit: 'Hz' } } };
  const rows = { shape: [1, channels], values: new Float64Array(channels) };
  return { ...named, kind: 'stimuli/series', parameters: { series: shelved(rows, '', shelf) } };
}
