/** From a document to a program with the built-in library: what the engine worker and the command line start from. */
import type { Result } from '../base/result.ts';
import { andThen, ok } from '../base/result.ts';
import type { BuiltProgram } from '../build/build-program.ts';
import { buildProgram } from '../build/build-program.ts';
import type { SpikeloomDocument } from '../model/document.ts';
import type { ValidatedModel } from '../model/validated.ts';
import { validate } from '../model/validate.ts';
import { catalogue, library } from './library.ts';

/** A program with the model it was built from. */
export interface PreparedRun extends BuiltProgram {
  readonly model: ValidatedModel;
}

/** Validates and builds; every Problem names the element it sits at. */
export function prepareRun(document: SpikeloomDocument): Result<PreparedRun> {
  return andThen(validate(document, catalogue), (model) =>
    andThen(buildProgram(model, library), (built) => ok({ ...built, model })),
  );
}
