/** Probes: whether what they record exists. */
import { problem } from '../base/problem.ts';
import type { Problem } from '../base/problem.ts';
import type { ProbeRecord, SpikeloomDocument } from './document.ts';
import { kindOf, type KindCatalogue, type KindDescriptor } from './kind.ts';
import { elementName } from './names.ts';
import { findRecord } from './records.ts';

/** Names that a kind can be probed at: output ports, then state variables. */
export function probeTargets(kind: KindDescriptor): string[] {
  return [...new Set([...kind.outputs, ...kind.states].map((each) => each.name))];
}

/** What is wrong with a probe; undefined when nothing is. `document/unknown-kind` when its element is of unknown kind. */
export function probeDefect(
  document: Pick<SpikeloomDocument, 'elements'>,
  catalogue: KindCatalogue,
  probe: ProbeRecord,
): Problem | undefined {
  const element = findRecord(document.elements, probe.element);
  if (element === undefined) {
    return problem('model/unknown-reference', `A probe records ${probe.target} of an element that does not exist.`, {
      hint: 'Remove the probe.',
      at: { element: probe.id, path: 'element' },
    });
  }
  const kind = kindOf(catalogue, element);
  if (kind === undefined) {
    return problem(
      'document/unknown-kind',
      `${elementName(element)} is of a kind that this version does not know (${element.kind}), so it cannot be probed.`,
    );
  }
  const targets = probeTargets(kind);
  // Where texts cannot be read, they are told of, not what they would have made.
  if (targets.includes(probe.target) || kind.textProblems !== undefined) return undefined;
  return problem('model/unknown-reference', `${elementName(element)} has nothing called ${probe.target} to record.`, {
    hint: targets.length === 0 ? `${kind.title} has nothing to record.` : `It can record ${targets.join(', ')}.`,
    at: { element: probe.id, path: 'target' },
  });
}
