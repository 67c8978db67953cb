/** From a document to a program with the built-in library: what the engine worker and the command line start from. */
import type { Result } from '../base/result.ts';
import { andThen, mapResult, ok } from '../base/result.ts';
import type { Admission, BuiltProgram } from '../build/build-program.ts';
import { buildProgram, outlineProgram } from '../build/build-program.ts';
import type { SpikeloomDocument } from '../model/document.ts';
import type { ValidatedModel } from '../model/validated.ts';
import { validate } from '../model/validate.ts';
import { catalogue, library } from './library.ts';

/** A program with the model it was built from. */
export interface PreparedRun extends BuiltProgram {
  readonly model: ValidatedModel;
}

/**
 * Validates and builds; every Problem names the element it sits at. With `admit` the sizes are told first, and a program
 * that it refuses is not built: nothing that grows with the network has been made by then.
 */
export function prepareRun(document: SpikeloomDocument, admit?: Admission): Result<PreparedRun> {
  return andThen(validate(document, catalogue), (model) =>
    andThen(admitted(model, admit), () => andThen(buildProgram(model, library), (built) => ok({ ...built, model }))),
  );
}

/** The outline's warnings come again with the build. */
function admitted(model: ValidatedModel, admit: Admission | undefined): Result<unknown> {
  if (admit === undefined) return ok(undefined);
  const outlined = outlineProgram(model, library);
  return outlined.ok ? admit(outlined.value) : outlined;
}

/**
 * The same for training: the numbers that the document marks as trainable are signals of the program whatever they are,
 * and every step is computed as it can be differentiated.
 */
export function prepareTraining(document: SpikeloomDocument): Result<PreparedRun> {
  return andThen(validate(document, catalogue), (model) => {
    const trained = model.elements.flatMap(({ record: { id, trainable = [] } }) =>
      trainable.map((name) => `${id}/${name}`),
    );
    return mapResult(buildProgram(model, library, { trained, everyStep: true }), (built) => ({ ...built, model }));
  });
}
