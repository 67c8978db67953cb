/** The examples in assets/examples are what their descriptions make. `WRITE_EXAMPLES=1` writes them anew. */
import { readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { expectOk, mapResult } from '../../engine/base/result.ts';
import { readProject, writeProject } from '../../engine/formats/project.ts';
import { catalogue } from '../../engine/library/library.ts';
import { prepareRun } from '../../engine/library/prepare-run.ts';
import type { SpikeloomDocument } from '../../engine/model/document.ts';
import { validate } from '../../engine/model/validate.ts';
import { adexCells } from './adex-cells.ts';
import { brunel } from './brunel.ts';
import { buildingAReservoir } from './building-a-reservoir.ts';
import { chirpReservoir, untrainedChirp } from './chirp-reservoir.ts';
import { dynapseSession } from './dynapse-session.ts';
import { excitatoryInhibitory } from './excitatory-inhibitory.ts';
import { lifReservoir } from './lif-reservoir.ts';
import { liquidStateMachine } from './liquid-state-machine.ts';
import { mackeyGlass } from './mackey-glass.ts';
import { norseAdex } from './norse-adex.ts';
import { ownLayer } from './own-layer.ts';
import { rateReservoir } from './rate-reservoir.ts';
import { spikingReservoir, untrainedSpiking } from './spiking-reservoir.ts';
import { sunspots } from './sunspots.ts';
import { trainedNumbers, type LayerNumbers } from './trained-layer.ts';
import { vogelsAbbott } from './vogels-abbott.ts';

const assets = new URL('../../assets/', import.meta.url);

/** The layer as training left it, and as it began. */
const beforeAndAfter = (name: string, untrained: LayerNumbers) => [
  { id: 'trained', name: 'Trained', numbers: trainedNumbers(name) },
  { id: 'untrained', name: 'Untrained', numbers: untrained, learns: true },
];

const examples = {
  'adex-cells': adexCells(),
  brunel: brunel(),
  'brunel-dense': brunel({ cells: 12_500, inputs: 1250, millivolts: 0.1 }),
  'brunel-large': brunel({ cells: 100_000, inputs: 100 }),
  'building-a-reservoir': buildingAReservoir(),
  'chirp-reservoir': chirpReservoir(beforeAndAfter('chirp-reservoir', untrainedChirp())),
  'dynapse-session': dynapseSession(),
  'excitatory-inhibitory': excitatoryInhibitory(),
  'lif-reservoir': lifReservoir(),
  'liquid-state-machine': liquidStateMachine(),
  'mackey-glass': mackeyGlass(),
  'norse-adex': norseAdex(),
  'own-layer': ownLayer(),
  'rate-reservoir': rateReservoir(),
  'spiking-reservoir': spikingReservoir(beforeAndAfter('spiking-reservoir', untrainedSpiking())),
  sunspots: sunspots(new URL('data/', assets)),
  'vogels-abbott': vogelsAbbott(),
};

/** Millions of synapses: checked, but not built here. */
const large: readonly string[] = ['brunel-dense', 'brunel-large'];

function prepared(document: SpikeloomDocument) {
  return mapResult(prepareRun(document), ({ model }) => model);
}

describe('examples', () => {
  for (const [name, document] of Object.entries(examples)) {
    const file = new URL(`examples/${name}.spikeloom`, assets);
    if (process.env['WRITE_EXAMPLES'] === '1') writeFileSync(file, writeProject(document));

    it(`${name} is up to date`, () => {
      expect(expectOk(readProject(readFileSync(file))).document).toEqual(document);
      expect(Buffer.from(writeProject(document)).equals(readFileSync(file))).toBe(true);
    });

    it(`${name} ${large.includes(name) ? 'is valid' : 'builds'} without problems`, () => {
      const model = expectOk(large.includes(name) ? validate(document, catalogue) : prepared(document));
      expect(model.warnings).toEqual([]);
    });
  }
});
