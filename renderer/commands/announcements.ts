/** Announcements: what happened, one sentence each, for the live region. News of one sort that follow fast are said once, at their end. */
import { createDisposables, disposable, type Disposable } from '../../engine/base/disposable.ts';
import { elementName } from '../../engine/model/names.ts';
import type { DocumentState } from '../stores/document-store.ts';
import type { RunStoreState } from '../stores/run-store.ts';
import type { Services } from '../stores/services.ts';

/** How long a sort of news must be quiet before its last sentence is said, milliseconds. */
const quiet = 300;

/** Listens to the stores until disposed. */
export function startAnnouncements(services: Services): Disposable {
  const owned = createDisposables();
  const say = createSpeaker(services);
  const { document, run, problems, session, selection } = services;
  const follow = (stop: () => void): void => void owned.add(disposable(stop));
  follow(document.subscribe((now, before) => say(editWords(now, before))));
  follow(run.subscribe((now, before) => say(runWords(now, before))));
  follow(
    problems.subscribe((now, before) => {
      const count = now.all.filter(({ severity }) => severity !== 'info').length;
      const was = before.all.filter(({ severity }) => severity !== 'info').length;
      if (count !== was) say(['problems', problemWords(count)]);
    }),
  );
  follow(
    selection.subscribe((now, before) => {
      if (now.elements !== before.elements || now.connections !== before.connections) say(selectionWords(services));
    }),
  );
  follow(
    session.subscribe((now, before) => {
      if (
        now.notices.length > 0 &&
        now.notices.at(-1) !== before.notices.at(-1) &&
        now.notices.length >= before.notices.length
      )
        say(['notice', noticeWords(now.notices.at(-1))]);
      else if (now.announcement !== before.announcement && now.announcement !== '') say(toldWords(now.announcement));
    }),
  );
  return owned;
}

/** A sentence and the sort of news it belongs to. */
type News = readonly [sort: string, text: string];

function createSpeaker({ clock, session }: Services): (news: News | undefined) => void {
  const waiting = new Map<string, number>();
  const said = new Map<string, string>();
  let last = 0;
  return (news) => {
    if (news === undefined) return;
    const [sort, text] = news;
    // What was just added is selected as well; that is no news.
    if (sort === 'selection' && waiting.has('edit')) return;
    if (sort === 'edit') waiting.delete('selection');
    const turn = (last += 1);
    waiting.set(sort, turn);
    void clock.wait(quiet).then(() => {
      if (waiting.get(sort) !== turn) return;
      waiting.delete(sort);
      const again = sort === 'problems' && said.get(sort) === text;
      said.set(sort, text);
      if (!again) session.getState().say(text);
    });
  };
}

/** Words of the program's own: undo and redo of the document, how a run ended, refusals of the canvas. */
function toldWords(text: string): News | undefined {
  if (/^\d+ problems?$/.test(text)) return undefined;
  if (/^[\d.]+ s: /.test(text)) return ['cursor', sentence(text)];
  if (text.startsWith('The run ')) return ['run', sentence(text)];
  return [/^(Un|Re)done/.test(text) ? 'history' : text, sentence(text)];
}

function noticeWords(notice: { readonly title: string; readonly details: readonly string[] } | undefined): string {
  return [notice?.title ?? '', ...(notice?.details ?? [])].map(sentence).join(' ');
}

/** Opened projects and edits; undo and redo are told by those who do them. */
function editWords(now: DocumentState, before: DocumentState): News | undefined {
  if (now.serial !== before.serial) return ['opened', openedWords(now)];
  if (now.document === before.document) return undefined;
  const [last, old] = [lastDone(now), lastDone(before)];
  const known = last === undefined || before.history.some(({ seq, label }) => seq === last.seq && label === last.label);
  if (known && last?.seq !== old?.seq) return undefined;
  return last === undefined ? undefined : ['edit', sentence(pastTense(last.label))];
}

function lastDone({ history }: DocumentState) {
  return history.findLast((entry) => entry.present);
}

function openedWords({ document }: DocumentState): string {
  const [blocks, wires] = [Object.keys(document.elements).length, Object.keys(document.connections).length];
  const name = document.name === '' ? 'Untitled' : document.name;
  return blocks === 0
    ? `Opened ${name}, which is empty.`
    : `Opened ${name}: ${counted(blocks, 'block')}, ${counted(wires, 'wire')}.`;
}

const pastWords: Readonly<Record<string, string>> = {
  Add: 'Added',
  Remove: 'Removed',
  Move: 'Moved',
  Connect: 'Connected',
  Rename: 'Renamed',
  Change: 'Changed',
  Record: 'Recording',
  Duplicate: 'Duplicated',
  Paste: 'Pasted',
  Import: 'Imported',
  Plot: 'Plotted',
  Turn: 'Turned',
};

/** "Add LIF and 1 more" as "Added LIF": what comes along with a block is not news. */
function pastTense(label: string): string {
  const [first = '', ...rest] = label.split(' ');
  const words = [pastWords[first] ?? first, ...rest].join(' ');
  return first === 'Add' ? words.replace(/ and \d+ more$/, '') : words;
}

/** Started, paused, failed; the end is told by the run itself. */
function runWords({ progress: now }: RunStoreState, { progress: before }: RunStoreState): News | undefined {
  if (now.state === before.state) return undefined;
  if (now.state === 'running') return ['run', 'The run has started.'];
  if (now.state === 'paused') return ['run', `Paused at ${Number(now.simulatedSeconds.toFixed(4))} s.`];
  if (now.state === 'finished') return ['run', 'The run has finished.'];
  if (now.state === 'failed') return ['run', 'The run has stopped with a problem.'];
  return before.state === 'empty' || now.state === 'empty' ? undefined : ['run', 'Back at the start.'];
}

function problemWords(count: number): string {
  return count === 0 ? 'No problems.' : `${counted(count, 'problem')}.`;
}

/** A wire by its ends, several by their number; one block has the focus, which says its name. */
function selectionWords({ selection, document }: Services): News | undefined {
  const { elements, connections } = selection.getState();
  const open = document.getState().document;
  const count = elements.length + connections.length;
  if (count === 0) return undefined;
  if (count > 1) return ['selection', `${count} selected.`];
  const wire = open.connections[connections[0] ?? ''];
  const name = (id: string): string => elementName(open.elements[id]);
  if (wire === undefined) return undefined;
  return ['selection', `Wire from ${name(wire.from.element)} to ${name(wire.to.element)} selected.`];
}

function counted(count: number, word: string): string {
  return `${count} ${word}${count === 1 ? '' : 's'}`;
}

function sentence(text: string): string {
  return text === '' || /[.!?…]$/.test(text) ? text : `${text}.`;
}
