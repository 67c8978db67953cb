/** `spikeloom prove`, which `npm start` calls: runs the opening example for a moment and tells how fast the engine is here. */
import { join } from 'node:path';
import { significant } from '../../engine/units/format-quantity.ts';
import type { RunStarter } from '../jobs/start-run.ts';
import { examplesFolder, openingExample } from '../platform/program-folders.ts';
import { openProject } from './command.ts';
import type { Command } from './command.ts';
import { exitCodeOf } from './output.ts';

const simulated = { value: 2, unit: 's' } as const;

/** The command, with what starts its run. */
export function createProveCommand(start: RunStarter): Command<object> {
  return async (output) => {
    const opened = await openProject(join(examplesFolder(), openingExample));
    output.problems(opened.problems);
    if (!opened.ok) return exitCodeOf(opened.problems);
    const document = { ...opened.value, run: { ...opened.value.run, duration: simulated } };
    const run = start({ document, target: 'wasm', record: false }, () => undefined);
    const { report, problems } = await run.outcome;
    output.problems(problems);
    if (report === undefined) return exitCodeOf(problems);
    const realTimeFactor = report.simSeconds / report.wallSeconds;
    const spikes = Object.values(report.spikes).reduce((sum, count) => sum + count, 0);
    output.line(
      `Engine: example “${document.name}”, ${report.cells} cells, ${report.synapses} synapses, ${spikes} spikes in ${significant(report.simSeconds)} s, ${significant(realTimeFactor)} × real time`,
    );
    output.result({ example: document.name, ...report, realTimeFactor, problems });
    return exitCodeOf(problems);
  };
}
