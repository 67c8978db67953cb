/** Probe choices: what of the network a plot could show, and which cells a person means by "0, 5, 10-14". */
import type { ElementRecord, ProbeRecord, SpikeloomDocument } from '../../engine/model/document.ts';
import { kindOf, type KindCatalogue, type KindDescriptor } from '../../engine/model/kind.ts';
import type { ProbeInformation } from '../../engine/protocol/messages.ts';

export interface ProbeChoice {
  readonly element: ElementRecord;
  readonly target: string;
  readonly title: string;
  readonly type: 'samples' | 'events';
}

/** Every output and state variable of every element, in document order. */
export function probeChoices(document: SpikeloomDocument, catalogue: KindCatalogue): ProbeChoice[] {
  return Object.values(document.elements).flatMap((element) => choicesOf(element, kindOf(catalogue, element)));
}

function choicesOf(element: ElementRecord, kind: KindDescriptor | undefined): ProbeChoice[] {
  if (kind === undefined) return [];
  const outputs = kind.outputs.map((port) => ({
    element,
    target: port.name,
    title: port.title,
    type: port.type === 'spikes' ? ('events' as const) : ('samples' as const),
  }));
  const states = kind.states.map((state) => ({
    element,
    target: state.name,
    title: state.title,
    type: 'samples' as const,
  }));
  const named = new Set(outputs.map((choice) => choice.target));
  return [...outputs, ...states.filter((choice) => !named.has(choice.target))];
}

/** What is known of a probe before the engine has told: enough to say which plots can show it. */
export function expectedProbe(
  document: SpikeloomDocument,
  catalogue: KindCatalogue,
  probe: ProbeRecord,
): Pick<ProbeInformation, 'type' | 'target'> | undefined {
  const choice = probeChoices(document, catalogue).find(
    (each) => each.element.id === probe.element && each.target === probe.target,
  );
  return choice === undefined ? undefined : { type: choice.type, target: choice.target };
}

/** Cells as typed: empty or "all" is null, "0, 5, 10-14" a sorted list; undefined when it cannot be read. */
export function parseCells(text: string): readonly number[] | null | undefined {
  const trimmed = text.trim().toLowerCase();
  if (trimmed === '' || trimmed === 'all') return null;
  const cells = new Set<number>();
  for (const part of trimmed.split(/[\s,;]+/).filter(Boolean)) {
    const match = /^(\d{1,7})(?:[-–](\d{1,7}))?$/.exec(part);
    if (match === null) return undefined;
    const first = Number(match[1]);
    const last = match[2] === undefined ? first : Number(match[2]);
    if (last < first || last - first >= 4096) return undefined;
    for (let cell = first; cell <= last; cell++) cells.add(cell);
  }
  return cells.size > 4096 ? undefined : [...cells].sort((left, right) => left - right);
}
