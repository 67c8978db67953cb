import { existsSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { checkOperator } from '../build/ir/check.ts';
import { dimensionOfUnit } from '../units/convert.ts';
import { parseUnit } from '../units/parse-unit.ts';
import { validate } from '../model/validate.ts';
import { families, type KindDescriptor, type ParameterSpec } from '../model/kind.ts';
import { connectorDocument, elementDocument, prepared, runOn } from './library-models.test-support.ts';
import { catalogue, connectorKinds, distributions, elementKinds } from './library.ts';

const folder = fileURLToPath(new URL('.', import.meta.url));
const steps = 50;
const named = <T extends { readonly id: string }>(kinds: readonly T[]): (readonly [string, T])[] =>
  kinds.map((kind) => [kind.id, kind]);

/** Whether something exported is a kind. */
function isKind(value: unknown): value is KindDescriptor {
  return typeof value === 'object' && value !== null && 'family' in value && 'keywords' in value && 'id' in value;
}

describe('the library', () => {
  it('has unique ids and every kind in its catalogue', () => {
    const ids = catalogue.entries.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const { id } of [...elementKinds.entries, ...connectorKinds.entries]) expect(catalogue.find(id)?.id).toBe(id);
  });

  it('has kinds of every family, and titles that tell them apart', () => {
    for (const family of families)
      expect(
        catalogue.entries.some((kind) => kind.family === family),
        family,
      ).toBe(true);
    const titles = catalogue.entries.map(({ family, title }) => `${family} ${title}`);
    expect(new Set(titles).size).toBe(titles.length);
  });

  it('names every kind that a file exports: none lies about unregistered', async () => {
    for (const family of families) {
      const files = readdirSync(`${folder}${family}`).filter(
        (name) => name.endsWith('.ts') && !/\.test(-support)?\.ts$/.test(name),
      );
      const modules = await Promise.all(files.map((name) => import(`${folder}${family}/${name}`) as Promise<object>));
      const exported = modules.flatMap((module) =>
        Object.values(module)
          .filter(isKind)
          .map(({ id }) => id),
      );
      const registered = catalogue.entries.filter((kind) => kind.family === family).map(({ id }) => id);
      expect(exported.sort(), family).toEqual(registered.sort());
    }
  });

  it('tells the model the arguments of its distributions', () => {
    for (const { id, arguments: names } of distributions.entries)
      expect(catalogue.distributionArguments?.(id)).toEqual(names);
    expect(catalogue.distributionArguments?.('cauchy')).toBeUndefined();
  });
});

describe.each(named(catalogue.entries))('%s', (id, kind) => {
  it('stands in the file of its name in the folder of its family', () => {
    expect(id).toMatch(/^[a-z]+\/[a-z0-9-]+$/);
    expect(id.startsWith(`${kind.family}/`)).toBe(true);
    expect(existsSync(`${folder}${id}.ts`)).toBe(true);
  });

  it('explains itself', () => {
    expect(kind.title.trim()).not.toBe('');
    expect(kind.summary).toMatch(/^[A-Z].*\.$/);
    expect(kind.keywords.length).toBeGreaterThan(0);
    expect(kind.source.trim()).not.toBe('');
    if (kind.family !== 'connectors') expect(kind.equations.length).toBeGreaterThan(0);
    for (const equation of kind.equations) expect(equation.trim()).not.toBe('');
  });

  it('names each parameter, port and state once', () => {
    for (const list of [kind.parameters, kind.inputs, [...kind.outputs], kind.states]) {
      const names = list.map(({ name }) => name);
      expect(new Set(names).size).toBe(names.length);
    }
    const probeable = [...kind.outputs, ...kind.states].map(({ name }) => name);
    expect(new Set(probeable).size).toBe(probeable.length);
  });

  it('gives ports and states titles and units that are known', () => {
    for (const { title, unit } of [...kind.inputs, ...kind.outputs, ...kind.states]) {
      expect(title.trim()).not.toBe('');
      expect(isUnit(unit), unit).toBe(true);
    }
    for (const { types } of kind.inputs) expect(types.length).toBeGreaterThan(0);
  });

  it.each(kind.parameters.map((spec) => [spec.name, spec] as const))('has a sound parameter %s', (_name, spec) => {
    checkParameter(spec);
  });
});

function isUnit(unit: string): boolean {
  return unit === '1' || parseUnit(unit).ok;
}

function checkParameter(spec: ParameterSpec): void {
  expect(spec.name).toMatch(/^[A-Za-z][A-Za-z0-9_]*$/);
  expect(spec.title.trim()).not.toBe('');
  expect(spec.description).toMatch(/^[A-Z0-9].*\.$/s);
  const hasUnit = ['quantity', 'matrix', 'series'].includes(spec.type);
  expect(spec.unit !== undefined).toBe(hasUnit);
  if (spec.unit !== undefined) expect(isUnit(spec.unit), spec.unit).toBe(true);
  if (spec.unit !== undefined) expect(dimensionOfUnit(spec.unit).length).toBe(7);
  checkDefault(spec);
}

function checkDefault(spec: ParameterSpec): void {
  const { default: value } = spec;
  switch (spec.type) {
    case 'quantity':
    case 'integer':
      expect(typeof value).toBe('number');
      expect(value as number).toBeGreaterThanOrEqual(spec.minimum ?? -Infinity);
      expect(value as number).toBeLessThanOrEqual(spec.maximum ?? Infinity);
      if (spec.exclusiveMinimum !== undefined) expect(value as number).toBeGreaterThan(spec.exclusiveMinimum);
      if (spec.type === 'integer') expect(Number.isSafeInteger(value)).toBe(true);
      return;
    case 'boolean':
      return expect(typeof value).toBe('boolean');
    case 'choice':
      expect((spec.choices ?? []).map((choice) => choice.value)).toContain(value);
      expect(new Set((spec.choices ?? []).map(({ title }) => title)).size).toBe(spec.choices?.length);
      return;
    case 'text':
      return expect(typeof value).toBe('string');
    case 'matrix':
    case 'series':
      return expect(value).toBeNull();
  }
}

describe.each(named(elementKinds.entries))('%s in a model', (_id, kind) => {
  it('has a default probe that exists', () => {
    expect([...kind.outputs, ...kind.states].map(({ name }) => name)).toContain(kind.defaultProbe);
  });

  it.each([false, true])('builds soundly (every port connected: %s), all ports and states probed', (everyPort) => {
    const { program, model } = prepared(elementDocument(kind, { everyPort }));
    const signals = new Map(program.signals.map((signal) => [signal.id, signal]));
    expect(signals.size).toBe(program.signals.length);
    expect(program.operators.flatMap((operator) => checkOperator(operator, signals))).toEqual([]);
    expect(program.probes.length).toBe(kind.outputs.length + kind.states.length);
    expect(model.warnings).toEqual([]);
    const lengths = program.signals.map(
      ({ shape, initial }) =>
        typeof initial === 'number' || initial.length === shape.reduce((product, extent) => product * extent, 1),
    );
    expect(lengths).not.toContain(false);
  });

  it('builds the same from the same seed', () => {
    const document = elementDocument(kind, { everyPort: true, seed: 7 });
    expect(prepared(document).program).toEqual(prepared(document).program);
  });

  it('runs with the same bits on both targets', () => {
    const { program } = prepared(elementDocument(kind, { everyPort: true }));
    const interpreted = runOn('interpreter', program, steps);
    const compiled = runOn('wasm', program, steps);
    expect(Object.keys(compiled)).toEqual(Object.keys(interpreted));
    for (const [name, values] of Object.entries(interpreted))
      expect(sameBits(values, compiled[name] ?? []), name).toBe(true);
  });

  it('records what it does', () => {
    const { program } = prepared(elementDocument(kind, { everyPort: true }));
    const trace = runOn('wasm', program, steps);
    for (const { id, type, signal, cells } of program.probes.filter((probe) => probe.type === 'samples')) {
      const size = (program.signals.find((one) => one.id === signal)?.shape ?? []).reduce(
        (product, extent) => product * extent,
        1,
      );
      expect(trace[`probe ${id}`]?.length, `${id} ${type}`).toBe(steps * (cells?.length ?? size));
    }
  });

  it('does something', () => {
    const trace = runOn('wasm', prepared(elementDocument(kind, { everyPort: true })).program, 200);
    const recorded = Object.entries(trace).filter(([name]) => name.startsWith('probe '));
    expect(recorded.some(([, values]) => values.some((value) => Number.isFinite(value) && value !== 0))).toBe(true);
  });

  it('takes every choice it offers', () => {
    for (const spec of kind.parameters.filter(({ type }) => type === 'choice')) {
      for (const { value } of spec.choices ?? []) {
        const { program } = prepared(elementDocument(kind, { everyPort: true, parameters: { [spec.name]: value } }));
        const [interpreted, compiled] = [runOn('interpreter', program, 20), runOn('wasm', program, 20)];
        for (const [name, values] of Object.entries(interpreted))
          expect(sameBits(values, compiled[name] ?? []), `${spec.name} ${value} ${name}`).toBe(true);
      }
    }
  });

  it('takes a list and a distribution for every parameter that may differ from cell to cell', () => {
    for (const spec of perCell(kind)) {
      const unit = spec.unit ?? '1';
      const value = spec.default as number;
      const low = spec.exclusiveMinimum === undefined ? value - Math.abs(value) * 0.1 : value * 0.9;
      const drawn = {
        distribution: 'uniform',
        arguments: { low: { value: low, unit }, high: { value: value + Math.abs(value) * 0.1, unit } },
      };
      const document = elementDocument(kind, { everyPort: true, parameters: { [spec.name]: drawn } });
      expect(validate(document, catalogue).problems, spec.name).toEqual([]);
      const { program } = prepared(document);
      const [interpreted, compiled] = [runOn('interpreter', program, 10), runOn('wasm', program, 10)];
      for (const [name, values] of Object.entries(interpreted))
        expect(sameBits(values, compiled[name] ?? []), `${spec.name} ${name}`).toBe(true);
    }
  });
});

function perCell(kind: KindDescriptor): ParameterSpec[] {
  return kind.parameters.filter((spec) => spec.perCell === true);
}

function sameBits(left: readonly number[], right: readonly number[]): boolean {
  return left.length === right.length && left.every((value, index) => Object.is(value, right[index]));
}

describe.each(named(connectorKinds.entries))('%s in a model', (_id, kind) => {
  it('runs with the same bits on both targets and builds the same from the same seed', () => {
    const document = connectorDocument(kind, [30, 30]);
    const { program, synapses } = prepared(document);
    expect(synapses).toBeGreaterThan(0);
    expect(prepared(document).program).toEqual(program);
    const [interpreted, compiled] = [runOn('interpreter', program, steps), runOn('wasm', program, steps)];
    for (const [name, values] of Object.entries(interpreted))
      expect(sameBits(values, compiled[name] ?? []), name).toBe(true);
    const moved = interpreted['target/v']?.some((value, cell) => value !== interpreted['target/v']?.[cell + 1]);
    expect(moved).toBe(true);
  });
});
