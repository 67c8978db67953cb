import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { nodeMemory } from '../../electron/platform/node-memory.ts';
import { defined } from '../base/assert.ts';
import { budgetOf } from '../base/budget.test-support.ts';
import { createUniformSource } from '../base/random.ts';
import { expectOk } from '../base/result.ts';
import type { Program } from '../build/program.ts';
import type { CompileTarget } from '../codegen/compiled.ts';
import { readProject } from '../formats/project.ts';
import type { SpikeloomDocument } from '../model/document.ts';
import { readCheckpoint, writeCheckpoint, type CheckpointOwner } from '../runtime/checkpoint-file.ts';
import { createSimulation, type Simulation } from '../runtime/simulation.ts';
import { createLiveRidge } from '../training/live-ridge.ts';
import { randomModel, type Draw } from './checkpoint-models.test-support.ts';
import { elementDocument } from './library-models.test-support.ts';
import { lif } from './neurons/lif.ts';
import { prepareRun } from './prepare-run.ts';

const budget = budgetOf('checkpoint-resumes');
const targets = ['wasm', 'interpreter'] as const;
/** With more rounds than this, the largest examples are taken as they are. */
const wholeFrom = 200;

interface Settings {
  readonly program: Program;
  readonly precision: 'f64' | 'f32';
}

function simulate({ program, precision }: Settings, target: CompileTarget): Simulation {
  const limitBytes = 2 ** 32;
  return expectOk(
    createSimulation({ program, precision, target, memory: nodeMemory, trainerFor: createLiveRidge, limitBytes }),
  );
}

function ownerOf({ stored, program, compiled }: Simulation): CheckpointOwner {
  return { model: 'm', timeStepSeconds: program.timeStepSeconds, precision: compiled.precision, stored };
}

/** Goes on for `steps` steps; everything recorded meanwhile and everything that changes, as bytes by name. */
function goOn(simulation: Simulation, steps: number): ReadonlyMap<string, unknown> {
  const found = new Map<string, unknown>();
  for (const { id } of simulation.program.probes) {
    const records: number[] = [];
    found.set(`probe ${id}`, records);
    simulation.setSink(id, {
      samples: (first, rows, values) => void records.push(first, rows, ...values.slice(0, 10_000)),
      events(at, cells, count) {
        for (let event = 0; event < count; event += 1) records.push(at[event] as number, cells[event] as number);
      },
    });
  }
  const problems = simulation.advance(steps);
  // A list of spikes holds what it says up to its count; behind that lies what was there before.
  for (const { id, role } of simulation.program.signals)
    if (role !== 'constant' && !id.endsWith('/list')) found.set(id, simulation.readSignal(id));
  return found.set('readouts', simulation.readoutStates()).set('problems', problems).set('step', simulation.step);
}

interface Case extends Settings {
  readonly from: CompileTarget;
  readonly to: CompileTarget;
  readonly before: number;
  readonly after: number;
}

/** Names of what differs between a run that goes on and one that resumes from its checkpoint, by way of a file. */
function differences({ from, to, before, after, ...settings }: Case): string[] {
  const first = simulate(settings, from);
  const second = simulate(settings, to);
  first.advance(before);
  const owner = ownerOf(first);
  const file = writeCheckpoint(owner, { checkpoint: first.capture(), attachments: {} });
  if (second.step === 0) second.advance(3);
  second.restore(expectOk(readCheckpoint(file, ownerOf(second))).checkpoint);
  const [whole, resumed] = [goOn(first, after), goOn(second, after)];
  first.dispose();
  second.dispose();
  return [...whole].flatMap(([name, value]) => (sameBits(value, resumed.get(name)) ? [] : [name]));
}

function sameBits(left: unknown, right: unknown): boolean {
  if (!isList(left) || !isList(right)) return JSON.stringify(left) === JSON.stringify(right);
  if (left.length !== right.length) return false;
  for (let index = 0; index < left.length; index += 1) if (!Object.is(left[index], right[index])) return false;
  return true;
}

function isList(value: unknown): value is ArrayLike<number> {
  return ArrayBuffer.isView(value) || (Array.isArray(value) && value.every((each) => typeof each === 'number'));
}

function programOf(document: SpikeloomDocument): Program {
  return expectOk(prepareRun(document)).program;
}

/** The document with a sixth of the cells where there are many: the largest still have more synapses than are kept as arrays. */
function withFewerCells(document: SpikeloomDocument): SpikeloomDocument {
  const elements = Object.entries(document.elements).map(([id, element]) => {
    const { size } = element.parameters;
    const smaller = typeof size === 'number' && size > 2000 ? { size: Math.ceil(size / 6) } : {};
    return [id, { ...element, parameters: { ...element.parameters, ...smaller } }] as const;
  });
  return { ...document, elements: Object.fromEntries(elements) };
}

describe('a run that goes on from a checkpoint is the run that was not interrupted, bit for bit', () => {
  it('in random models of every kind, on either target and from one to the other', () => {
    const draw = drawFrom(budget.seed);
    for (let round = 0; round < budget.rounds; round += 1) {
      const program = programOf(randomModel(budget.seed + round, draw));
      const settings = { program, precision: draw(4) === 0 ? 'f32' : 'f64' } as const;
      const [from, to] = [targets[draw(2)] as CompileTarget, targets[draw(2)] as CompileTarget];
      const tried = { ...settings, from, to, before: draw(60), after: 1 + draw(60) };
      const subject = program.elements.find(({ id }) => id === 'subject')?.kind ?? 'connector';
      const { before, after, precision } = tried;
      expect(
        differences(tried),
        `${subject} ${from}→${to} ${precision} ${before}+${after} ${budget.again}, round ${round}`,
      ).toEqual([]);
    }
  });

  const folder = fileURLToPath(new URL('../../assets/examples/', import.meta.url));
  it.each(readdirSync(folder))(
    'in %s, from one target to the other',
    (name) => {
      const draw = drawFrom(budget.seed);
      const { document } = expectOk(readProject(readFileSync(`${folder}${name}`)));
      const program = programOf(budget.rounds > wholeFrom ? document : withFewerCells(document));
      const size = program.elements.reduce((sum, element) => sum + element.size, 0);
      const [before, after] = size > 2000 ? [draw(100), 1] : [draw(1000), 1 + draw(20)];
      // The interpreter would take minutes for a step of the largest.
      const to = size > 12_000 ? 'wasm' : 'interpreter';
      const tried = { program, precision: 'f64', from: 'wasm', to, before, after } as const;
      expect(differences(tried), `${before}+${after} ${budget.again}`).toEqual([]);
    },
    600_000,
  );

  it('which a checkpoint that leaves out one state is not', () => {
    const program = programOf(elementDocument(lif, { everyPort: true }));
    const [first, second] = [
      simulate({ program, precision: 'f64' }, 'wasm'),
      simulate({ program, precision: 'f64' }, 'wasm'),
    ];
    first.advance(20);
    const { contents, ...rest } = first.capture();
    const lost = defined(
      first.stored.signals.find(({ id }) => first.readSignal(id).some((value) => value !== 0)),
      'a state that moved',
    );
    second.restore({ ...rest, contents: contents.fill(0, lost.offset, lost.offset + 8) });
    const [whole, resumed] = [goOn(first, 5), goOn(second, 5)];
    expect([...whole].every(([name, value]) => sameBits(value, resumed.get(name)))).toBe(false);
  });
});

function drawFrom(seed: number): Draw {
  const source = createUniformSource(seed);
  return (below) => Math.floor(source.next() * below);
}
