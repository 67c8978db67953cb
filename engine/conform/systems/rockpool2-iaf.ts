/** Rockpool 2's FFIAFBrian: the layer of Rockpool 1 as a timed module. */
import { andThen, mapResult, ok, type Result } from '../../base/result.ts';
import type { ResolvedValue } from '../../model/validated.ts';
import { createContinuousSeries, type ContinuousSeries } from '../../timeseries/continuous-series.ts';
import { elementKinds } from '../../library/library.ts';
import { defined } from '../../base/assert.ts';
import type { NumericArray } from '../../model/validated.ts';
import { arrayOf, matrixOf, numberOf, parameterOf, vectorArray } from '../case-access.ts';
import type { Laboratory } from '../laboratory.ts';
import type { CaseRecord, CaseValue, ReferenceCase } from '../reference-case.ts';
import { isRecord } from '../reference-case.ts';
import type { System } from '../system.ts';
import { createLayer, durationOf, finalState, joinedTraces, outputOf, reset, type Layer } from './brian-layer.ts';
import { later } from './brian-input.ts';
import { brianNoise, feedForward, joined } from './brian-layers.ts';
import {
  createTimedModule,
  evolveModule,
  graphOf,
  parametersOfModule,
  setAttributes,
  simulationParametersOf,
  stateOf,
  type Evolved,
  type TimedModule,
} from './timed-module.ts';

function moduleOf(reference: ReferenceCase): Result<TimedModule> {
  const name = reference.parameters['name'];
  return andThen(createLayer(feedForward, reference), (layer) => {
    const module = createTimedModule(layer, typeof name === 'string' ? name : 'unnamed', true);
    return mapResult(setAttributes(module, attributesOf(reference.parameters['set_attributes'])), () => module);
  });
}

function attributesOf(given: CaseValue | undefined): Record<string, ResolvedValue> {
  const named = Object.entries(isRecord(given) ? given : {});
  return Object.fromEntries(
    named.map(([name, value]) => [name, name === 'weights' ? matrixOf(value, name) : parameterOf(value, name)]),
  );
}

/** A series of Rockpool 2: samples hold until the next one, the last until the end. */
function heldSeries(value: CaseValue | undefined): Result<ContinuousSeries | undefined> {
  if (!isRecord(value)) return ok(undefined);
  const times = arrayOf(value['times'], 'times').values;
  const { values, shape } = arrayOf(value['samples'], 'samples');
  const channels = shape[1] ?? 1;
  const stop = numberOf(value['t_stop'] ?? times[times.length - 1] ?? 0, 't_stop');
  const longer = times.length > 0 && stop > (times[times.length - 1] as number);
  return createContinuousSeries(
    longer ? Float64Array.of(...times, stop) : times,
    longer ? Float64Array.of(...values, ...values.subarray(values.length - channels)) : values,
    channels,
    { start: numberOf(value['t_start'] ?? times[0] ?? 0, 't_start'), stop, interpolation: 'previous' },
  );
}

/** Calls in a row; where a case shows several segments without them, these say themselves how many steps each is. */
function requestsOf({ all, expected }: ReferenceCase): readonly CaseRecord[] {
  if (Array.isArray(all['evolve_calls'])) return all['evolve_calls'] as readonly CaseRecord[];
  const segments = expected['segments'];
  if (!Array.isArray(segments) || segments.length < 2) return [all];
  return (segments as readonly CaseRecord[]).map((segment) => ({ steps: segment['steps'] ?? null }));
}

function evolve(reference: ReferenceCase, laboratory: Laboratory): Result<CaseRecord> {
  if (reference.tolerance['mode'] === 'statistical') return brianNoise(feedForward, reference, laboratory);
  return andThen(moduleOf(reference), (module) =>
    andThen(heldSeries(reference.all['input']), (input) => {
      const evolved: Evolved[] = [];
      for (const request of requestsOf(reference)) {
        reset(module.layer, request['before']);
        const made = evolveModule(module, { ...durationOf(request), input, record: true }, laboratory);
        if (!made.ok) return made;
        evolved.push(made.value);
      }
      const segments = evolved.map((each) => segmentOf(module.layer, each));
      const { times, channels, t_start, t_stop, num_channels } = joined(segments);
      return ok({
        output: { times, channels, t_start, t_stop, num_channels } as CaseRecord,
        segments,
        states: joinedTraces(
          module.layer,
          evolved.map(({ call }) => call),
        ),
        final_state: finalState(module.layer),
        rasterised_input: stackedRows(evolved.map(({ raster }) => raster)),
        spike_count: evolved.reduce((sum, { call }) => sum + call.spikes.cells.length, 0),
      });
    }),
  );
}

/** What a call returned; spikes lie half a step before the start of their step, but not before the call. */
function segmentOf(layer: Layer, { call, newState, record }: Evolved): CaseRecord {
  const { timeStepSeconds } = layer;
  const { type: _type, periodic: _periodic, ...output } = outputOf(layer, call);
  const [start, stop] = [Number(output['t_start']), Number(output['t_stop'])];
  const early = arrayOf(output['times'], 'times').values.map((time) =>
    Math.min(Math.max(time - timeStepSeconds / 2, start), stop),
  );
  const states = { new_state: newState, record_dict: record };
  return {
    ...output,
    ...states,
    times: vectorArray(early),
    name: 'Layer spikes',
    layer_t: later(call.clock, call.steps).time,
    steps: call.steps,
  };
}

/** The input as the original shows it: in single precision, though it computes with the double. */
function stackedRows(parts: readonly NumericArray[]): NumericArray {
  const rows = parts.reduce((sum, { shape }) => sum + (shape[0] ?? 0), 0);
  const values = Float64Array.from(parts.flatMap((part) => Array.from(part.values, Math.fround)));
  return { shape: [rows, rows === 0 ? 0 : values.length / rows], values };
}

const seriesTypes = { continuous: 'TSContinuous', spikes: 'TSEvent' } as const;

/** What the module tells of itself. */
function interfaceFacts(reference: ReferenceCase): Result<CaseRecord> {
  return mapResult(moduleOf(reference), (module) => {
    const { layer, name } = module;
    const kind = defined(elementKinds.find(layer.brian.kind), layer.brian.kind);
    const input = kind.inputs[0]?.types[0] ?? 'continuous';
    const output = kind.outputs[0]?.type ?? 'spikes';
    const shapes = Object.entries(parametersOfModule(module)).map(([each, { shape }]) => [each, shape]);
    const graph = graphOf(module);
    return {
      parameters: Object.fromEntries(shapes) as CaseRecord,
      state: stateOf(module),
      simulation_parameters: simulationParametersOf(module),
      parameters_family_weights: parametersOfModule(module, 'weights'),
      modules: {},
      shape: [layer.inputs, layer.cells],
      size: layer.cells,
      size_in: layer.inputs,
      size_out: layer.cells,
      spiking_input: input === 'spikes',
      spiking_output: output === 'spikes',
      input_type: seriesTypes[input],
      output_type: seriesTypes[output],
      class_name: 'FFIAFBrian',
      full_name: `FFIAFBrian '${name}'`,
      t: layer.state.clock.time,
      dt: layer.timeStepSeconds,
      as_graph: graph.ok ? 'gives a graph' : 'raises NotImplementedError',
      // A fault of that release with that Brian, of which nothing is left here.
      record_ctor_true: 'raises TypeError (cannot pickle) with this Brian2',
    };
  });
}

export const rockpool2FfIafBrian: System = {
  id: 'rockpool2.FFIAFBrian',
  kinds: ['evolve', 'network'],
  where: [feedForward.kind],
  deviations: [
    'Outside of these cases the module does as documented: evolving returns the new state and what was recorded, takes parameters over time, parameters have families, and there is a graph.',
    'In the app a spike carries the start of its step; half a step earlier is said of it only where a series of Rockpool 2 is compared.',
    'Recording can be asked for whenever a layer is made; the release fails to make a second layer that records.',
  ],
  run: (reference, laboratory) =>
    reference.kind === 'network' ? interfaceFacts(reference) : evolve(reference, laboratory),
};
