/** From a document to a network that Rockpool 1.0.7 can load: what it can say is said, the rest gives Problems. */
import { problem } from '../base/problem.ts';
import type { Problem, ProblemPlace } from '../base/problem.ts';
import type { Result } from '../base/result.ts';
import { andThen, collect, failed, ok } from '../base/result.ts';
import { catalogue } from '../library/library.ts';
import type { ConnectionRecord, ElementRecord, SpikeloomDocument } from '../model/document.ts';
import { defaultValue } from '../model/parameters.ts';
import { validate } from '../model/validate.ts';
import type { ParameterValue } from '../model/value.ts';
import type { ResolvedValue, ValidatedElement, ValidatedModel } from '../model/validated.ts';
import { formOfElement } from './rockpool-classes.ts';
import { printedEntries } from './rockpool-entries.ts';
import type { RockpoolForm } from './rockpool-form.ts';
import { layerHeldBy } from './rockpool-held.ts';
import { keptOrder } from './rockpool-kept.ts';
import { printRockpoolNetwork, type LayerValue, type RockpoolLayer } from './rockpool-network.ts';

/**
 * The text that Rockpool's `Network.load` reads. Fails with `export/rockpool` at each element or connection that no saved
 * network can have; what is left out without changing the layers' weights and constants is a warning.
 */
export function rockpoolTextOf(document: SpikeloomDocument): Result<string> {
  return andThen(validate(document, catalogue), (model) => {
    const layers = Object.values(document.elements).filter(({ kind }) => !kind.startsWith('stimuli/'));
    if (layers.length === 0) return failed(refusal('The project has no layers', {}));
    return andThen(collect(layers.map((record) => layerOf(record, { document, model }))), (saved) =>
      andThen(evolutionOrder(saved), (ordered) =>
        ok(
          printRockpoolNetwork({
            layers: ordered,
            forcedTimeStep: undefined,
            inputLayer: ordered.find(({ external }) => external)?.name,
          }),
        ),
      ),
    );
  });
}

interface Whole {
  readonly document: SpikeloomDocument;
  readonly model: ValidatedModel;
}

function layerOf(record: ElementRecord, whole: Whole): Result<RockpoolLayer> {
  const { document, model } = whole;
  const twin = Object.values(document.elements).find(({ id, name }) => id !== record.id && name === record.name);
  if (twin !== undefined) return failed(refusal(`Two elements are named "${record.name}"`, { element: record.id }));
  return andThen(sourcesOf(record, whole), (sources) => {
    const held = layerHeldBy(record, document);
    if (held !== undefined) return ok({ ...held, ...orderOf(record), name: record.name, ...sources });
    const element = model.elements.find((each) => each.record.id === record.id);
    const form = element && formOfElement(element);
    if (element === undefined || form === undefined)
      return failed(refusal(`Rockpool saves no layer like "${record.name}"`, { element: record.id }));
    return andThen(entriesOf(element, form, whole), (entries) =>
      ok({ className: form.className, name: record.name, ...entries, ...sources }, unsaid(element, form)),
    );
  });
}

type Sources = Pick<RockpoolLayer, 'preLayer' | 'external'>;

/** The one wire that comes in: from a stimulus, which is the external input, or from another layer. */
function sourcesOf({ id, name }: ElementRecord, { document, model }: Whole): Result<Sources> {
  const incoming = Object.values(document.connections).filter(({ to }) => to.element === id && to.port === 'in');
  const [wire] = incoming;
  if (wire === undefined) return ok({ preLayer: undefined, external: false });
  if (incoming.length > 1)
    return failed(refusal(`"${name}" has ${incoming.length} inputs; a layer of Rockpool has one`, { element: id }));
  const source = document.elements[wire.from.element];
  if (source === undefined) return ok({ preLayer: undefined, external: false });
  const lag = lagProblem(wire, source, model);
  if (lag !== undefined) return failed(lag);
  return source.kind.startsWith('stimuli/')
    ? ok({ preLayer: undefined, external: true }, [stimulusLeftOut(source)])
    : ok({ preLayer: source.name, external: false });
}

/** The wire has to bring the output that Rockpool passes on, when it would. */
function lagProblem(wire: ConnectionRecord, source: ElementRecord, model: ValidatedModel): Problem | undefined {
  const element = model.elements.find(({ record }) => record.id === source.id);
  const form = element && formOfElement(element);
  const connection = model.connections.find(({ record }) => record.id === wire.id);
  if (connection === undefined) return undefined; // touches a layer that is kept as it is
  if (form !== undefined && wire.from.port !== form.output)
    return refusal(`Rockpool passes on the output ${form.output} of "${source.name}", not ${wire.from.port}`, {
      element: wire.id,
    });
  const expected = form?.late === true ? stepsOf(element) : 0;
  const steps = Math.round(Number(connection.parameters['delay']) / model.timeStepSeconds);
  if (steps === expected) return undefined;
  const allowed = expected > 0 ? 'one time step, as its events come at the end of theirs' : 'none';
  return refusal(`The wire from "${source.name}" delays by ${steps} time steps; Rockpool's delay is ${allowed}`, {
    ...{ element: wire.id, path: 'parameters.delay' },
  });
}

/** Steps of the run in one of the element. */
function stepsOf(element: ValidatedElement | undefined): number {
  return element?.pace?.every ?? 1;
}

/** The order in which a layer that is kept as it is had its entries. */
function orderOf(record: ElementRecord): Pick<RockpoolLayer, 'keys'> {
  const keys = keptOrder(record);
  return keys === undefined ? {} : { keys: [...keys, ...['name', 'class_name'].filter((key) => !keys.includes(key))] };
}

/** The dictionary of an element; entries that it cannot say are a Problem, but those that the package never saves. */
function entriesOf(
  element: ValidatedElement,
  form: RockpoolForm,
  { document, model }: Whole,
): Result<Required<Pick<RockpoolLayer, 'values' | 'keys'>>> {
  const timeStepSeconds = element.pace?.timeStepSeconds ?? model.timeStepSeconds;
  const { values, keys } = printedEntries(element, form, { document, timeStepSeconds });
  const said: Record<string, LayerValue> = {};
  for (const [key, value] of Object.entries(values)) {
    if (value !== undefined) said[key] = value;
    const field = form.fields.find((each) => each.key === key);
    if (value === undefined && field !== undefined && field.lost !== true)
      return failed(notGiven(element.record, field.parameters[0] ?? key));
  }
  return ok({ values: said, keys });
}

/** Parameters that say nothing once the weights are given. */
const drawing = new Set(['size', 'kernel', 'spread']);

/** Warnings for what differs from a layer as Rockpool makes it and is in no field. */
function unsaid({ record, kind, parameters }: ValidatedElement, form: RockpoolForm): Problem[] {
  const said = new Set(form.fields.flatMap((field) => field.parameters));
  const silent = kind.parameters.filter(({ name, type }) => {
    const told = said.has(name) || name in (form.chosen ?? {});
    if (told || drawing.has(name) || type === 'matrix' || name === 'gain') return false;
    return parameters[name] !== releasedValue(form, name, kind.parameters);
  });
  return silent.map(({ name, title }) =>
    problem('export/rockpool', `The ${title} of "${record.name}" is not saved: Rockpool's file has no place for it.`, {
      severity: 'warning',
      hint: 'The saved layer behaves as Rockpool 1.0.7 does; set it again there.',
      at: { element: record.id, path: `parameters.${name}` },
    }),
  );
}

function releasedValue(
  { switches }: RockpoolForm,
  name: string,
  specs: ValidatedElement['kind']['parameters'],
): ParameterValue | ResolvedValue | undefined {
  const spec = specs.find((each) => each.name === name);
  return switches[name] ?? (spec && defaultValue(spec));
}

/** Layers so that each comes after the one it listens to. */
function evolutionOrder(layers: readonly RockpoolLayer[]): Result<RockpoolLayer[]> {
  const ordered: RockpoolLayer[] = [];
  while (ordered.length < layers.length) {
    const names = new Set(ordered.map(({ name }) => name));
    const next = layers.find(
      ({ name, preLayer }) => !names.has(name) && (preLayer === undefined || names.has(preLayer)),
    );
    if (next === undefined) return failed(refusal('The layers wait for each other in a circle', {}));
    ordered.push(next);
  }
  return ok(ordered);
}

function notGiven({ id, name }: ElementRecord, parameter: string): Problem {
  return refusal(`${parameter} of "${name}" is drawn anew in every run; Rockpool needs its numbers`, {
    ...{ element: id, path: `parameters.${parameter}` },
  });
}

function stimulusLeftOut({ id, name }: ElementRecord): Problem {
  return problem('export/rockpool', `What "${name}" plays is not saved: Rockpool's file says only where input goes.`, {
    severity: 'warning',
    hint: 'Give the network its input there when it evolves.',
    at: { element: id },
  });
}

function refusal(reason: string, at: ProblemPlace): Problem {
  return problem('export/rockpool', `${reason}, so the project cannot be saved as a Rockpool network.`, {
    hint: 'Change it, or save the project in another form.',
    at,
  });
}
