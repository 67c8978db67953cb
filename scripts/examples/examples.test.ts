/** The examples in assets/examples are what their descriptions make. `WRITE_EXAMPLES=1` writes them anew. */
import { readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { expectOk } from '../../engine/base/result.ts';
import { readProject, writeProject } from '../../engine/formats/project.ts';
import { prepareRun } from '../../engine/library/prepare-run.ts';
import { adexCells } from './adex-cells.ts';
import { excitatoryInhibitory } from './excitatory-inhibitory.ts';
import { rateReservoir } from './rate-reservoir.ts';
import { sunspots } from './sunspots.ts';

const assets = new URL('../../assets/', import.meta.url);
const examples = {
  'adex-cells': adexCells(),
  'excitatory-inhibitory': excitatoryInhibitory(),
  'rate-reservoir': rateReservoir(),
  sunspots: sunspots(new URL('data/', assets)),
};

describe('examples', () => {
  for (const [name, document] of Object.entries(examples)) {
    const file = new URL(`examples/${name}.spikeloom`, assets);
    if (process.env['WRITE_EXAMPLES'] === '1') writeFileSync(file, writeProject(document));

    it(`${name} is up to date`, () => {
      expect(expectOk(readProject(readFileSync(file))).document).toEqual(document);
      expect(Buffer.from(writeProject(document)).equals(readFileSync(file))).toBe(true);
    });

    it(`${name} builds without problems`, () => {
      expect(expectOk(prepareRun(document)).model.warnings).toEqual([]);
    });
  }
});
