/** Marks of parameters that training may change: which a kind can have. Rule V9 of SPEC.md. */
import { nearestName } from '../base/nearest-name.ts';
import { problem, type Problem } from '../base/problem.ts';
import type { ElementRecord } from './document.ts';
import type { KindDescriptor, ParameterSpec } from './kind.ts';
import { elementName } from './names.ts';

/** What stands against training a parameter, as the sentence of a Problem goes on; undefined where it can be trained. */
export function untrainableReason(kind: KindDescriptor, spec: ParameterSpec): string | undefined {
  if (spec.type === 'integer') return 'is a whole number, which no small step changes';
  if (spec.type === 'series' || kind.family === 'stimuli') return 'is input of the network';
  if (spec.type !== 'quantity' && spec.type !== 'matrix') return 'holds no numbers';
  if (kind.noGradient !== undefined) return `can't be trained, because ${kind.noGradient}`;
  const shapes = spec.untrainable === true || (spec.type === 'quantity' && spec.perCell !== true);
  return shapes ? 'has no slope: it only says how the network is built' : undefined;
}

/** Problems of the marks of an element, each at the path `trainable`. */
export function trainableDefects(record: ElementRecord, kind: KindDescriptor): Problem[] {
  return (record.trainable ?? []).flatMap((name) => {
    const spec = kind.parameters.find((candidate) => candidate.name === name);
    if (spec === undefined) return [unknownName(record, kind, name)];
    const reason = untrainableReason(kind, spec);
    if (reason === undefined) return [];
    const numeric = spec.type === 'quantity' || spec.type === 'matrix';
    return [
      problem(
        numeric ? 'training/not-differentiable' : 'model/parameter-type',
        `${name} of ${elementName(record)} is marked as trainable, but it ${reason}.`,
        { hint: 'Take the mark off.', at: { element: record.id, path: 'trainable' } },
      ),
    ];
  });
}

function unknownName(record: ElementRecord, kind: KindDescriptor, name: string): Problem {
  const trainable = kind.parameters.filter((spec) => untrainableReason(kind, spec) === undefined);
  const names = trainable.map((spec) => spec.name);
  const near = nearestName(name, names);
  const some = names.length === 0 ? 'It has none to train.' : `It can train ${names.join(', ')}.`;
  return problem(
    'model/parameter-unknown',
    `${kind.title} has no parameter ${name} (marked as trainable at ${elementName(record)}).`,
    {
      hint: near === undefined ? some : `Did you mean ${near}?`,
      at: { element: record.id, path: 'trainable' },
    },
  );
}
