/** Connect targets: where the outputs of a block may lead, by name; what is illegal comes last, with the reason. */
import { canConnect } from '../../engine/model/connections.ts';
import type { ConnectionEnd, SpikeloomDocument } from '../../engine/model/document.ts';
import { kindOf, type Family, type KindCatalogue } from '../../engine/model/kind.ts';
import { elementName } from '../../engine/model/names.ts';

export interface ConnectTarget {
  readonly from: ConnectionEnd;
  readonly to: ConnectionEnd;
  /** "Excitatory → in", or "spikes ⇒ Excitatory → in" where the block has several outputs. */
  readonly title: string;
  readonly family: Family;
  /** Why it is not legal; undefined when it is. */
  readonly refusal: string | undefined;
}

/** Every input that the outputs of the element could lead to, legal ones first, in the order of the document. */
export function connectTargets(
  document: SpikeloomDocument,
  catalogue: KindCatalogue,
  element: string,
): readonly ConnectTarget[] {
  const outputs = kindOf(catalogue, document.elements[element])?.outputs ?? [];
  const found = outputs.flatMap((output) =>
    Object.values(document.elements).flatMap((target) => {
      const kind = kindOf(catalogue, target);
      return (kind?.inputs ?? []).map((input): ConnectTarget => {
        const [from, to] = [
          { element, port: output.name },
          { element: target.id, port: input.name },
        ];
        const name = `${elementName(target)} → ${input.name}`;
        return {
          from,
          to,
          title: outputs.length > 1 ? `${output.name} ⇒ ${name}` : name,
          family: kind?.family ?? 'connectors',
          refusal: canConnect(document, catalogue, from, to)?.message,
        };
      });
    }),
  );
  const legal = (target: ConnectTarget): boolean => target.refusal === undefined;
  return [...found.filter(legal), ...found.filter((target) => !legal(target))];
}

/** Those whose title holds every word. */
export function matchingTargets(targets: readonly ConnectTarget[], text: string): readonly ConnectTarget[] {
  const words = text.trim().toLowerCase().split(/\s+/).filter(Boolean);
  return targets.filter(({ title }) => words.every((word) => title.toLowerCase().includes(word)));
}
