/** What stands for the derivative of a spike: each surrogate by its formula, at distances on both sides of the threshold. */
import { describe, expect, it } from 'vitest';
import { nodeMemory } from '../../electron/platform/node-memory.ts';
import { expectOk } from '../base/result.ts';
import * as ir from '../build/ir/expressions.ts';
import { loop, store } from '../build/ir/statements.ts';
import type { Program, Signal } from '../build/program.ts';
import { surrogates } from '../build/surrogates.ts';
import { createGradientRun } from './gradient-run.ts';

const distances = [-3.2, -1, -0.4, -0.01, 0, 0.02, 0.3, 0.99, 1, 2.5];
const threshold = 1;

/** Derivatives as their authors give them: norse's methods, the window of Rockpool's RecLIF, arctan and fast sigmoid. */
const formulas: Readonly<Record<string, (u: number, alpha: number) => number>> = {
  'super-spike': (u, alpha) => 1 / (alpha * Math.abs(u) + 1) ** 2,
  'fast-sigmoid': (u, alpha) => 1 / (1 + alpha * Math.abs(u)) ** 2,
  tanh: (u, alpha) => 1 - Math.tanh(alpha * u) ** 2,
  triangle: (u, alpha) => alpha * Math.max(0, 1 - Math.abs(u)),
  circ: (u, alpha) => alpha * (1 / Math.sqrt(alpha ** 2 + u ** 2) - u ** 2 / Math.sqrt(alpha ** 2 + u ** 2) ** 3),
  erfc: (u, alpha) => (2 / Math.sqrt(Math.PI)) * Math.exp(-((alpha * u) ** 2)),
  arctan: (u, alpha) => alpha / 2 / (1 + ((Math.PI / 2) * alpha * u) ** 2),
  window: (u, alpha) => (u > -alpha ? 1 : 0),
};

function program(): Program {
  const size = distances.length;
  const base = { element: 'e', shape: [size], initial: 0, unit: '1', role: 'state' } as const;
  const signals: Signal[] = [
    { ...base, id: 'v', name: 'v', type: 'f64', initial: Float64Array.from(distances, (u) => threshold + u) },
    { ...base, id: 'z', name: 'z', type: 'u8' },
    { ...base, id: 'y', name: 'y', type: 'f64' },
  ];
  const n = ir.i32Local('n');
  const none = { element: 'e', slot: 'groups', sets: [], adds: [], readsUpdated: [] } as const;
  const spiking = ir.toI32(ir.greater(ir.load('v', n), ir.f64(threshold)));
  return {
    ...{
      name: 'surrogates',
      timeStepSeconds: 1,
      steps: undefined,
      seed: 1,
      signals,
      probes: [],
      readouts: [],
      elements: [],
    },
    operators: [
      { ...none, id: 'e/z', reads: ['v'], updates: ['z'], body: [loop('n', 0, size, [store('z', n, spiking)])] },
      {
        ...{ ...none, id: 'e/y', reads: ['z'], updates: ['y'] },
        body: [loop('n', 0, size, [store('y', n, ir.toF64(ir.loadI32('z', n)))])],
      },
    ],
  };
}

/** Derivatives of the spikes by the potentials. */
function slopesOf(id: string, alpha: number, target: 'wasm' | 'interpreter'): number[] {
  const request = { program: program(), target, memory: nodeMemory, steps: 1, wrt: ['v'], observed: ['y'] };
  const run = expectOk(createGradientRun({ ...request, surrogates: { z: { id, alpha, throughReset: true } } }));
  const found = expectOk(
    run.evaluate((outcome) => ({ value: 0, slopes: new Map([['y', outcome('y').map(() => 1)]]) })),
  );
  return [...(found.gradients.get('v') ?? [])];
}

describe('surrogate gradients', () => {
  it('are all known by a formula', () => {
    expect(surrogates.entries.map(({ id }) => id).sort()).toEqual(Object.keys(formulas).sort());
  });

  it.each(Object.keys(formulas))('%s', (id) => {
    for (const alpha of [0.5, 1, 10]) {
      const found = slopesOf(id, alpha, 'wasm');
      expect(slopesOf(id, alpha, 'interpreter')).toEqual(found);
      // The distance is a difference of numbers near the threshold.
      found.forEach((slope, place) => {
        const u = threshold + (distances[place] as number) - threshold;
        expect(slope, `α = ${alpha}, u = ${u}`).toBeCloseTo(formulas[id]?.(u, alpha) as number, 12);
      });
    }
  });
});
