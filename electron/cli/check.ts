/** `spikeloom check PROJECT`: validates and lists Problems. */
import { andThen, mapResult } from '../../engine/base/result.ts';
import { buildProgram } from '../../engine/build/build-program.ts';
import { catalogue, library } from '../../engine/library/library.ts';
import { validate } from '../../engine/model/validate.ts';
import { openProject } from './command.ts';
import type { Command } from './command.ts';
import { exitCodeOf } from './output.ts';

export const checkCommand: Command<{ readonly project: string }> = async (output, { project }) => {
  const built = andThen(await openProject(project), (document) =>
    andThen(validate(document, catalogue, { forRun: true }), (model) =>
      mapResult(buildProgram(model, library), ({ cells, synapses }) => ({ cells, synapses })),
    ),
  );
  output.problems(built.problems);
  const errors = built.problems.filter((found) => found.severity === 'error').length;
  output.line(
    built.ok
      ? `${project}: ${built.value.cells} cells, ${built.value.synapses} synapses, ${built.problems.length} warnings`
      : `${project}: ${errors} errors`,
  );
  output.result({ ok: built.ok, ...(built.ok ? built.value : {}), problems: built.problems });
  return exitCodeOf(built.problems);
};
