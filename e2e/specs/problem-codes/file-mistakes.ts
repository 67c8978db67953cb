/** Mistakes with files and what they hold: paths, tables, arrays, time series. */
import { nodeRandom } from '../../../electron/platform/node-seams.ts';
import { createMemoryFileSystem } from '../../../electron/platform/memory-file-system.test-support.ts';
import { checkedAddress } from '../../../electron/platform/external-address.ts';
import { stampOf } from '../../../electron/platform/stamped-file.ts';
import { createJournalStore } from '../../../electron/platform/journal-store.ts';
import { createProjectFiles } from '../../../electron/serve/project-files.ts';
import { createRemoteHost } from '../../../engine/client/remote-host.ts';
import { parseCsv } from '../../../engine/formats/csv.ts';
import { seriesFromTable } from '../../../engine/formats/csv-series.ts';
import { readNpy } from '../../../engine/formats/npy.ts';
import { readNpzEntry, writeNpz } from '../../../engine/formats/npz.ts';
import { andThen } from '../../../engine/base/result.ts';
import { createLoopback } from '../../../engine/platform/loopback.ts';
import type { HostEvent, HostRequests } from '../../../engine/protocol/host-requests.ts';
import { createCaller } from '../../../engine/protocol/port.ts';
import { createContinuousSeries } from '../../../engine/timeseries/continuous-series.ts';
import { rockpoolTextOf } from '../../../engine/formats/rockpool-export.ts';
import { createEmptyDocument } from '../../../engine/model/new-document.ts';
import { readRockpoolNetwork } from '../../../engine/formats/rockpool-network.ts';
import { told, type Mistakes } from './case.ts';

const folder = '/projects';
const noRecent = { list: async () => [], used: async () => undefined };

export const fileMistakes: Mistakes<'file'> = {
  'file/not-found': async () => {
    const files = createProjectFiles(createMemoryFileSystem(), nodeRandom, folder, noRecent);
    return told(await files.read({ key: 'gone.spikeloom', name: 'gone', folder }));
  },
  'file/read': async () => {
    const files = createMemoryFileSystem({ [`${folder}/big.spikeloom`]: 'x' });
    files.failAt(0, { forever: true });
    return told(
      await createProjectFiles(files, nodeRandom, folder, noRecent).read({ key: 'big.spikeloom', name: 'big', folder }),
    );
  },
  'file/write': async () => {
    const files = createMemoryFileSystem();
    const journals = createJournalStore(files, nodeRandom, folder);
    await journals.claim('a', false);
    files.failAt(0, { forever: true });
    return told(await journals.append('a', ['line']));
  },
  'file/not-allowed': async () => {
    const files = createProjectFiles(createMemoryFileSystem(), nodeRandom, folder, noRecent);
    return told(await files.read({ key: '../secrets', name: 'secrets', folder }));
  },
  'file/changed': async () => {
    const memory = createMemoryFileSystem({ [`${folder}/net.spikeloom`]: 'newer' });
    const files = createProjectFiles(memory, nodeRandom, folder, noRecent);
    const file = { key: 'net.spikeloom', name: 'net', folder };
    return told(await files.save(file, Uint8Array.of(1), stampOf(Uint8Array.of(2))));
  },
};

export const hostMistakes: Mistakes<'host'> = {
  'host/unreachable': async () => {
    const line = createLoopback();
    const host = createRemoteHost('browser', createCaller<HostRequests, HostEvent>(line.ends[0]));
    const asked = host.files.read({ key: 'a', name: 'a', folder: '' });
    line.fail('the server was ended');
    return told(await asked);
  },
  'host/address': () => told(checkedAddress('file:///etc/passwd')),
};

export const csvMistakes: Mistakes<'csv'> = {
  'csv/bad-cell': () => told(parseCsv('year,count\n1749,58\n1750,many\n')),
  'csv/ragged': () => told(parseCsv('1,2\n3,4,5\n')),
  'csv/empty': () => told(parseCsv('year,count\n')),
  'csv/column': () => told(parseCsv('year,count\n1749,58\n', { columns: ['month'] })),
  'csv/too-large': () => told(parseCsv(`1,"${'2'.repeat(2 ** 20)}\n3,4\n`)),
  'csv/time-order': () =>
    told(andThen(parseCsv('t,x\n2,0\n1,0\n'), (table) => seriesFromTable(table, { column: 't' }))),
};

export const arrayMistakes: Mistakes<'npy' | 'npz'> = {
  'npy/format': () => told(readNpy(Uint8Array.of(0x93, 0x4e, 0x55, 0x4d))),
  'npz/entry': () => told(readNpzEntry(writeNpz(new Map([['spikes', { values: Float64Array.of(1) }]])), 'voltage')),
};

export const importMistakes: Mistakes<'import' | 'export'> = {
  'import/rockpool': () => told(readRockpoolNetwork('{"layers": []}')),
  'export/rockpool': () => told(rockpoolTextOf(createEmptyDocument('Empty'))),
};

export const seriesMistakes: Mistakes<'timeseries'> = {
  'timeseries/invalid': () => told(createContinuousSeries(Float64Array.of(1, 0), Float64Array.of(1, 2), 1)),
};
