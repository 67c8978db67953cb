/** Mistakes in projects: files, models, edits, journals. */
import { createJournalClaims } from '../../../electron/platform/journal-claims.ts';
import { createJournalStore } from '../../../electron/platform/journal-store.ts';
import { createMemoryFileSystem } from '../../../electron/platform/memory-file-system.test-support.ts';
import { nodeRandom } from '../../../electron/platform/node-seams.ts';
import { catalogue } from '../../../engine/library/library.ts';
import { encodeArray } from '../../../engine/model/arrays.ts';
import { openJournal } from '../../../engine/model/open-journal.ts';
import { createJournal } from '../../../engine/model/journal.ts';
import { journalLine } from '../../../engine/model/journal-entries.ts';
import { parseDocument, parseDocumentText } from '../../../engine/model/parse-document.ts';
import { validate } from '../../../engine/model/validate.ts';
import { applyEdit } from '../../../engine/model/edits/apply-edit.ts';
import type { Edit } from '../../../engine/model/edits/edit.ts';
import { element, prepare, project, told, wire, type Mistakes } from './case.ts';

const cells = element('cells', 'neurons/lif', { size: 4 });
const noise = element('noise', 'stimuli/poisson', { size: 3 });
const sine = element('sine', 'stimuli/sine');
const quantity = (value: number, unit: string) => ({ value, unit });

export const documentMistakes: Mistakes<'document'> = {
  'document/not-json': () => told(parseDocumentText('{ "format": "spikeloom", ')),
  'document/not-spikeloom': () => told(parseDocument({ name: 'holiday pictures' })),
  'document/newer': () =>
    told(
      parseDocument({
        ...project({ elements: [] }),
        versions: { document: 99, element: 1, connection: 1, probe: 1, view: 1 },
      }),
    ),
  'document/invalid': () => told(parseDocument({ ...project({ elements: [] }), elements: { a: { id: 'a' } } })),
  'document/unknown-kind': () => prepare({ elements: [cells, element('old', 'neurons/from-the-future')] }),
  'document/missing-array': () =>
    prepare({ elements: [element('data', 'stimuli/series', { series: { array: 'ar_gone', unit: '1' } })] }),
};

const lag = { features: wire('sine.out', 'readout.features'), target: wire('sine.out', 'readout.target') };

export const modelMistakes: Mistakes<'model'> = {
  'model/unknown-reference': () =>
    prepare({ elements: [cells], probes: [{ id: 'p', element: 'cells', target: 'voltage', cells: null }] }),
  'model/port-type': () =>
    prepare({
      elements: [noise, cells],
      connections: [wire('noise.spikes', 'cells.current', 'connectors/all-to-all')],
    }),
  'model/self-wire': () =>
    prepare({ elements: [element('layer', 'layers/pass-through')], connections: [wire('layer.out', 'layer.in')] }),
  'model/duplicate-wire': () => {
    const first = wire('sine.out', 'layer.in');
    return prepare({
      elements: [sine, element('layer', 'layers/pass-through')],
      connections: [first, { ...first, id: 'again' }],
    });
  },
  'model/connector': () => prepare({ elements: [noise, cells], connections: [wire('noise.spikes', 'cells.synapses')] }),
  'model/port-size': () =>
    prepare({
      elements: [noise, cells],
      connections: [wire('noise.spikes', 'cells.synapses', 'connectors/one-to-one')],
    }),
  'model/algebraic-loop': () => {
    const identity = encodeArray([1], [1, 1]);
    const weights = { weights: { array: identity.id, unit: '1' } };
    const layers = [element('a', 'layers/pass-through', weights), element('b', 'layers/pass-through', weights)];
    return prepare(
      { elements: layers, connections: [wire('a.out', 'b.in'), wire('b.out', 'a.in')] },
      { arrays: { [identity.id]: identity } },
    );
  },
  'model/parameter-unknown': () =>
    prepare({ elements: [element('cells', 'neurons/lif', { tau_membrane: quantity(20, 'ms') })] }),
  'model/parameter-type': () => prepare({ elements: [element('cells', 'neurons/lif', { tau_mem: 'slow' })] }),
  'model/parameter-dimension': () =>
    prepare({ elements: [element('cells', 'neurons/lif', { tau_mem: quantity(20, 'mV') })] }),
  'model/parameter-range': () =>
    prepare({ elements: [element('cells', 'neurons/lif', { tau_mem: quantity(-20, 'ms') })] }),
  'model/parameter-not-finite': () =>
    prepare({ elements: [element('cells', 'neurons/lif', { v_rest: quantity(Number.NaN, 'mV') })] }),
  'model/parameter-shape': () =>
    prepare({ elements: [element('cells', 'neurons/lif', { size: 4, v_rest: { values: [1, 2, 3], unit: 'mV' } })] }),
  'model/missing-input': () =>
    prepare({ elements: [sine, element('readout', 'readouts/ridge')], connections: [lag.features] }),
  'model/time-step': () =>
    prepare({ elements: [cells] }, { run: { ...project({ elements: [] }).run, timeStep: quantity(0, 'ms') } }),
  'model/empty': () => told(validate(project({ elements: [] }), catalogue, { forRun: true })),
};

export const editMistakes: Mistakes<'edit'> = {
  'edit/impossible': () =>
    told(applyEdit(project({ elements: [] }), { type: 'element.rename', id: 'gone', name: 'New' } as Edit)),
  'edit/invalid': () =>
    told(applyEdit(project({ elements: [cells] }), { type: 'element.explode', id: 'cells' } as unknown as Edit)),
};

export const journalMistakes: Mistakes<'journal'> = {
  'journal/damaged': () => told(openJournal(['{ "format": "spikeloom-jour'])),
  'journal/mismatch': () => {
    const { header } = createJournal(project({ elements: [cells] }), { project: 'p', time: 0, embedBase: false });
    return told(openJournal([journalLine(header)], project({ elements: [] })));
  },
  'journal/taken': async () => {
    const store = createJournalStore(createMemoryFileSystem(), nodeRandom, '/journals');
    const claims = createJournalClaims(store);
    const [first, second] = [claims.connect(() => undefined), claims.connect(() => undefined)];
    await first.journal.claim('a', false);
    return told(await second.journal.append('a', ['line']));
  },
};
