/** Process that measures one project: reads its file, runs it, and prints the row as one line of JSON. */
import { expectOk } from '../../engine/base/result.ts';
import { nodeFileSystem } from '../../electron/platform/node-file-system.ts';
import { documentOf, readProjectAt } from '../../electron/platform/project-storage.ts';
import { measureRun } from './measure-run.ts';
import type { RunWish } from './measure-run.ts';

/** What this process is started with, as JSON in its only argument. */
export interface MeasureRequest extends RunWish {
  /** Absolute path of the project. */
  readonly project: string;
  /** Simulated time, as `--duration` gives it. */
  readonly milliseconds: number;
  /** Leaves out the project's probes. */
  readonly withoutProbes?: boolean;
}

const request = JSON.parse(process.argv[2] ?? '') as MeasureRequest;
const opened = expectOk(documentOf(await readProjectAt(nodeFileSystem, request.project)));
const { milliseconds, withoutProbes = false } = request;
const document = {
  ...opened,
  run: { ...opened.run, duration: { value: milliseconds, unit: 'ms' } },
  probes: withoutProbes ? {} : opened.probes,
  view: withoutProbes ? { ...opened.view, plots: [] } : opened.view,
};
process.stdout.write(`${JSON.stringify(measureRun(document, request))}\n`);
