/** A process that is killed by tests: saves, edits or restores with the real files, and says on its standard output what is done. */
import { createHash } from 'node:crypto';
import { writeSync } from 'node:fs';
import { assert } from '../../engine/base/assert.ts';
import { expectOk } from '../../engine/base/result.ts';
import { createJournal, recordEdit, recordUndo } from '../../engine/model/journal.ts';
import type { JournalState, Recorded } from '../../engine/model/journal.ts';
import { journalLine } from '../../engine/model/journal-entries.ts';
import { documentHash } from '../../engine/model/model-hash.ts';
import { createEmptyDocument } from '../../engine/model/new-document.ts';
import { openJournal } from '../../engine/model/open-journal.ts';
import { editFor } from '../../engine/model/testing/random-edits.test-support.ts';
import { createProjectFiles } from '../serve/project-files.ts';
import { createJournalStore } from './journal-store.ts';
import type { JournalStore } from './journal-store.ts';
import { nodeFileSystem } from './node-file-system.ts';
import { nodeRandom } from './node-seams.ts';

const projectBytes = 700_000;
const file = { key: 'net.spikeloom', name: 'net.spikeloom', folder: '' };
const noRecent = { list: async () => [], used: async () => undefined };

/** Reaches the reader even when the process is killed right after. */
function say(text: string): void {
  writeSync(1, `${text}\n`);
}

/** The project of a generation: its number, filling, and a digest of both. */
function projectOf(generation: number): Uint8Array {
  const bytes = Buffer.alloc(projectBytes, (generation * 31) % 251);
  bytes.writeUInt32LE(generation, 0);
  createHash('sha256')
    .update(bytes.subarray(0, -32))
    .digest()
    .copy(bytes, projectBytes - 32);
  return bytes;
}

async function saveGenerations(folder: string): Promise<never> {
  const files = createProjectFiles(nodeFileSystem, nodeRandom, folder, noRecent);
  await files.recent();
  const opened = await files.read(file);
  let generation = opened.ok ? Buffer.from(opened.value.bytes).readUInt32LE(0) : 0;
  let stamp = opened.ok ? opened.value.stamp : undefined;
  for (;;) {
    generation += 1;
    stamp = expectOk(await files.save(file, projectOf(generation), stamp)).stamp;
    say(String(generation));
  }
}

async function restore(store: JournalStore): Promise<JournalState> {
  assert(expectOk(await store.claim('a', false)), 'the lock of a killed process holds');
  const lines = expectOk(await store.read('a'));
  if (lines.length === 0) {
    const state = createJournal(createEmptyDocument('Untitled'), { project: 'a', time: 0 });
    expectOk(await store.restart('a', [journalLine(state.header)]));
    return state;
  }
  const { state, keptLines } = expectOk(openJournal(lines));
  expectOk(await store.restart('a', lines.slice(0, keptLines)));
  return state;
}

/** The command of this number; every fifth one undoes. */
function commandOf(state: JournalState, number: number): Recorded | undefined {
  if (number % 5 === 4) return recordUndo(state, number);
  const types = ['element.add', 'element.rename', 'connection.add', 'element.setParameter', 'probe.add'] as const;
  const type = types[number % types.length] ?? 'element.add';
  const numbers = Array.from({ length: 12 }, (_, index) => (number * 7919 + index * 104_729) % 1_000_003);
  const edit = editFor(state.document, { type, numbers });
  const recorded = edit === undefined ? undefined : recordEdit(state, edit, { time: number });
  return recorded?.ok === true ? recorded.value : undefined;
}

async function edit(folder: string): Promise<never> {
  const store = createJournalStore(nodeFileSystem, nodeRandom, folder);
  let state = await restore(store);
  say(`${state.nextSeq} ${documentHash(state.document)}`);
  for (let number = state.nextSeq; ; number += 1) {
    const next = commandOf(state, number);
    if (next?.entry === undefined) continue;
    expectOk(await store.append('a', [journalLine(next.entry)]));
    state = next.state;
    say(`${state.nextSeq} ${documentHash(state.document)}`);
  }
}

async function restoreOnly(folder: string): Promise<void> {
  say('begins');
  const state = await restore(createJournalStore(nodeFileSystem, nodeRandom, folder));
  say(`${state.nextSeq} ${documentHash(state.document)}`);
}

/** Appends lines until another process has the journal. */
async function hold(folder: string): Promise<void> {
  const store = createJournalStore(nodeFileSystem, nodeRandom, folder);
  assert(expectOk(await store.claim('a', false)), 'somebody else has the journal');
  const before = expectOk(await store.read('a')).length;
  for (let number = before; ; number += 1) {
    const appended = await store.append('a', [`${number} of ${process.pid}`]);
    if (!appended.ok) return say(appended.problems[0]?.code ?? '');
    say(`${number} of ${process.pid}`);
  }
}

const tasks: Readonly<Record<string, (folder: string) => Promise<void>>> = {
  save: saveGenerations,
  edit,
  restore: restoreOnly,
  hold,
};

const [, , task = '', folder = ''] = process.argv;
await tasks[task]?.(folder);
