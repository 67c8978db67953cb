/** What importing a series does to the document: one edit that sets the numbers and their times. */
import type { Problem } from '../../engine/base/problem.ts';
import type { ArrayRecord, SpikeloomDocument } from '../../engine/model/document.ts';
import { batch, type SingleEdit } from '../../engine/model/edits/edit.ts';
import { kindOf, type KindDescriptor } from '../../engine/model/kind.ts';
import type { ParameterValue, Quantity } from '../../engine/model/value.ts';
import type { Services } from '../stores/services.ts';
import { freeName, freePlace, newElement, type Place } from './element-gestures.ts';
import { defaultRecording } from './plot-gestures.ts';

export interface SeriesTarget {
  readonly element: string;
  readonly parameter: string;
}

export interface SeriesNumbers {
  readonly array: ArrayRecord;
  /** Time from row to row; zero = one row per time step. */
  readonly period: Quantity;
}

/** Into the parameter of an element, or into a new series block named after the file; what it returns was refused. */
export function importSeriesInto(
  services: Services,
  numbers: SeriesNumbers,
  fileName: string,
  target: SeriesTarget | undefined,
  position: Place | undefined,
): readonly Problem[] {
  const { document } = services.document.getState();
  const value = { array: numbers.array.id, unit: '1' };
  if (target !== undefined) {
    const kind = kindOf(services.catalogue, document.elements[target.element]);
    const set: SingleEdit = {
      type: 'element.setParameter',
      id: target.element,
      name: target.parameter,
      value,
      arrays: [numbers.array],
    };
    const period = periodParameter(kind, numbers.period);
    const edits: SingleEdit[] = [
      set,
      ...Object.entries(period).map(([name, each]): SingleEdit => ({
        type: 'element.setParameter',
        id: target.element,
        name,
        value: each,
      })),
    ];
    return services.documents.dispatch(batch(edits, `Import ${fileName}`));
  }
  return addSeriesBlock(services, document, { numbers, value, fileName, position });
}

interface NewBlock {
  readonly numbers: SeriesNumbers;
  readonly value: ParameterValue;
  readonly fileName: string;
  readonly position: Place | undefined;
}

function addSeriesBlock(
  services: Services,
  document: SpikeloomDocument,
  { numbers, value, fileName, position }: NewBlock,
): readonly Problem[] {
  const kind = services.catalogue.entries.find((entry) => entry.parameters.some((spec) => spec.type === 'series'));
  const parameter = kind?.parameters.find((spec) => spec.type === 'series');
  if (kind === undefined || parameter === undefined) return [];
  const stem = fileName.replace(/\.[^.]*$/, '').replaceAll(/[_-]+/g, ' ');
  const element = {
    ...newElement(services, document, kind),
    name: freeName(document, stem.charAt(0).toUpperCase() + stem.slice(1, 60)),
    parameters: { [parameter.name]: value, ...periodParameter(kind, numbers.period) },
  };
  const add: SingleEdit = {
    type: 'element.add',
    element,
    position: position ?? freePlace(services),
    arrays: [numbers.array],
  };
  const refused = services.documents.dispatch(
    batch([add, ...defaultRecording(services, document, element, kind)], `Import ${fileName}`),
  );
  if (refused.length === 0) services.selection.getState().revealOne(element.id, 'element');
  return refused;
}

/** The period where the kind has a parameter for it. */
function periodParameter(kind: KindDescriptor | undefined, period: Quantity): Record<string, ParameterValue> {
  return kind?.parameters.some((spec) => spec.name === 'sample_period') === true ? { sample_period: period } : {};
}
