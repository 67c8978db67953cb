/** Families of growing networks: time over cells, over synapses × rate, over steps. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeProject } from '../../engine/formats/project.ts';
import type { SpikeloomDocument } from '../../engine/model/document.ts';
import { brunel } from '../examples/brunel.ts';
import { connection, element, example, probe, quantity } from '../examples/describe.ts';
import { vogelsAbbott } from '../examples/vogels-abbott.ts';
import type { MeasureOptions } from './arguments.ts';
import type { PlotLine, PlotWish } from './line-plot.ts';
import { measureProject } from './measure-project.ts';
import type { MeasuredRow } from './row.ts';

/** A family with its measurements, ready to be drawn. */
export interface MeasuredFamily extends PlotWish {
  readonly id: string;
  /** One of what the horizontal axis counts. */
  readonly per: string;
  readonly rows: readonly MeasuredRow[];
}

interface Member {
  readonly line: string;
  readonly document: SpikeloomDocument;
  readonly milliseconds: number;
  /** Place on the horizontal axis. */
  across(row: MeasuredRow): number;
}

interface Family extends Pick<MeasuredFamily, 'id' | 'title' | 'x' | 'per'> {
  readonly members: readonly Member[];
}

const repeats = 3;
const sourceCells = 1000;

const families: readonly Family[] = [
  {
    id: 'neurons',
    title: 'Time over cells (Brunel network, 100 inputs each, 1 s)',
    x: 'cells',
    per: 'cell',
    members: [5_000, 10_000, 20_000, 40_000, 80_000].map((cells) => ({
      line: 'Brunel, 100 inputs each',
      document: brunel({ cells, inputs: 100 }),
      milliseconds: 1000,
      across: (row) => row.neurons,
    })),
  },
  {
    id: 'synaptic-events',
    title: 'Time over synapses × rate (10,000 cells, 1 s)',
    x: 'synaptic events',
    per: 'synaptic event',
    members: [20, 50, 100].flatMap((hertz) =>
      [100, 200, 400, 800].map((inputs) => ({
        line: `sources at ${hertz} Hz`,
        document: driven(inputs, hertz),
        milliseconds: 1000,
        across: ({ spikes, synapses }) => spikes * (synapses / sourceCells),
      })),
    ),
  },
  {
    id: 'steps',
    title: 'Time over steps (Vogels–Abbott network)',
    x: 'steps',
    per: 'step',
    members: [500, 1000, 2000, 3000, 4000].map((milliseconds) => ({
      line: 'Vogels–Abbott, 4,000 cells',
      document: vogelsAbbott(),
      milliseconds,
      across: (row) => row.steps,
    })),
  },
];

/** Poisson sources onto cells that stay silent, so that only the synapses cost more. */
function driven(inputs: number, hertz: number): SpikeloomDocument {
  return example({
    name: `Driven by ${inputs} inputs at ${hertz} Hz`,
    run: { timeStep: quantity(0.1, 'ms'), duration: quantity(1, 's'), seed: 1, speed: null },
    elements: [
      element('sources', 'stimuli/poisson', 'Sources', [0, 0], { size: sourceCells, rate: quantity(hertz, 'Hz') }),
      element('cells', 'neurons/lif', 'Cells', [300, 0], { size: 10_000 }),
    ],
    connections: [
      connection('sources-cells', 'fixed-in-degree', 'sources.spikes', 'cells.synapses', {
        weight: quantity(1e-6, 'nA'),
        in_degree: inputs,
        delay: quantity(1.5, 'ms'),
      }),
    ],
    probes: [probe('probe-spikes', 'cells.spikes')],
    plots: [],
  });
}

/** Measures all families; tells each row as it comes. */
export async function measureFamilies(
  options: MeasureOptions,
  tell: (row: MeasuredRow) => void,
): Promise<readonly MeasuredFamily[]> {
  const folder = mkdtempSync(join(tmpdir(), 'spikeloom-bench-'));
  const measured: MeasuredFamily[] = [];
  try {
    for (const family of families) measured.push(await measureFamily(family, folder, options, tell));
    return measured;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function measureFamily(
  { id, title, x, per, members }: Family,
  folder: string,
  options: MeasureOptions,
  tell: (row: MeasuredRow) => void,
): Promise<MeasuredFamily> {
  const lines = new Map<string, [number, number][]>();
  const rows: MeasuredRow[] = [];
  for (const [index, { line, document, milliseconds, across }] of members.entries()) {
    const path = join(folder, `${id}-${index}.spikeloom`);
    writeFileSync(path, writeProject(document));
    const wish = { workload: `${id}.${index + 1}`, milliseconds, repeats };
    const row = await measureProject(path, wish, options);
    tell(row);
    rows.push(row);
    lines.set(line, [...(lines.get(line) ?? []), [across(row), row.sim_s]]);
  }
  return {
    id,
    title,
    x,
    per,
    y: 'seconds',
    rows,
    lines: [...lines].map(([name, points]): PlotLine => ({ name, points })),
  };
}

/** The straight line fitted to points, and how far they lie from it at most, as a share of its value at the last one. */
export function growthOf(points: PlotLine['points']): { slope: number; offset: number; deviation: number } {
  const count = points.length;
  const mean = (axis: 0 | 1): number => points.reduce((sum, point) => sum + point[axis], 0) / count;
  const [meanX, meanY] = [mean(0), mean(1)];
  const spread = points.reduce((sum, [x]) => sum + (x - meanX) ** 2, 0);
  const slope = spread === 0 ? 0 : points.reduce((sum, [x, y]) => sum + (x - meanX) * (y - meanY), 0) / spread;
  const offset = meanY - slope * meanX;
  const largest = Math.max(...points.map(([x]) => offset + slope * x));
  const deviation = Math.max(...points.map(([x, y]) => Math.abs(y - offset - slope * x))) / largest;
  return { slope, offset, deviation };
}
