/** Edits: effect, label and inverse of every type, refusals, and arrays that come and go with them. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalJson } from '../../base/canonical-json.ts';
import { expectOk } from '../../base/result.ts';
import { encodeArray } from '../arrays.ts';
import { documentSchema } from '../document.ts';
import type { SpikeloomDocument } from '../document.ts';
import { connection, element, probe, sampleDocument, seriesArray } from '../testing/fake-document.test-support.ts';
import { editFor, intents } from '../testing/random-edits.test-support.ts';
import { applyEdit } from './apply-edit.ts';
import { batch, editKinds, mergeKey } from './edit.ts';
import type { Edit } from './edit.ts';
import { applyPatches } from './patches.ts';

const weights = encodeArray([1, 2, 3, 4], [2, 2]);
const wire = 'co_sunspots_output-reservoir_input';
const projection = 'co_noise_spikes-cells_synapses';

/** An example of every type (E1), with its label. */
const examples: readonly (readonly [Edit, string])[] = [
  [{ type: 'element.add', element: element('Readout', 'readouts/ridge'), position: { x: 1, y: 2 } }, 'Add Readout'],
  [{ type: 'element.remove', ids: ['el_cells'] }, 'Remove Cells'],
  [{ type: 'element.remove', ids: ['el_cells', 'el_sunspots', 'el_noise'] }, 'Remove 3 elements'],
  [{ type: 'element.rename', id: 'el_cells', name: 'Pool' }, 'Rename Cells to Pool'],
  [{ type: 'element.move', positions: { el_reservoir: { x: 5, y: -5 } } }, 'Move Reservoir'],
  [{ type: 'element.move', positions: { el_noise: { x: 5, y: -5 }, el_cells: { x: 9, y: 9 } } }, 'Move 2 elements'],
  [
    {
      type: 'element.paste',
      as: 'paste',
      elements: [element('Cells2', 'neurons/lif')],
      connections: [connection('cells2.spikes', 'cells2.synapses')],
      probes: [probe('cells2.v')],
      positions: { el_cells2: { x: 1, y: 1 } },
    },
    'Paste Cells2',
  ],
  [
    {
      type: 'element.paste',
      as: 'duplicate',
      elements: [element('A', 'neurons/lif'), element('B', 'neurons/lif')],
      connections: [],
      probes: [],
      positions: {},
    },
    'Duplicate 2 elements',
  ],
  [
    { type: 'element.setParameter', id: 'el_cells', name: 'tau_mem', value: { value: 20, unit: 'ms' } },
    'Set tau_mem of Cells to 20 ms',
  ],
  [
    {
      type: 'element.setParameter',
      id: 'el_reservoir',
      name: 'weights',
      value: { array: weights.id, unit: '1' },
      arrays: [weights],
    },
    'Set weights of Reservoir to a 2 × 2 array',
  ],
  [{ type: 'element.resetParameter', id: 'el_cells', name: 'tau_mem' }, 'Reset tau_mem of Cells'],
  [
    { type: 'element.setTimeStep', id: 'el_cells', timeStep: { value: 1, unit: 'ms' } },
    'Set the step of Cells to 1 ms',
  ],
  [
    { type: 'element.setTrainable', id: 'el_cells', trainable: ['tau_mem', 'v_thresh'] },
    'Train tau_mem, v_thresh of Cells',
  ],
  [
    {
      type: 'element.setKind',
      id: 'el_cells',
      kind: 'neurons/equations',
      parameters: { size: 3 },
      inputs: { synapses: 'arriving' },
    },
    'Change what Cells is',
  ],
  [{ type: 'connection.add', connection: connection('noise.spikes', 'cells.current') }, 'Connect Noise to Cells'],
  [{ type: 'connection.remove', ids: [wire] }, 'Disconnect Sunspots from Reservoir'],
  [{ type: 'connection.remove', ids: [wire, projection] }, 'Remove 2 connections'],
  [
    { type: 'connection.setKind', id: projection, kind: 'connectors/all-to-all', parameters: {} },
    'Change connector of Noise → Cells',
  ],
  [
    { type: 'connection.setParameter', id: projection, name: 'weight', value: { value: 0.3, unit: 'nA' } },
    'Set weight of Noise → Cells to 0.3 nA',
  ],
  [{ type: 'connection.resetParameter', id: projection, name: 'weight' }, 'Reset weight of Noise → Cells'],
  [{ type: 'probe.add', probe: probe('noise.spikes') }, 'Record spikes of Noise'],
  [{ type: 'probe.remove', ids: ['pr_cells_v'] }, 'Stop recording v of Cells'],
  [{ type: 'probe.remove', ids: ['pr_cells_v', 'pr_reservoir_state'] }, 'Remove 2 probes'],
  [
    { type: 'probe.update', id: 'pr_cells_v', changes: { target: 'spikes', cells: [0, 1] } },
    'Record spikes of Cells of 2 cells',
  ],
  [
    { type: 'plot.add', plot: { id: 'pl_b', kind: 'raster', probes: ['pr_cells_v'] }, index: 0 },
    'Add the raster plot of v of Cells',
  ],
  [{ type: 'plot.change', id: 'pl_a', changes: { kind: 'raster' } }, 'Change the traces plot'],
  [{ type: 'plot.remove', id: 'pl_a' }, 'Remove the traces plot'],
  [{ type: 'note.set', id: 'no_a', note: { text: 'Look here', x: 0, y: -90, width: 240 } }, 'Add a note'],
  [{ type: 'document.rename', name: 'Other' }, 'Rename the project to Other'],
  [
    { type: 'run.set', changes: { timeStep: { value: 1, unit: 'ms' }, duration: null, seed: 7, speed: null } },
    'Set time step to 1 ms, duration to open-ended, seed to 7, speed to as fast as possible',
  ],
  [
    batch([
      { type: 'document.rename', name: 'Other' },
      { type: 'element.remove', ids: ['el_noise'] },
    ]),
    'Rename the project to Other and 1 more',
  ],
  [batch([{ type: 'document.rename', name: 'Other' }], 'Call it other'), 'Call it other'],
];

/** There by edit and patches, back by the inverse, order of records included. */
function checkRoundTrip(document: SpikeloomDocument, edit: Edit): SpikeloomDocument {
  const applied = expectOk(applyEdit(document, edit));
  expect(applyPatches(document, applied.patches)).toEqual(applied.document);
  expect(JSON.stringify(applyPatches(document, applied.patches))).toBe(JSON.stringify(applied.document));
  const back = applyPatches(applied.document, applied.inverse);
  expect(back).toEqual(document);
  expect(JSON.stringify(back)).toBe(JSON.stringify(document));
  return applied.document;
}

describe('applyEdit', () => {
  it.each(examples)('%j has its label and its inverse (E1, E2)', (edit, label) => {
    const document = sampleDocument();
    const before = canonicalJson(document);
    const applied = expectOk(applyEdit(document, edit));
    expect(applied.label).toBe(label);
    expect(applied.patches.length).toBeGreaterThan(0);
    expect(documentSchema.safeParse(applied.document).success).toBe(true);
    checkRoundTrip(document, edit);
    expect(canonicalJson(document)).toBe(before);
  });

  it('has an example of every type (E1)', () => {
    const shown = new Set<string>(examples.map(([edit]) => edit.type));
    expect([...shown].sort()).toEqual([...Object.keys(editKinds), 'batch'].sort());
  });

  it('survives the way through JSON text (E1)', () => {
    for (const [edit] of examples) {
      const there = expectOk(applyEdit(sampleDocument(), JSON.parse(JSON.stringify(edit)) as Edit));
      expect(there).toEqual(expectOk(applyEdit(sampleDocument(), edit)));
    }
  });

  it('gives the same object when nothing changes (E4)', () => {
    const document = sampleDocument();
    const same: Edit = {
      type: 'element.setParameter',
      id: 'el_cells',
      name: 'tau_mem',
      value: { value: 10, unit: 'ms' },
    };
    const applied = expectOk(applyEdit(document, same));
    expect(applied).toEqual({ document, patches: [], inverse: [], label: 'Set tau_mem of Cells to 10 ms' });
    expect(applied.document).toBe(document);
  });

  it('removes with an element what hangs on it (E5)', () => {
    const document = expectOk(applyEdit(sampleDocument(), { type: 'element.remove', ids: ['el_cells'] })).document;
    expect(Object.keys(document.connections)).toEqual([wire]);
    expect(Object.keys(document.probes)).toEqual(['pr_reservoir_state']);
    expect(document.view.positions).toEqual({ el_noise: { x: 0, y: 0 } });
    expect(document.view.plots).toEqual([{ id: 'pl_a', kind: 'traces', probes: ['pr_reservoir_state'] }]);
    const empty = expectOk(applyEdit(document, { type: 'element.remove', ids: ['el_reservoir'] })).document;
    expect(empty.view.plots).toEqual([]);
  });

  it('gives an element another kind in its place: connections follow its ports, probes and position stay', () => {
    const before = sampleDocument();
    const inputs = { synapses: 'arriving' };
    const edit: Edit = { type: 'element.setKind', id: 'el_cells', kind: 'neurons/adex', parameters: {}, inputs };
    const after = checkRoundTrip(before, edit);
    expect(Object.keys(after.elements)).toEqual(Object.keys(before.elements));
    expect(after.elements['el_cells']).toEqual({
      ...before.elements['el_cells'],
      kind: 'neurons/adex',
      parameters: {},
    });
    expect(after.connections[projection]?.to).toEqual({ element: 'el_cells', port: 'arriving' });
    expect(after.connections[wire]).toBe(before.connections[wire]);
    expect([after.probes, after.view]).toEqual([before.probes, before.view]);
  });

  it('lets arrays leave with their last use and come back with undo (E6)', () => {
    const document = sampleDocument();
    const lastUses: readonly Edit[] = [
      { type: 'element.remove', ids: ['el_sunspots'] },
      { type: 'element.resetParameter', id: 'el_sunspots', name: 'series' },
      { type: 'element.setParameter', id: 'el_sunspots', name: 'series', value: null },
    ];
    for (const edit of lastUses) {
      expect(checkRoundTrip(document, edit).arrays).toEqual({});
    }
    const second = checkRoundTrip(document, {
      type: 'element.setParameter',
      id: 'el_noise',
      name: 'rate',
      value: { array: seriesArray.id, unit: 'Hz' },
      arrays: [seriesArray],
    });
    expect(Object.keys(checkRoundTrip(second, { type: 'element.remove', ids: ['el_sunspots'] }).arrays)).toEqual([
      seriesArray.id,
    ]);
  });
});

describe('refused edits (E3)', () => {
  it.each([
    [
      { type: 'element.add', element: element('Cells', 'neurons/lif') },
      'edit/impossible: The element that this edit adds is already in the project.',
    ],
    [
      { type: 'element.remove', ids: ['el_cells', 'el_gone'] },
      'edit/impossible: The element that this edit changes is not in the project any more.',
    ],
    [{ type: 'element.rename', id: 'constructor', name: 'x' }, /^edit\/invalid/],
    [
      { type: 'element.rename', id: 'toString', name: 'x' },
      'edit/impossible: The element that this edit changes is not in the project any more.',
    ],
    [{ type: 'element.setParameter', id: 'el_cells', name: '__proto__', value: 1 }, /^edit\/invalid/],
    [
      { type: 'element.move', positions: { el_cells: { x: Number.NaN, y: 0 } } },
      'edit/invalid: An edit of type element.move is wrong. positions.el_cells.x: is not a finite number.',
    ],
    [
      { type: 'element.setParameter', id: 'el_cells', name: 'tau_mem', value: { value: Infinity, unit: 'ms' } },
      /^edit\/invalid/,
    ],
    [
      { type: 'connection.add', connection: connection('noise.spikes', 'gone.input') },
      'edit/impossible: The element that this edit changes is not in the project any more.',
    ],
    [
      { type: 'connection.add', connection: connection('sunspots.output', 'reservoir.input') },
      'edit/impossible: The connection that this edit adds is already in the project.',
    ],
    [
      { type: 'probe.add', probe: probe('gone.v') },
      'edit/impossible: The element that this edit changes is not in the project any more.',
    ],
    [
      { type: 'plot.add', plot: { id: 'pl_b', kind: 'raster', probes: ['pr_gone'] } },
      'edit/impossible: The probe that this edit changes is not in the project any more.',
    ],
    [
      { type: 'run.set', changes: { speed: -1 } },
      'edit/invalid: An edit of type run.set is wrong. changes.speed: must be greater than 0.',
    ],
    [
      {
        type: 'element.setParameter',
        id: 'el_reservoir',
        name: 'weights',
        value: null,
        arrays: [{ ...weights, shape: [9] }],
      },
      /^document\/invalid: The array .* is damaged/,
    ],
    [{ type: 'element.explode' }, 'edit/invalid: There is no edit called element.explode.'],
    [
      batch([
        { type: 'document.rename', name: 'Half' },
        { type: 'plot.remove', id: 'pl_gone' },
        { type: 'note.set', id: 'no_gone', note: null },
      ]),
      'edit/impossible: The plot that this edit changes is not in the project any more.',
    ],
  ])('%j', (edit, message) => {
    const document = sampleDocument();
    const before = canonicalJson(document);
    const result = applyEdit(document, edit as Edit);
    expect(result.ok).toBe(false);
    expect(result.problems.map((found) => `${found.code}: ${found.message}`)).toEqual([
      typeof message === 'string' ? message : expect.stringMatching(message),
    ]);
    expect(canonicalJson(document)).toBe(before);
  });
});

describe('mergeKey (E7)', () => {
  it('is equal for steps of one drag or slider and absent for what stands alone', () => {
    const move = (x: number): Edit => ({ type: 'element.move', positions: { el_b: { x, y: 0 }, el_a: { x, y: 0 } } });
    expect(mergeKey(move(1))).toBe(mergeKey(move(2)));
    expect(mergeKey(move(1))).not.toBe(mergeKey({ type: 'element.move', positions: { el_a: { x: 1, y: 0 } } }));
    const set = (name: string, value: number): Edit => ({ type: 'element.setParameter', id: 'el_a', name, value });
    expect(mergeKey(set('size', 1))).toBe(mergeKey(set('size', 2)));
    expect(mergeKey(set('size', 1))).not.toBe(mergeKey(set('seed', 1)));
    expect(mergeKey({ type: 'element.remove', ids: ['el_a'] })).toBeUndefined();
    expect(mergeKey(batch([set('size', 1), { type: 'element.remove', ids: ['el_a'] }]))).toBeUndefined();
    expect(mergeKey(batch([set('size', 1), move(1)]))).toBe(mergeKey(batch([set('size', 5), move(9)])));
  });
});

describe('random edits (E2)', () => {
  it('each have an inverse that restores the document to the byte, order included', () => {
    fc.assert(
      fc.property(intents(30), (sequence) => {
        let document = sampleDocument();
        for (const intent of sequence) {
          const edit = editFor(document, intent);
          if (edit === undefined || !applyEdit(document, edit).ok) continue;
          document = checkRoundTrip(document, edit);
        }
        expect(documentSchema.safeParse(document).success).toBe(true);
      }),
      { numRuns: 150 },
    );
  });
});
