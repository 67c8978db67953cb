/** Networks of populations, generators and synapses written in equations. */
import { defined } from '../../base/assert.ts';
import type { Result } from '../../base/result.ts';
import { andThen, failed, mapResult, ok } from '../../base/result.ts';
import { buildProgram } from '../../build/build-program.ts';
import type { Library } from '../../build/library-kind.ts';
import type { Program } from '../../build/program.ts';
import { library } from '../../library/library.ts';
import type { NumericArray, ValidatedElement, ValidatedModel } from '../../model/validated.ts';
import { arrayOf, numberOf, recordOf, vectorArray } from '../case-access.ts';
import { createSimulation } from '../../runtime/simulation.ts';
import { createRecorder, element, type Laboratory, type Recorder } from '../laboratory.ts';
import type { CaseRecord, CaseValue } from '../reference-case.ts';
import type { System } from '../system.ts';
import { caseConnector, readSynapses, type CaseSynapses } from './case-synapses.ts';
import { equationParameters, optionalRecord, tablesText, tableValues, text, wholeNumbers } from './equation-cases.ts';
import { afterAll, lateName, withLateCopies } from './late-copies.ts';
import { withMonitors, type MonitorRequest } from './monitors.ts';
import { generatorKind, type GeneratorTimes } from './spike-generator.ts';

/** A recorded variable, and the name under which the object has it: at the end of a step that of a copy. */
interface Recorded {
  readonly object: string;
  readonly variable: string;
  readonly target: string;
}

/** What a case describes, as parts of a model. */
interface CaseNetwork {
  readonly elements: readonly ValidatedElement[];
  readonly synapses: readonly CaseSynapses[];
  readonly library: Library;
  readonly timeStepSeconds: number;
  /** Recorded variables by object. */
  readonly recorded: readonly Recorded[];
  readonly populations: readonly string[];
}

export const equationNetwork: System = {
  id: 'equations.network',
  where: ['neurons/equations', 'connectors/all-to-all'],
  kinds: ['equations-network'],
  run(reference, laboratory) {
    const network = readNetwork(reference.all);
    return andThen(buildProgram(modelOf(network), network.library), ({ program }) =>
      mapResult(
        simulate(withMonitors(program, monitorsOf(reference.all, network)), reference.all, laboratory),
        (found) => produced(found, reference.all, network),
      ),
    );
  },
};

function readNetwork(all: CaseRecord): CaseNetwork {
  const timeStepSeconds = numberOf(all['dt'], 'dt');
  const constants = optionalRecord(all['constants']);
  const populations = Object.entries(optionalRecord(all['populations']));
  const generators = new Map(
    Object.entries(optionalRecord(all['generators'])).map(([name, given]) => [name, readGenerator(given)]),
  );
  const late = all['record_when'] === 'end';
  const recorded = recordedIn(all, late);
  const namesOf = (object: string) => recorded.filter((each) => each.object === object).map(({ variable }) => variable);
  const atEnd = (given: CaseRecord, name: string): CaseRecord =>
    late ? withLateCopies(given, namesOf(name), 'equations' in given ? 'equations' : 'model') : given;
  const copied = (name: string, given: CaseValue): CaseRecord => {
    const population = recordOf(given, name);
    return { ...population, model: atEnd(recordOf(population['model'], `model of ${name}`), name) };
  };
  const synapses: CaseSynapses[] = [];
  const connector = caseConnector((id) =>
    defined(
      synapses.find(({ connection }) => connection.record.id === id),
      id,
    ),
  );
  const generator = generatorKind((id) => defined(generators.get(id), id));
  const timedArrays = optionalRecord(all['timed_arrays']);
  const tables = { text: tablesText(timedArrays), values: tableValues(timedArrays) };
  for (const given of listOf(all['synapses']))
    synapses.push(readSynapses(atEnd(given, text(given['name'])), constants, connector, tables));
  return {
    elements: [
      ...populations.map(([name, given]) => population(name, copied(name, given), constants, timedArrays)),
      ...[...generators.keys()].map((name) => ({
        record: { id: name, kind: generator.id, name, parameters: {} },
        kind: generator,
        parameters: {},
      })),
    ],
    synapses,
    library: {
      ...library,
      element: (id) => (id === generator.id ? generator : library.element(id)),
      connector: () => connector,
    },
    timeStepSeconds,
    recorded,
    populations: populations.map(([name]) => name),
  };
}

function recordedIn(all: CaseRecord, late: boolean): readonly Recorded[] {
  return Object.entries(optionalRecord(all['record'])).flatMap(([object, variables]) =>
    listOfTexts(variables).map((variable) => ({ object, variable, target: late ? lateName(variable) : variable })),
  );
}

function population(name: string, given: CaseRecord, constants: CaseRecord, timedArrays: CaseRecord): ValidatedElement {
  return element(
    name,
    'neurons/equations',
    equationParameters({
      model: recordOf(given['model'], `model of ${name}`),
      cells: numberOf(given['cells'], `cells of ${name}`),
      initial: optionalRecord(given['initial']),
      parameters: optionalRecord(given['parameters']),
      constants,
      timedArrays,
    }),
  );
}

function readGenerator(value: CaseValue): GeneratorTimes {
  const given = recordOf(value, 'a generator');
  const period = given['period'];
  return {
    cells: numberOf(given['cells'], 'cells'),
    times: arrayOf(given['times'] ?? [], 'times').values,
    indices: wholeNumbers(given['indices'], 'indices'),
    periodSeconds: typeof period === 'number' && period > 0 ? period : undefined,
  };
}

function listOf(value: CaseValue | undefined): readonly CaseRecord[] {
  return Array.isArray(value) ? (value as readonly CaseRecord[]) : [];
}

function listOfTexts(value: CaseValue | undefined): readonly string[] {
  return Array.isArray(value) ? (value as readonly CaseValue[]).map(text) : [];
}

function modelOf({ elements, synapses, timeStepSeconds, recorded }: CaseNetwork): ValidatedModel {
  const probe = (element: string, target: string) => ({
    id: `${element}/${target}/probe`,
    element,
    target,
    cells: null,
  });
  return {
    name: 'case',
    timeStepSeconds,
    durationSeconds: undefined,
    seed: 1,
    elements,
    connections: synapses.map(({ connection }) => connection),
    probes: [
      ...recorded.map(({ object, target }) => probe(object, target)),
      ...elements
        .filter(({ kind }) => kind.outputs.some(({ name }) => name === 'spikes'))
        .map(({ record }) => probe(record.id, 'spikes')),
    ],
    warnings: [],
  };
}

/** Monitors look in slot `start` after what runs there, or at the very end of the step. */
function monitorsOf(all: CaseRecord, { recorded }: CaseNetwork): readonly MonitorRequest[] {
  const late = all['record_when'] === 'end';
  return recorded.map(({ object, variable, target }) => ({
    id: `${object}/${variable}/monitor`,
    signal: `${object}/${target}`,
    slot: late ? 'end' : 'start',
    order: late ? 2 * afterAll : 100,
  }));
}

type Found = ReadonlyMap<string, Recorder>;

function simulate(program: Program, all: CaseRecord, laboratory: Laboratory): Result<Found> {
  const made = createSimulation({ program, target: laboratory.target, memory: laboratory.memory });
  return andThen(made, (simulation) => {
    const recorders = new Map(program.probes.map(({ id }) => [id, createRecorder()]));
    for (const [id, recorder] of recorders) simulation.setSink(id, recorder);
    const problems = simulation.advance(stepsOf(all));
    simulation.dispose();
    return problems.length > 0 ? failed(...problems) : ok(recorders);
  });
}

/** Steps of a run: rounded where that is within 1e-4 of a step, else up. */
function stepsOf(all: CaseRecord): number {
  const ratio = numberOf(all['duration'], 'duration') / numberOf(all['dt'], 'dt');
  return Math.abs(ratio - Math.round(ratio)) < 1e-4 ? Math.round(ratio) : Math.ceil(ratio);
}

function produced(found: Found, all: CaseRecord, network: CaseNetwork): CaseRecord {
  const every = numberOf(all['record_every'] ?? 1, 'record_every');
  const states: Record<string, Record<string, CaseRecord>> = {};
  for (const { object, variable } of network.recorded) {
    const rows = defined(found.get(`${object}/${variable}/monitor`), 'a monitor').recordedSamples();
    (states[object] ??= {})[variable] = thinned(rows, every, network.timeStepSeconds);
  }
  const spikes: Record<string, CaseRecord> = {};
  for (const name of network.populations) {
    const recorder = found.get(`${name}/spikes/probe`);
    const { steps, cells } = recorder?.recordedEvents() ?? { steps: [], cells: [] };
    spikes[name] = {
      times: vectorArray(steps.map((step) => step * network.timeStepSeconds)),
      indices: vectorArray(cells),
    };
  }
  return { states, spikes };
}

/** Rows 0, n, 2n, … with their times. */
function thinned(rows: NumericArray, every: number, timeStepSeconds: number): CaseRecord {
  const [count = 0, width = 0] = rows.shape;
  const kept = Array.from({ length: Math.ceil(count / every) }, (_, row) => row * every);
  const values = new Float64Array(kept.length * width);
  kept.forEach((row, place) => values.set(rows.values.subarray(row * width, (row + 1) * width), place * width));
  return {
    times: vectorArray(kept.map((row) => row * timeStepSeconds)),
    samples: { shape: [kept.length, width], values },
  };
}
