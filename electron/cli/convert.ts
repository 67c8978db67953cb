/** `spikeloom convert IN OUT [--to FORMAT]`: from any form of a project to any other, with a report of what was kept. */
import { problem } from '../../engine/base/problem.ts';
import type { Problem, Severity } from '../../engine/base/problem.ts';
import { failed } from '../../engine/base/result.ts';
import type { Result } from '../../engine/base/result.ts';
import type { SpikeloomDocument } from '../../engine/model/document.ts';
import { nodeFileSystem } from '../platform/node-file-system.ts';
import { nodeRandom } from '../platform/node-seams.ts';
import type { ProjectForm } from '../platform/project-storage.ts';
import { projectFormOf, projectForms, writeProjectAt } from '../platform/project-storage.ts';
import { absolutePath, openProject } from './command.ts';
import type { Command } from './command.ts';
import { exitCodeOf } from './output.ts';

export interface ConvertOptions {
  readonly input: string;
  readonly output: string;
  readonly to: ProjectForm | undefined;
}

/** How much of a project each part of the report tells of. */
interface MappingReport {
  readonly exact: readonly string[];
  readonly approximated: readonly string[];
  readonly refused: readonly string[];
}

export const convertCommand: Command<ConvertOptions> = async (output, { input, output: target, to }) => {
  const opened = await openProject(input);
  const form = to ?? projectFormOf(target);
  const written: Result<void> = opened.ok ? await write(opened.value, target, form) : opened;
  const problems = opened.ok ? [...opened.problems, ...written.problems] : opened.problems;
  const report: MappingReport = {
    exact: opened.ok && written.ok ? contents(opened.value, form) : [],
    approximated: messagesOf(problems, 'warning'),
    refused: messagesOf(problems, 'error'),
  };
  output.problems(problems);
  if (written.ok) for (const line of printReport(report)) output.line(line);
  output.result({ ok: written.ok, format: form ?? null, ...report, problems });
  return exitCodeOf(problems);
};

function write(document: SpikeloomDocument, target: string, form: ProjectForm | undefined): Promise<Result<void>> {
  if (form === undefined)
    return Promise.resolve(failed(unknownForm(target, `, or say --to ${projectForms.join(', --to ')}`)));
  return writeProjectAt(nodeFileSystem, nodeRandom, absolutePath(target), form, document);
}

/** The name of a file does not say which form of a project it is to have. */
export function unknownForm(target: string, otherwise = ''): Problem {
  return problem('file/write', `The form of “${target}” is not known from its name.`, {
    hint: `End the name in .spikeloom, .json or .dot${otherwise}.`,
  });
}

/** What the forms of other programs have in another way, or not at all. */
function messagesOf(problems: readonly Problem[], severity: Severity): string[] {
  const foreign = problems.filter(({ code }) => code === 'import/rockpool' || code === 'export/rockpool');
  return foreign.filter((found) => found.severity === severity).map(({ message }) => message);
}

/** All own forms hold the whole document, so everything is exact. */
function contents(document: SpikeloomDocument, form: ProjectForm | undefined): string[] {
  const { elements, connections, probes, arrays, view } = document;
  if (form === 'rockpool') {
    const layers = Object.values(elements).filter(({ kind }) => !kind.startsWith('stimuli/'));
    return [`${layers.length} layers`, `${Object.keys(connections).length} connections`, 'time step'];
  }
  if (form === 'dot' || form === 'graph')
    return [`${Object.keys(elements).length} nodes`, `${Object.keys(connections).length} edges`];
  const counted = { elements, connections, probes, arrays, plots: view.plots };
  const counts = Object.entries(counted).map(([name, records]) => `${Object.keys(records).length} ${name}`);
  return [...counts, 'run settings', 'positions'];
}

function printReport(report: MappingReport): string[] {
  return Object.entries(report).map(([name, parts]) => `${name}: ${parts.length === 0 ? 'nothing' : parts.join(', ')}`);
}
