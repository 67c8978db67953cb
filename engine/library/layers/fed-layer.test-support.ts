/** A layer fed with rows of numbers, run on both targets, for tests of what it computes. */
import { expect } from 'vitest';
import { encodeArray } from '../../model/arrays.ts';
import type { SpikeloomDocument } from '../../model/document.ts';
import { createEmptyDocument } from '../../model/new-document.ts';
import type { ParameterValue } from '../../model/value.ts';
import { eventsOf, prepared, runOn, type RunTrace } from '../library-models.test-support.ts';

export type Rows = readonly (readonly number[])[];

export interface FedLayer {
  readonly kind: string;
  /** One row per step. */
  readonly input: Rows;
  readonly parameters: Readonly<Record<string, ParameterValue>>;
  readonly matrices?: Readonly<Record<string, Rows>>;
  /** Unit of the matrices; default 1. */
  readonly unit?: string;
  /** Milliseconds; default 1. */
  readonly timeStep?: number;
  /** Port that is recorded under its own name; default `spikes`. */
  readonly probe?: string;
}

/** Runs the layer `l` over its input; the same bits on both targets are part of the test. */
export function runFed(layer: FedLayer): RunTrace {
  const { kind, input, parameters, matrices = {}, unit = '1', timeStep = 1, probe = 'spikes' } = layer;
  const empty = createEmptyDocument('Layer');
  const arrayOf = (rows: Rows) => encodeArray(rows.flat(), [rows.length, rows[0]?.length ?? 0]);
  const played = arrayOf(input);
  const given = Object.entries(matrices).map(([name, rows]) => [name, arrayOf(rows)] as const);
  const weights = Object.fromEntries(given.map(([name, { id }]) => [name, { array: id, unit }]));
  const source = { series: { array: played.id, unit: '1' }, after: 'zero' };
  const document = {
    ...empty,
    run: { ...empty.run, timeStep: { value: timeStep, unit: 'ms' } },
    elements: {
      i: { id: 'i', kind: 'stimuli/series', name: 'I', parameters: source },
      l: { id: 'l', kind, name: 'L', parameters: { ...parameters, ...weights } },
    },
    connections: {
      w: {
        ...{ id: 'w', kind: 'connectors/wire', parameters: {} },
        ...{ from: { element: 'i', port: 'out' }, to: { element: 'l', port: 'in' } },
      },
    },
    probes: { [probe]: { id: probe, element: 'l', target: probe, cells: null } },
    arrays: Object.fromEntries([played, ...given.map(([, array]) => array)].map((array) => [array.id, array])),
  } as SpikeloomDocument;
  const { program } = prepared(document);
  const found = runOn('wasm', program, input.length);
  expect(runOn('interpreter', program, input.length)).toEqual(found);
  return found;
}

/** The spikes of a run as `step:cell`, in order. */
export function spikesOf(trace: RunTrace): string {
  return eventsOf(trace, 'spikes')
    .map(({ step, cell }) => `${step}:${cell}`)
    .join(' ');
}
