/** Rockpool's layers on NEST: FFIAFNest, RecIAFSpkInNest and RecAEIFSpkInNest. */
import { mapResult, type Result } from '../../base/result.ts';
import { matrixOf, numberOf, optionalNumber, vectorArray } from '../case-access.ts';
import type { Laboratory } from '../laboratory.ts';
import type { CaseRecord, ReferenceCase } from '../reference-case.ts';
import type { System } from '../system.ts';
import { joined } from './brian-layers.ts';
import { initialOf } from './event-layers.ts';
import { runCalls, type CallResults, type NestLayer } from './nest-calls.ts';
import { nestParameters, type NestForm } from './nest-parameters.ts';

const feedForward: NestForm = {
  kind: 'layers/ff-iaf-exact',
  input: 'currents',
  weights: ['weights'],
  defaultBias: 0.015,
  adaptive: false,
};

const recurrent: NestForm = {
  kind: 'layers/rec-iaf-exact',
  input: 'events',
  weights: ['weights_in', 'weights_rec'],
  defaultBias: 0.0105,
  adaptive: false,
};

/** Adaptive exponential cells. */
const adaptive: NestForm = {
  kind: 'layers/rec-ad-ex',
  input: 'events',
  weights: ['weights_in', 'weights_rec'],
  defaultBias: 0,
  adaptive: true,
};

function layerOf(form: NestForm, reference: ReferenceCase): NestLayer {
  const given = reference.parameters;
  const timeStepSeconds = numberOf(optionalNumber(given['dt']) ?? reference.all['dt'] ?? 1e-4, 'dt');
  const shapes = form.weights.map((name) => matrixOf(given[name], name).shape);
  return {
    form,
    parameters: nestParameters(form, given, timeStepSeconds),
    timeStepSeconds,
    inputs: shapes[0]?.[0] ?? 1,
    cells: shapes[shapes.length - 1]?.[1] ?? 1,
    initial: initialOf(reference),
  };
}

function evolve(form: NestForm, reference: ReferenceCase, laboratory: Laboratory): Result<CaseRecord> {
  const listed = reference.all['evolve_calls'];
  const requests = Array.isArray(listed) ? (listed as readonly CaseRecord[]) : [reference.all];
  return mapResult(runCalls(layerOf(form, reference), requests, reference.all['input'], laboratory), shown);
}

function shown({ outputs, membranes, final }: CallResults): CaseRecord {
  const [only] = membranes;
  const listed = { times: membranes.map(({ times }) => times), samples: membranes.map(({ samples }) => samples) };
  const adaptation = final.get('w')?.values;
  return {
    output: joined(outputs),
    outputs_per_call: outputs,
    states: { v: membranes.length === 1 && only !== undefined ? { ...only } : listed },
    final_state: {
      v: vectorArray(final.get('v')?.values ?? []),
      ...(adaptation === undefined ? {} : { adapt_w_over_1000: vectorArray(adaptation.map((value) => value * 1e9)) }),
    },
  };
}

const callDeviation =
  'A live run has no calls: no step more at its start, no events lost between calls, no event refused in its first step.';

function nestSystem(name: string, form: NestForm, deviations: readonly string[]): System {
  return {
    id: `rockpool.${name}`,
    kinds: ['evolve'],
    where: [form.kind],
    deviations: [callDeviation, ...deviations],
    run: (reference, laboratory) => evolve(form, reference, laboratory),
  };
}

/** One system per class. */
export const nestLayers: readonly System[] = [
  nestSystem('FFIAFNest', feedForward, []),
  nestSystem('RecIAFSpkInNest', recurrent, []),
  nestSystem('RecAEIFSpkInNest', adaptive, [
    'A new layer is solved in four substeps of a time step; with substeps 0 in steps chosen by an estimate of the error, as the original.',
    'What a spike adds to the adaptation is in pA, as computed, not in nA, as documented.',
    'Several spikes of a cell without refractory period in one step count as one, unless substeps is 0.',
  ]),
];
