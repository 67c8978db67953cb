/** Start of the page: chooses the host, puts the workbench together, shows it, and opens the first document. */
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { createDisposables } from '../../engine/base/disposable.ts';
import { chooseHost } from '../host/choose.ts';
import { createPageClock, createPageRandom } from '../host/clock.ts';
import { startEngineConnection } from '../host/engine-connection.ts';
import { createPageTabMemory } from '../host/page-tab-memory.ts';
import { download } from '../host/page.ts';
import type { Services } from '../stores/services.ts';
import { App } from './App.tsx';
import { showCrash } from './crash-screen.ts';
import { createServices } from './create-services.ts';
import { readEngineSettings } from './engine-settings.ts';
import { examples } from './examples.ts';
import { openFirstDocument } from './first-document.ts';
import { readKeptSession } from './kept-session.ts';
import { takeOpenedFiles } from './opened-files.ts';
import { rescueDocument } from './rescue.ts';
import { tellStrayErrors } from './stray-errors.ts';
import { startWindowBehaviour } from './window-behaviour.ts';

const aloneWords = [
  'No Spikeloom program answers behind it, so projects and edits are kept in this browser.',
  'Save to files to take them along.',
];

/** What is there to be ended and rescued when something fails. */
const running = createDisposables();
let services: Services | undefined;

async function start(): Promise<void> {
  const { host, alone } = await chooseHost();
  const made = createServices({
    host,
    clock: createPageClock(),
    random: createPageRandom(),
    examples,
    tab: createPageTabMemory(),
    kept: { ...(await readKeptSession(host)), ...(await readEngineSettings(host)) },
    startEngine: startEngineConnection,
  });
  services = made;
  running.add(made.link);
  running.add(made.runs);
  running.add(startWindowBehaviour(made));
  running.add(tellStrayErrors(host, made.session));
  const onUncaughtError = (error: unknown, { componentStack = '' }: { componentStack?: string | undefined }): void =>
    fail(error, componentStack);
  createRoot(pageRoot(), { onUncaughtError }).render(
    <StrictMode>
      <App services={made} />
    </StrictMode>,
  );
  if (alone) made.session.getState().notify('info', 'This page works alone', aloneWords);
  await openFirstDocument(made);
  takeOpenedFiles(made);
}

function pageRoot(): HTMLElement {
  return document.getElementById('root') ?? document.body;
}

function fail(error: unknown, place: string): void {
  const open = services;
  showCrash(
    { error, place },
    {
      // Not in React's own element, which it may still clear.
      root: document.body,
      unkept: open?.document.getState().journalPending ?? 0,
      rescue:
        open === undefined ? undefined : () => rescueDocument(open.document.getState().document, open.host, download),
      end: () => running.dispose(),
      log: (message) => open?.host.log('error', message),
      reload: () => location.reload(),
      copy: (text) => navigator.clipboard.writeText(text),
    },
  );
}

start().catch((error: unknown) => fail(error, 'start'));
