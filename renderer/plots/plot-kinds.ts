/** The kinds of plots; a file each. */
import { createRegistry } from '../../engine/base/registry.ts';
import type { PlotKind } from './plot-plan.ts';
import { predictionKind } from './prediction.ts';
import { rasterKind } from './raster.ts';
import { tracesKind } from './traces.ts';

export const plotKinds = createRegistry<PlotKind>('plot kind', [rasterKind, tracesKind, predictionKind]);
