/** Sizes of all elements: asked again and again until nothing new is learnt, since some depend on what is connected. */
import { defined } from '../base/assert.ts';
import { problem } from '../base/problem.ts';
import type { Result } from '../base/result.ts';
import { failed, ok } from '../base/result.ts';
import type { ValidatedConnection, ValidatedElement, ValidatedModel } from '../model/validated.ts';
import type { ElementKind, ElementSizes, Library, SizeRequest } from './library-kind.ts';
import { createParameterReader } from './parameter-reader.ts';

/** Sizes by element id, all known. */
export type SizeTable = ReadonlyMap<
  string,
  { readonly outputs: Readonly<Record<string, number>>; readonly cells: number; readonly members: number }
>;

/** Resolves the sizes of every element, or tells which element's size depends on itself. */
export function resolveSizes(model: ValidatedModel, library: Library): Result<SizeTable> {
  const known = new Map<string, ElementSizes>();
  for (let pass = 0; pass <= model.elements.length + 1; pass += 1) {
    const before = countKnown(known);
    for (const element of model.elements) {
      const kind = elementKind(library, element);
      const sizes = kind.sizes(sizeRequest(model, library, element, known));
      if (!sizes.ok) return sizes;
      known.set(element.record.id, sizes.value);
    }
    if (countKnown(known) === before && pass > 0) break;
  }
  return finish(model, known);
}

/** The library entry of an element, in the form that the element has. */
export function elementKind(library: Library, element: ValidatedElement): ElementKind {
  const entry = defined(
    library.element(element.kind.id),
    `kind ${element.kind.id} is in the catalogue but not in the library`,
  );
  return entry === element.kind ? entry : { ...entry, ...element.kind };
}

/** Connections that end at a port, in document order. */
export function connectionsTo(model: ValidatedModel, element: string, port?: string): ValidatedConnection[] {
  return model.connections.filter(
    ({ record }) => record.to.element === element && (port === undefined || record.to.port === port),
  );
}

function sizeRequest(
  model: ValidatedModel,
  library: Library,
  element: ValidatedElement,
  known: ReadonlyMap<string, ElementSizes>,
): SizeRequest {
  const { id, name } = element.record;
  const parameters = createParameterReader({ id, name, seed: model.seed, parameters: element.parameters }, library);
  const inputSize = (port: string): number | undefined => {
    let total = 0;
    for (const { record } of connectionsTo(model, id, port)) {
      const size = known.get(record.from.element)?.outputs[record.from.port];
      if (size === undefined) return undefined;
      total += size;
    }
    return total;
  };
  return { parameters, inputSize, element: { id, name } };
}

function countKnown(known: ReadonlyMap<string, ElementSizes>): number {
  let count = 0;
  for (const { outputs, cells } of known.values()) {
    count += Object.values(outputs).filter((size) => size !== undefined).length + (cells === undefined ? 0 : 1);
  }
  return count;
}

function finish(model: ValidatedModel, known: ReadonlyMap<string, ElementSizes>): Result<SizeTable> {
  const table = new Map<string, { outputs: Record<string, number>; cells: number; members: number }>();
  for (const { record, kind } of model.elements) {
    const sizes = defined(known.get(record.id), `no sizes of ${record.id}`);
    const outputs: Record<string, number> = {};
    for (const { name } of kind.outputs) {
      const size = sizes.outputs[name];
      if (size === undefined) {
        return failed(
          problem(
            'model/port-size',
            `The size of "${record.name}" follows from its input, which follows from itself.`,
            {
              hint: 'Set a size somewhere in the loop.',
              at: { element: record.id },
            },
          ),
        );
      }
      outputs[name] = size;
    }
    table.set(record.id, { outputs, cells: sizes.cells ?? 0, members: sizes.members ?? 1 });
  }
  return ok(table);
}
