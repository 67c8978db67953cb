/** Small kinds and models for tests of the build: no library, nothing hidden. */
import { nodeMemory } from '../../electron/platform/node-memory.ts';
import { defined } from '../base/assert.ts';
import { expectOk, ok } from '../base/result.ts';
import type { KindDescriptor } from '../model/kind.ts';
import type { ResolvedValue, ValidatedConnection, ValidatedElement, ValidatedModel } from '../model/validated.ts';
import { createSimulation } from '../runtime/simulation.ts';
import {
  add,
  equal,
  f64,
  i32,
  i32Local,
  load,
  multiply,
  remainder,
  select,
  step,
  time,
  toF64,
} from './ir/expressions.ts';
import { loop, store } from './ir/statements.ts';
import type { ConnectorKind, ElementKind, Library } from './library-kind.ts';
import type { Program } from './program.ts';

const blank = {
  title: 'Fake',
  summary: 'For tests.',
  keywords: [],
  parameters: [],
  states: [],
  equations: [],
  source: 'test',
} as const;
const channelsIn = {
  name: 'in',
  title: 'in',
  types: ['continuous', 'spikes'],
  accepts: 'channels',
  unit: '1',
} as const;
const continuousOut = { name: 'out', title: 'out', type: 'continuous', unit: '1' } as const;

/** `out[i] = 10·step + i`, and the same one step ahead. */
export const source: ElementKind = {
  ...blank,
  id: 'fake/source',
  family: 'stimuli',
  inputs: [],
  outputs: [continuousOut],
  sizes: ({ parameters }) => ok({ outputs: { out: parameters.number('size') }, cells: undefined }),
  expand(builder) {
    const size = builder.number('size');
    const signals = [0, 1].map((offset) => {
      const signal = builder.signal({
        name: offset === 0 ? 'out' : 'out/ahead',
        shape: [size],
        initial: 0,
        role: 'transient',
      });
      const value = add(multiply(f64(10), toF64(add(step, i32(offset)))), toF64(i32Local('i')));
      builder.operator({
        name: `fill${offset}`,
        slot: 'inputs',
        sets: [signal],
        body: [loop('i', 0, size, [store(signal, i32Local('i'), value)])],
      });
      return signal;
    });
    builder.output('out', defined(signals[0], 'out'), signals[1]);
    return ok(undefined);
  },
};

/** Cell i spikes in every step that is a multiple of i + 2. */
export const spiker: ElementKind = {
  ...blank,
  id: 'fake/spiker',
  family: 'stimuli',
  inputs: [],
  outputs: [{ name: 'spikes', title: 'spikes', type: 'spikes', unit: '1' }],
  sizes: ({ parameters }) => ok({ outputs: { spikes: parameters.number('size') }, cells: undefined }),
  expand(builder) {
    const size = builder.number('size');
    const spikes = builder.signal({ name: 'spikes', shape: [size], initial: 0, role: 'transient', type: 'u8' });
    const i = i32Local('i');
    const value = select(equal(remainder(step, add(i, i32(2))), i32(0)), i32(1), i32(0));
    builder.operator({
      name: 'emit',
      slot: 'thresholds',
      sets: [spikes],
      body: [loop('i', 0, size, [store(spikes, i, value)])],
    });
    builder.output('spikes', spikes);
    return ok(undefined);
  },
};

/** Passes its input on within the step; its size is that of its input. With `ahead`, passes on what comes one step later. */
export const relay: ElementKind = {
  ...blank,
  id: 'fake/relay',
  family: 'layers',
  inputs: [channelsIn],
  outputs: [continuousOut],
  sizes: ({ inputSize }) => ok({ outputs: { out: inputSize('in') }, cells: undefined }),
  expand(builder) {
    const size = Math.max(1, builder.inputSize('in'));
    const input = builder.flag('ahead') ? builder.inputAhead('in') : builder.input('in');
    const out = builder.signal({ name: 'out', shape: [size], initial: 0, role: 'transient' });
    const i = i32Local('i');
    builder.operator({
      name: 'copy',
      reads: [input],
      sets: [out],
      body: [loop('i', 0, size, [store(out, i, load(input, i))])],
    });
    builder.output('out', out);
    return ok(undefined);
  },
};

/** Adds up in `v` what arrives: spikes by events, continuous values through a transient zeroed in every step. */
export const cells: ElementKind = {
  ...blank,
  id: 'fake/cells',
  family: 'neurons',
  inputs: [
    { name: 'synapses', title: 'synapses', types: ['spikes'], accepts: 'synapses', unit: 'A' },
    { name: 'current', title: 'current', types: ['continuous'], accepts: 'synapses', unit: 'A' },
  ],
  outputs: [continuousOut],
  states: [{ name: 'v', title: 'v', unit: 'V' }],
  sizes: ({ parameters }) => ok({ outputs: { out: parameters.number('size') }, cells: parameters.number('size') }),
  expand(builder) {
    const size = builder.number('size');
    const v = builder.signal({ name: 'v', shape: [size], initial: 0, role: 'state', unit: 'V' });
    const current = builder.signal({ name: 'current', shape: [size], initial: 0, role: 'transient' });
    const out = builder.signal({ name: 'out', shape: [size], initial: 0, role: 'transient' });
    const i = i32Local('i');
    builder.zero(current, size);
    builder.operator({
      name: 'out/value',
      reads: [v],
      sets: [out],
      body: [loop('i', 0, size, [store(out, i, load(v, i))])],
    });
    builder.operator({
      name: 'step',
      reads: [current],
      updates: [v],
      body: [loop('i', 0, size, [store(v, i, add(load(v, i), load(current, i)))])],
    });
    builder.receive('synapses', { events: v });
    builder.receive('current', { continuous: current });
    builder.output('out', out);
    builder.state('v', v);
    return ok(undefined);
  },
};

/** One output that shows the time, for programs that need nothing else. */
export const clock: ElementKind = {
  ...blank,
  id: 'fake/clock',
  family: 'stimuli',
  inputs: [],
  outputs: [continuousOut],
  sizes: () => ok({ outputs: { out: 1 }, cells: undefined }),
  expand(builder) {
    const out = builder.signal({ name: 'out', shape: [1], initial: 0, role: 'transient' });
    builder.operator({ name: 'show', sets: [out], body: [store(out, 0, time)] });
    builder.output('out', out);
    return ok(undefined);
  },
};

/** Every source to every target; the weight is 1 + source + 10·target. */
export const everyPair: ConnectorKind = {
  ...blank,
  id: 'fake/every-pair',
  family: 'connectors',
  inputs: [],
  outputs: [],
  connect({ sourceSize, targetSize }) {
    const pairs = Array.from(
      { length: sourceSize * targetSize },
      (_, pair) => [pair % sourceSize, Math.floor(pair / sourceSize)] as const,
    );
    return ok({
      sources: Int32Array.from(pairs, ([from]) => from),
      targets: Int32Array.from(pairs, ([, to]) => to),
      weights: Float64Array.from(pairs, ([from, to]) => 1 + from + 10 * to),
    });
  },
  mostSynapses: ({ sourceSize, targetSize }) => sourceSize * targetSize,
};

/** No synapse at all. */
export const noPair: ConnectorKind = {
  ...everyPair,
  id: 'fake/no-pair',
  connect: () => ok({ sources: new Int32Array(), targets: new Int32Array(), weights: new Float64Array() }),
  mostSynapses: () => 0,
};

const elementKinds = [source, spiker, relay, cells, clock];
const connectorKinds = [everyPair, noPair];
const wire: KindDescriptor = { ...blank, id: 'connectors/wire', family: 'connectors', inputs: [], outputs: [] };

export const fakeLibrary: Library = {
  element: (id) => elementKinds.find((kind) => kind.id === id),
  connector: (id) => connectorKinds.find((kind) => kind.id === id),
  distribution: (id) =>
    id === 'index'
      ? {
          ...{ id, title: id, arguments: [] },
          fillDeviates: (key, into, first) => into.forEach((_, index) => (into[index] = first + index + (key % 7))),
          value: (_, deviate) => deviate,
        }
      : undefined,
};

/** An element of the model; its name is its id in capitals. */
export function part(id: string, kind: ElementKind, parameters: Record<string, ResolvedValue> = {}): ValidatedElement {
  const given = { size: 1, ahead: false, ...parameters };
  return { record: { id, kind: kind.id, name: id.toUpperCase(), parameters: {} }, kind, parameters: given };
}

/** A connection `from.port` → `to.port`; a wire unless another kind is given. */
export function join(from: string, to: string, kind: KindDescriptor = wire, delay = 0): ValidatedConnection {
  const end = (text: string) => ({ element: text.split('.')[0] ?? '', port: text.split('.')[1] ?? '' });
  return {
    record: { id: `${from}-${to}`, kind: kind.id, from: end(from), to: end(to), parameters: {} },
    kind,
    parameters: { delay },
  };
}

/** A model of these parts that steps by 1 ms. */
export function modelOf(
  elements: readonly ValidatedElement[],
  connections: readonly ValidatedConnection[] = [],
  changes: Partial<ValidatedModel> = {},
): ValidatedModel {
  return {
    name: 'test',
    timeStepSeconds: 1e-3,
    durationSeconds: undefined,
    seed: 1,
    elements,
    connections,
    probes: [],
    warnings: [],
    ...changes,
  };
}

/** Contents of the named signals after each of so many steps, on the interpreter. */
export function trace(program: Program, steps: number, ...signals: readonly string[]): number[][][] {
  const simulation = expectOk(createSimulation({ program, target: 'interpreter', memory: nodeMemory }));
  const rows = Array.from({ length: steps }, () => {
    const found = simulation.advance(1);
    if (found.length > 0) throw new Error(found[0]?.message);
    return signals.map((signal) => Array.from(simulation.readSignal(signal)));
  });
  simulation.dispose();
  return signals.map((_, position) => rows.map((row) => defined(row[position], 'a signal')));
}
