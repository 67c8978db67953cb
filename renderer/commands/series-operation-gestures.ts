/** Operations on the series of a block, and saving it: what the menu and the dialog of series do. */
import type { Problem } from '../../engine/base/problem.ts';
import type { Result } from '../../engine/base/result.ts';
import { csvOfSeries } from '../../engine/formats/series-csv.ts';
import { writeSeriesNpz } from '../../engine/formats/series-npz.ts';
import { problemOfMembers, seriesKinds, seriesOfElement } from '../../engine/library/element-series.ts';
import { operationsOnEvents } from '../../engine/library/series-operations/operations-on-events.ts';
import { operationsOnRows } from '../../engine/library/series-operations/operations-on-rows.ts';
import type { Series, SeriesOperation } from '../../engine/library/series-operations/series-operation.ts';
import { fileName } from '../stores/saving.ts';
import type { Services } from '../stores/services.ts';
import { report } from './file-gestures.ts';
import { addSeries, putSeries } from './series-gestures.ts';

/** An operation on the kind of series that a block plays. */
export type BlockOperation = SeriesOperation;

/** The operations that a block can have, in the order of its menu. */
export function operationsFor(services: Services, id: string): readonly BlockOperation[] {
  const kind = services.document.getState().document.elements[id]?.kind;
  if (kind === seriesKinds.events)
    return operationsOnEvents as readonly SeriesOperation<never>[] as readonly BlockOperation[];
  return kind === seriesKinds.continuous
    ? (operationsOnRows as readonly SeriesOperation<never>[] as readonly BlockOperation[])
    : [];
}

/** The series of a block; undefined where it has none. */
export function seriesOf(services: Services, id: string): Result<Series> | undefined {
  return seriesOfElement(services.document.getState().document, id);
}

/** Puts what an operation gave in the place of the series, or in a block of its own where it is of the other kind. */
export function applySeries(services: Services, id: string, series: Series, title: string): readonly Problem[] {
  const { document } = services.document.getState();
  const element = document.elements[id];
  if (element === undefined) return [];
  const verb = title.replace('…', '');
  const source = `${element.name} · ${verb}`;
  const label = `${verb}: ${element.name}`;
  if (seriesKinds[series.type] !== element.kind)
    return addSeries(services, { series, source }, label, `${element.name} ${verb.toLowerCase()}`, undefined);
  const undealt = problemOfMembers(document, id, series);
  if (undealt !== undefined) return [undealt];
  const after = element.parameters['after'] === 'zero' ? 'zero' : 'hold';
  return putSeries(services, id, { series, source, after }, label);
}

const sorts = {
  npz: { title: 'Series (npz)', extensions: ['npz'] },
  csv: { title: 'Table', extensions: ['csv'] },
} as const;

/** Saves the series of a block as Rockpool saves its series, or as a table. */
export async function saveSeries(services: Services, id: string, form: 'npz' | 'csv'): Promise<void> {
  const element = services.document.getState().document.elements[id];
  const series = seriesOf(services, id);
  if (element === undefined || series === undefined) return;
  if (!series.ok) return report(services, 'The series cannot be saved', series.problems);
  const bytes =
    form === 'npz'
      ? writeSeriesNpz({ series: series.value, name: element.name })
      : new TextEncoder().encode(csvOfSeries(series.value));
  const { title, extensions } = sorts[form];
  const saved = await services.host.files.saveAs(`${fileName(element.name)}.${form}`, { title, extensions }, bytes);
  if (!saved.ok) report(services, 'The series could not be saved', saved.problems);
  else if (saved.value !== undefined) services.session.getState().notify('info', `Saved as ${saved.value.file.name}`);
}
