/** The table of problem codes: one line each, with the sentence that help shows. */

/**
 * Every code a Problem may carry, grouped by the stage that finds it. The text says what the code means to a user.
 * A test (`e2e/specs/problem-codes`) walks this table and demands a case that provokes each code.
 */
export const problemCodes = {
  // document
  'document/not-json': 'The file is not readable as a Spikeloom project.',
  'document/not-spikeloom': 'The file is a valid file, but not a Spikeloom project.',
  'document/newer': 'The project was written by a newer version and opens read-only.',
  'document/invalid': 'A part of the project does not have the form the format demands.',
  'document/unknown-kind': 'The project uses a kind this version does not know; it is kept untouched.',
  'document/missing-array': 'The project refers to an array that is not in the file.',
  // model
  'model/unknown-reference': 'A connection or probe refers to an element or port that does not exist.',
  'model/port-type': 'A wire joins ports of different type (continuous and spikes).',
  'model/self-wire': 'A wire would lead from an element to itself.',
  'model/duplicate-wire': 'Two ports are already joined by a wire.',
  'model/connector': 'A connection uses a connector that its target port does not take.',
  'model/port-size': 'Sizes of two connected ports do not fit.',
  'model/algebraic-loop': 'A loop of connections has no delay, so no order of evaluation exists.',
  'model/parameter-unknown': 'A parameter with this name does not exist for this kind.',
  'model/parameter-type': 'A parameter has a value of the wrong type.',
  'model/parameter-dimension': 'A quantity has another dimension than the parameter needs.',
  'model/parameter-range': 'A parameter lies outside the range in which the model is defined.',
  'model/parameter-not-finite': 'A parameter is not a finite number.',
  'model/parameter-shape': 'An array given for a parameter has the wrong number of values.',
  'model/missing-input': 'An element lacks an input without which it cannot run.',
  'model/time-step': 'The time step does not fit the model (too large, not positive, not a whole number of ticks).',
  'model/empty': 'The network has no elements, so there is nothing to run.',
  // edits and their journal
  'edit/impossible': 'An edit refers to something that is not in the project, or adds what is already there.',
  'edit/invalid': 'An edit does not have the form an edit needs.',
  'journal/damaged': 'The journal of edits is damaged; what stands before the damage is kept.',
  'journal/mismatch': 'The journal of edits belongs to another project or version.',
  // units and equations
  'units/syntax': 'A quantity is not written as a number followed by a unit.',
  'units/unknown-unit': 'The unit is not known.',
  'equations/syntax': 'An equation string does not follow the grammar.',
  'equations/unknown-name': 'A name in an equation is neither defined nor built in.',
  'equations/dimension': 'The units in an equation do not fit together.',
  'equations/duplicate-name': 'A name is defined twice.',
  'equations/reserved-name': 'A name is reserved and cannot be defined.',
  'equations/unit': 'A declared unit is not a known base or derived unit.',
  'equations/flag': 'A flag in parentheses is not known or not allowed here.',
  'equations/type': 'A boolean stands where a number is needed, or the other way round.',
  'equations/cycle': 'Subexpressions refer to each other in a circle.',
  'equations/write': 'A statement writes to something that cannot be written.',
  'integration/not-applicable': 'The integration method cannot take this system of equations.',
  // files of data
  'file/not-found': 'The file does not exist.',
  'file/read': 'The file could not be read.',
  'file/write': 'The file could not be written.',
  'file/changed': 'The file was changed by somebody else since it was opened or saved here.',
  'journal/taken': 'Another window writes the journal of this project.',
  'host/address': 'The address is not one of the sites this program opens.',
  'file/not-allowed': 'The file lies outside the places this program may reach.',
  'host/unreachable': 'The program behind the page (window or server) does not answer.',
  'csv/bad-cell': 'A cell of a CSV file is not a number.',
  'csv/ragged': 'A line of a CSV file has another number of fields than the first.',
  'csv/empty': 'A CSV file has no rows of numbers.',
  'csv/column': 'A named or numbered column does not exist in the file.',
  'csv/too-large': 'A CSV file has more lines, columns or cells than can be read, or a line that is too long.',
  'csv/time-order': 'The time column does not increase from line to line.',
  'npy/format': 'A npy or npz file is damaged or of an unsupported type.',
  'npz/entry': 'The npz file does not contain the array asked for.',
  'import/rockpool': 'A file is no network saved by Rockpool 1.0.7, has an unknown layer, or does not say all.',
  'export/rockpool': 'A project has something that no network saved by Rockpool 1.0.7 can have.',
  // time series, generators, training
  'timeseries/invalid': 'A time series breaks a rule (times must not decrease, one row per time).',
  'generator/invalid': 'A generator of data or weights was given impossible arguments.',
  'training/nothing': 'Nothing is said that training could make better, or nothing that it may change.',
  'training/too-few-samples': 'There are fewer samples than the training needs.',
  'training/not-finite': 'Training met values that are not finite.',
  'training/singular': 'The regression has no unique solution; raise the ridge parameter.',
  'training/shape': 'Features and targets do not have matching shapes.',
  'training/not-differentiable': 'Part of the program has no derivative, so nothing can be trained through it.',
  'measure/impossible':
    'A measure cannot be taken of what is there: nothing that it is about, too large, or it never changes.',
  // running
  'run/not-finite': 'A state variable became infinite or not a number during the run.',
  'run/memory': 'The run needs more memory than is allowed.',
  'run/crashed': 'The engine stopped unexpectedly; the document is safe.',
  'run/unknown-target': 'The compile target or precision is not known.',
  'run/duration': 'The duration is missing or is not a positive time.',
  'checkpoint/unreadable': 'A checkpoint is damaged, cut off, of a newer version, or no checkpoint at all.',
  'checkpoint/other-model': 'A checkpoint belongs to another model or to other run settings.',
  // conform
  'conform/unknown-system': 'The reference case names a system that is not built.',
  'conform/bad-case': 'The reference case cannot be read.',
} as const satisfies Record<string, string>;

export type ProblemCode = keyof typeof problemCodes;
