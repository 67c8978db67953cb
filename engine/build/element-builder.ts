/** The ElementBuilder handed to a kind's `expand`: writes into the assembly. */
import { assert, defined } from '../base/assert.ts';
import { hash32 } from '../base/hash.ts';
import { streamKey } from '../base/random.ts';
import type { Assembly, ElementAssembly } from './assembly.ts';
import { addSignal, crosses, noteDraft, sourceSize } from './assembly.ts';
import { f64, i32Local } from './ir/expressions.ts';
import { loop, store } from './ir/statements.ts';
import type { ElementBuilder, OperatorRequest, SignalRequest } from './library-kind.ts';
import { spikeListOf } from './operators/spike-list.ts';
import { createParameterReader } from './parameter-reader.ts';
import type { SignalId } from './program.ts';

/** A builder for one element of the assembly. */
export function createElementBuilder(assembly: Assembly, target: ElementAssembly): ElementBuilder {
  const { id, name } = target.element.record;
  const { model, library } = assembly;
  const { pace } = target.element;
  const owner = { id, name, seed: model.seed, parameters: target.element.parameters };
  return {
    ...createParameterReader(owner, library, assembly.outline),
    ...inputAccess(assembly, target),
    id,
    name,
    kind: target.kind,
    timeStepSeconds: pace?.timeStepSeconds ?? model.timeStepSeconds,
    steps: assembly.steps === undefined ? undefined : Math.ceil(assembly.steps / (pace?.every ?? 1)),
    outline: assembly.outline,
    members: target.members,
    signal(request) {
      noteDraft(assembly, id, request.draftBytes ?? 0);
      return addSignal(assembly, toSignal(id, request));
    },
    zero: (signal, length) => {
      const body = [loop('i', 0, length, [store(signal, i32Local('i'), f64(0))])];
      assembly.operators.push({
        ...toOperator(id, { name: 'zero', slot: 'start', sets: [signal], body }),
        id: `${signal}/zero`,
      });
    },
    spikeList: (mask, cells) => spikeListOf(assembly, mask, id, cells),
    operator: (request) => void assembly.operators.push(toOperator(id, request)),
    settling: (request) => void assembly.settling.push(toOperator(id, request)),
    output(port, signal, ahead) {
      const spec = defined(
        target.kind.outputs.find((output) => output.name === port),
        `${target.kind.id} has no output ${port}`,
      );
      const counts = spec.type === 'spikes' && assembly.signals.get(signal)?.type === 'f64';
      target.outputs.set(port, { signal, ahead, type: spec.type, counts, unit: spec.unit });
    },
    state(stateName, signal) {
      assert(
        target.kind.states.some((state) => state.name === stateName),
        `${target.kind.id} has no state ${stateName}`,
      );
      target.states.set(stateName, signal);
    },
    receive: (port, receiver) => void target.receivers.set(port, receiver),
    probes: (port) => model.probes.some((probe) => probe.element === id && probe.target === port),
    connectionTexts: () => connectionTexts(assembly, id),
    offer: (access) => void (target.population = access),
    everyStep: assembly.everyStep || target.incoming.some((connection) => crosses(assembly, connection)),
    isTrained: (parameter) => assembly.trained.has(`${id}/${parameter}`),
    stream: (purpose) => streamKey(model.seed, hash32(`${id}/${purpose}`)),
    readout: (plan) => void assembly.readouts.push({ element: id, ...plan }),
    objective: (plan) => void assembly.objectives.push({ element: id, ...plan }),
  };
}

/** Texts of several lines or with an assignment among the parameters of the connections that touch the element. */
function connectionTexts(assembly: Assembly, id: string): readonly string[] {
  return assembly.model.connections
    .filter(({ record }) => record.from.element === id || record.to.element === id)
    .flatMap(({ parameters }) => Object.values(parameters).filter((value) => typeof value === 'string'));
}

type InputAccess = Pick<ElementBuilder, 'inputSize' | 'inputType' | 'input' | 'inputAhead'>;

function inputAccess(assembly: Assembly, target: ElementAssembly): InputAccess {
  const { id } = target.element.record;
  const at = (port: string) => target.incoming.filter(({ record }) => record.to.port === port);
  const inputSize = (port: string): number =>
    at(port).reduce((sum, connection) => sum + sourceSize(assembly, connection), 0);
  const vector = (port: string, suffix: string, asked: Set<string>): SignalId => {
    const signal = `${id}/${port}${suffix}`;
    if (asked.has(port)) return signal;
    asked.add(port);
    const unit = target.kind.inputs.find((input) => input.name === port)?.unit ?? '1';
    return addSignal(assembly, {
      id: signal,
      element: id,
      name: `${port}${suffix}`,
      type: 'f64',
      shape: [Math.max(1, inputSize(port))],
      initial: 0,
      unit,
      role: inputSize(port) === 0 ? 'constant' : 'transient',
    });
  };
  return {
    inputSize,
    inputType: (port) => {
      const first = at(port)[0];
      if (first === undefined) return undefined;
      const source = defined(assembly.elements.get(first.record.from.element), 'source of a connection');
      return source.kind.outputs.find((output) => output.name === first.record.from.port)?.type;
    },
    input: (port) => vector(port, '', target.inputPorts),
    inputAhead: (port) => vector(port, '/ahead', target.aheadPorts),
  };
}

function toSignal(element: string, request: SignalRequest) {
  return {
    id: `${element}/${request.name}`,
    element,
    name: request.name,
    type: request.type ?? ('f64' as const),
    shape: request.shape,
    initial: request.initial,
    unit: request.unit ?? '1',
    role: request.role,
    ...(request.turning === undefined ? {} : { turning: request.turning }),
    ...(request.ofMembers === undefined ? {} : { ofMembers: request.ofMembers }),
    ...(request.surrogate === undefined ? {} : { surrogate: request.surrogate }),
  };
}

function toOperator(element: string, request: OperatorRequest) {
  return {
    id: `${element}/${request.name}`,
    element,
    slot: request.slot ?? ('groups' as const),
    order: request.order ?? 0,
    tie: request.tie ?? '',
    reads: request.reads ?? [],
    sets: request.sets ?? [],
    adds: request.adds ?? [],
    updates: request.updates ?? [],
    readsUpdated: [],
    body: request.body,
    ...(request.choice === undefined ? {} : { choice: request.choice }),
  };
}
