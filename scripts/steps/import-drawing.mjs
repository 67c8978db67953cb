/** The drawing of ARCHITECTURE.md: which folder imports which, read from the source. */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';

const parts = ['engine', 'renderer', 'electron'];
const importPattern = /^(?:import|export)\b[^;]*?\bfrom '(\.[^']+)'|\bimport '(\.[^']+)'/gm;
/** What everything imports tells nothing. */
const everywhere = 'engine/base';

/**
 * The folders of a project with the folders each imports, without what follows from other arrows.
 * @param {string} root
 * @returns {Map<string, string[]>}
 */
export function importGraph(root) {
  /** @type {Map<string, Set<string>>} */
  const graph = new Map();
  for (const file of parts.flatMap((part) => sourceFiles(join(root, part)))) {
    const from = folderOf(root, file);
    const targets = graph.get(from) ?? new Set();
    graph.set(from, targets);
    for (const [, named, bare] of readFileSync(file, 'utf8').matchAll(importPattern)) {
      const to = folderOf(root, join(dirname(file), named ?? bare ?? ''));
      if (to !== from && to !== everywhere && parts.includes(to.split('/')[0] ?? '')) targets.add(to);
    }
  }
  graph.delete(everywhere);
  return reduced(graph);
}

/**
 * The drawing as Mermaid text, a box per part.
 * @param {Map<string, string[]>} graph
 */
export function drawGraph(graph) {
  const boxes = parts.flatMap((part) => [
    `  subgraph ${part}`,
    ...[...graph.keys()]
      .filter((folder) => folder.startsWith(`${part}/`))
      .sort()
      .map((folder) => `    ${nodeOf(folder)}`),
    '  end',
  ]);
  const arrows = [...graph]
    .sort(([left], [right]) => left.localeCompare(right))
    .filter(([, targets]) => targets.length > 0)
    .map(([from, targets]) => `  ${idOf(from)} --> ${targets.map(idOf).join(' & ')}`);
  return ['```mermaid', 'flowchart TD', ...boxes, ...arrows, '```'].join('\n');
}

/** @param {string} folder */
function idOf(folder) {
  return folder.replaceAll(/[^a-z]/g, '_');
}

/** @param {string} folder */
function nodeOf(folder) {
  return `${idOf(folder)}["${folder.split('/')[1]}/"]`;
}

/**
 * Files that belong to the product: no tests.
 * @param {string} folder
 * @returns {string[]}
 */
function sourceFiles(folder) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return sourceFiles(path);
    return /\.tsx?$/.test(entry.name) && !/\.(test|test-support|d)\.tsx?$/.test(entry.name) ? [path] : [];
  });
}

/**
 * `engine/build` for every file under it.
 * @param {string} root
 * @param {string} file
 */
function folderOf(root, file) {
  return relative(root, file).split('/').slice(0, 2).join('/');
}

/**
 * Leaves out an arrow when another way leads there.
 * @param {Map<string, Set<string>>} graph
 * @returns {Map<string, string[]>}
 */
function reduced(graph) {
  const kept = new Map();
  for (const [from, targets] of graph) {
    const implied = [...targets].filter((to) => [...targets].some((via) => via !== to && reaches(graph, via, to)));
    kept.set(from, [...targets].filter((to) => !implied.includes(to)).sort());
  }
  return kept;
}

/**
 * @param {Map<string, Set<string>>} graph
 * @param {string} from
 * @param {string} to
 */
function reaches(graph, from, to) {
  const seen = new Set([from]);
  const waiting = [from];
  for (let folder = waiting.pop(); folder !== undefined; folder = waiting.pop()) {
    for (const next of graph.get(folder) ?? []) {
      if (next === to) return true;
      if (!seen.has(next)) waiting.push(next);
      seen.add(next);
    }
  }
  return false;
}
