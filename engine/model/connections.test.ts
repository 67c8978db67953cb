/** Legality of connections: the same rules for the canvas and for whole documents. */
import { describe, expect, it } from 'vitest';
import { canConnect } from './connections.ts';
import { fakeCatalogue } from './testing/fake-catalogue.test-support.ts';
import { connection, documentOf, element, sampleDocument } from './testing/fake-document.test-support.ts';
import { validate } from './validate.ts';

const end = (text: string) => connection(text, text).from;

function reason(from: string, to: string, document = sampleDocument()): string | undefined {
  const found = canConnect(document, fakeCatalogue, end(from), end(to));
  return found && `${found.code}: ${found.message}`;
}

describe('canConnect (V6)', () => {
  it.each([
    ['noise.spikes', 'cells.synapses'],
    ['cells.spikes', 'cells.synapses'],
    ['sunspots.output', 'cells.current'],
    ['noise.spikes', 'cells.current'],
    ['reservoir.state', 'cells.current'],
  ])('allows %s → %s', (from, to) => {
    expect(reason(from, to)).toBeUndefined();
  });

  it.each([
    [
      'noise.spikes',
      'reservoir.input',
      "model/port-type: Noise gives spikes; Reservoir's input takes continuous values.",
    ],
    [
      'sunspots.output',
      'cells.synapses',
      "model/port-type: Sunspots gives continuous values; Cells' synapses takes spikes.",
    ],
    ['reservoir.state', 'reservoir.input', 'model/self-wire: A wire cannot lead from Reservoir to itself.'],
    [
      'sunspots.output',
      'reservoir.input',
      'model/duplicate-wire: output of Sunspots is already wired to input of Reservoir.',
    ],
    ['noise.nothing', 'cells.synapses', 'model/unknown-reference: Noise has no output nothing.'],
    ['noise.spikes', 'cells.v', 'model/unknown-reference: Cells has no input v.'],
    [
      'gone.spikes',
      'cells.synapses',
      'model/unknown-reference: The connection starts at an element that does not exist.',
    ],
    ['noise.spikes', 'gone.input', 'model/unknown-reference: The connection leads to an element that does not exist.'],
  ])('refuses %s → %s with the reason', (from, to, message) => {
    expect(reason(from, to)).toBe(message);
  });

  it('refuses spikes and values side by side in one input', () => {
    const document = documentOf({
      elements: [
        element('Noise', 'stimuli/poisson'),
        element('Sunspots', 'stimuli/series'),
        element('Cells', 'neurons/lif'),
      ],
      connections: [connection('noise.spikes', 'cells.current')],
    });
    expect(reason('sunspots.output', 'cells.current', document)).toBe(
      "model/port-type: Cells' current already takes spikes from Noise; it cannot take continuous values from Sunspots as well.",
    );
  });

  it('refuses an element of unknown kind', () => {
    const document = documentOf({ elements: [element('Later', 'layers/later'), element('Cells', 'neurons/lif')] });
    expect(reason('later.output', 'cells.current', document)).toBe(
      'document/unknown-kind: Later is of a kind that this version does not know (layers/later), so it cannot be wired.',
    );
  });
});

describe('connections of a document (V6)', () => {
  it.each([
    [
      'connectors/wire',
      'cells.synapses',
      'model/connector: The connection Noise → Cells uses Wire, but synapses takes synapses made by a connector.',
    ],
    [
      'connectors/sparse-random',
      'cells.current',
      'model/connector: The connection Noise → Cells uses Sparse random, but current takes a plain wire.',
    ],
    [
      'stimuli/series',
      'cells.current',
      'model/connector: The connection Noise → Cells uses Series, which is not a connector.',
    ],
  ])('refuse the connector %s onto %s', (kind, to, message) => {
    const document = documentOf({
      elements: [element('Noise', 'stimuli/poisson'), element('Cells', 'neurons/lif')],
      connections: [connection('noise.spikes', to, kind)],
    });
    expect(validate(document, fakeCatalogue).problems.map((found) => `${found.code}: ${found.message}`)).toEqual([
      message,
    ]);
  });

  it('report a wire that is there twice once, on the second', () => {
    const document = sampleDocument();
    const twin = { ...connection('sunspots.output', 'reservoir.input'), id: 'co_twin' };
    const result = validate({ ...document, connections: { ...document.connections, co_twin: twin } }, fakeCatalogue);
    expect(result.problems.map(({ code, at }) => [code, at?.element])).toEqual([['model/duplicate-wire', 'co_twin']]);
  });

  it('check the parameters of their connector', () => {
    const document = documentOf({
      elements: [element('Noise', 'stimuli/poisson'), element('Cells', 'neurons/lif')],
      connections: [
        connection('noise.spikes', 'cells.synapses', 'connectors/sparse-random', {
          probability: { value: 2, unit: '' },
        }),
      ],
    });
    expect(validate(document, fakeCatalogue).problems.map((found) => found.message)).toEqual([
      'probability of Noise → Cells is 2; it has to be at most 1.',
    ]);
  });
});
