/** The network as a graph: blocks are nodes with their ports, connections are edges; as JSON, or as DOT for Graphviz. */
import type { SpikeloomDocument } from '../model/document.ts';
import { kindOf, type KindCatalogue } from '../model/kind.ts';

export interface GraphNode {
  readonly id: string;
  readonly name: string;
  /** Kind of the block, `layers/lif`. */
  readonly kind: string;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
}

export interface GraphEdge {
  readonly id: string;
  readonly kind: string;
  readonly from: { readonly node: string; readonly port: string };
  readonly to: { readonly node: string; readonly port: string };
}

export interface NetworkGraph {
  readonly name: string;
  readonly nodes: readonly GraphNode[];
  readonly edges: readonly GraphEdge[];
}

/** In the order of the document; a block of a kind that is not known has no ports. */
export function networkGraph(document: SpikeloomDocument, catalogue: KindCatalogue): NetworkGraph {
  const nodes = Object.values(document.elements).map((element): GraphNode => {
    const kind = kindOf(catalogue, element);
    const [inputs, outputs] = [kind?.inputs ?? [], kind?.outputs ?? []].map((ports) => ports.map(({ name }) => name));
    return { id: element.id, name: element.name, kind: element.kind, inputs: inputs ?? [], outputs: outputs ?? [] };
  });
  const edges = Object.values(document.connections).map(({ id, kind, from, to }): GraphEdge => ({
    ...{ id, kind },
    from: { node: from.element, port: from.port },
    to: { node: to.element, port: to.port },
  }));
  return { name: document.name, nodes, edges };
}

export function printGraph(graph: NetworkGraph, form: 'dot' | 'json'): string {
  return form === 'json' ? `${JSON.stringify(graph, undefined, 2)}\n` : printDot(graph);
}

/** Source: the DOT language of Graphviz. */
function printDot({ name, nodes, edges }: NetworkGraph): string {
  const lines = [
    ...nodes.map(({ id, name: title, kind }) => `  ${quoted(id)} [shape=box, label=${quoted(`${title}\n${kind}`)}];`),
    ...edges.map(
      ({ from, to, kind }) =>
        `  ${quoted(from.node)} -> ${quoted(to.node)} [taillabel=${quoted(from.port)}, headlabel=${quoted(to.port)}, label=${quoted(kind)}];`,
    ),
  ];
  return [`digraph ${quoted(name)} {`, '  rankdir=LR;', ...lines, '}', ''].join('\n');
}

function quoted(text: string): string {
  return `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n')}"`;
}
