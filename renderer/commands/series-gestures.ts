/** What importing a series and operations on one do to the document: one edit that sets the numbers and their times. */
import { problem, type Problem } from '../../engine/base/problem.ts';
import type { Result } from '../../engine/base/result.ts';
import {
  parametersOfSeries,
  seriesKinds,
  type PlaySettings,
  type SeriesParameters,
} from '../../engine/library/element-series.ts';
import type { Series } from '../../engine/library/series-operations/series-operation.ts';
import type { ArrayRecord } from '../../engine/model/document.ts';
import { batch, type SingleEdit } from '../../engine/model/edits/edit.ts';
import type { KindDescriptor } from '../../engine/model/kind.ts';
import type { ParameterValue } from '../../engine/model/value.ts';
import type { Services } from '../stores/services.ts';
import { freeName, freePlace, newElement, type Place } from './element-gestures.ts';
import { defaultRecording } from './plot-gestures.ts';

export interface SeriesTarget {
  readonly element: string;
  readonly parameter: string;
}

export interface TakenSeries extends PlaySettings {
  readonly series: Series;
}

/** Into an element that plays such series, or into a new block named after the file; what it returns was refused. */
export function importSeriesInto(
  services: Services,
  taken: TakenSeries,
  fileName: string,
  target: SeriesTarget | undefined,
  position: Place | undefined,
): readonly Problem[] {
  const stem = fileName.replace(/\.[^.]*$/, '').replaceAll(/[_-]+/g, ' ');
  if (target === undefined) return addSeries(services, taken, `Import ${fileName}`, stem, position);
  const { document } = services.document.getState();
  const element = document.elements[target.element];
  return putSeries(
    services,
    target.element,
    { ...taken, after: textIn(element?.parameters['after']) },
    `Import ${fileName}`,
  );
}

/** The series in the place of what the element played, as one step that can be undone. */
export function putSeries(services: Services, id: string, taken: TakenSeries, label: string): readonly Problem[] {
  const element = services.document.getState().document.elements[id];
  const made = parametersOfSeries(taken.series, taken);
  if (!made.ok || element === undefined) return made.problems;
  if (element.kind !== made.value.kind) return [otherKind(element.name, taken.series.type)];
  return services.documents.dispatch(batch(settingEdits(id, made.value), label));
}

function otherKind(name: string, type: Series['type']): Problem {
  const [has, plays] = type === 'events' ? ['events', 'rows of numbers'] : ['rows of numbers', 'events'];
  return problem('timeseries/invalid', `The file has ${has}, but "${name}" plays ${plays}.`, {
    hint: 'Drop the file on the canvas: it gets a block of its own.',
  });
}

function settingEdits(id: string, { parameters, arrays }: SeriesParameters): SingleEdit[] {
  return Object.entries(parameters).map(([name, value]): SingleEdit => ({
    type: 'element.setParameter',
    id,
    name,
    value,
    ...arraysOf(value, arrays),
  }));
}

function arraysOf(value: SeriesParameters['parameters'][string], arrays: readonly ArrayRecord[]) {
  const named = typeof value === 'object' && value !== null && 'array' in value ? value.array : undefined;
  const taken = arrays.filter(({ id }) => id === named);
  return taken.length === 0 ? {} : { arrays: taken };
}

function textIn(value: unknown): string {
  return typeof value === 'string' ? value : 'hold';
}

/** The series in a new block, recorded as new blocks are. */
export function addSeries(
  services: Services,
  taken: TakenSeries,
  label: string,
  name: string,
  position: Place | undefined,
): readonly Problem[] {
  const { document } = services.document.getState();
  const made: Result<SeriesParameters> = parametersOfSeries(taken.series, taken);
  if (!made.ok) return made.problems;
  const kind = services.catalogue.find(made.value.kind);
  if (kind === undefined) return [];
  const { parameters, arrays } = made.value;
  const element = {
    ...newElement(services, document, kind),
    name: freeName(document, name.charAt(0).toUpperCase() + name.slice(1, 60)),
    parameters: Object.fromEntries(Object.entries(parameters).filter(([given, value]) => !isUsual(kind, given, value))),
  };
  const place = position ?? freePlace(services);
  const add: SingleEdit = { type: 'element.add', element, position: place, arrays: [...arrays] };
  const refused = services.documents.dispatch(
    batch([add, ...defaultRecording(services, document, element, kind)], label),
  );
  if (refused.length === 0) services.selection.getState().revealOne(element.id, 'element');
  return refused;
}

/** Whether a new block has the value anyway. */
function isUsual(kind: KindDescriptor, name: string, value: ParameterValue): boolean {
  const usual = kind.parameters.find((spec) => spec.name === name)?.default;
  const plain = typeof value === 'object' && value !== null && 'value' in value ? value.value : value;
  return plain === usual;
}

/** Elements that play a series of the type, by their names. */
export function elementsWithSeries(services: Services, type: Series['type'], except: string) {
  const { elements } = services.document.getState().document;
  return Object.values(elements).filter(({ id, kind }) => kind === seriesKinds[type] && id !== except);
}
