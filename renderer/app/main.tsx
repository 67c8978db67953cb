/** Start of the page: chooses the host, puts the workbench together, shows it, and opens the first document. */
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { defined } from '../../engine/base/assert.ts';
import { writeProject } from '../../engine/formats/project.ts';
import { chooseHost } from '../host/choose.ts';
import { createPageClock, createPageRandom } from '../host/clock.ts';
import { startEngineConnection } from '../host/engine-connection.ts';
import { download } from '../host/page.ts';
import { fileName } from '../stores/document-actions.ts';
import { App } from './App.tsx';
import { CrashScreen } from './CrashScreen.tsx';
import { createServices } from './create-services.ts';
import { examples } from './examples.ts';
import { openFirstDocument } from './first-document.ts';
import { readKeptSession } from './kept-session.ts';
import { startWindowBehaviour } from './window-behaviour.ts';

async function start(): Promise<void> {
  const host = await chooseHost();
  const services = createServices({
    host,
    clock: createPageClock(),
    random: createPageRandom(),
    examples,
    kept: await readKeptSession(host),
    startEngine: startEngineConnection,
  });
  startWindowBehaviour(services);
  const rescue = (): void => {
    const { document: open } = services.document.getState();
    download(`${fileName(open.name)}.spikeloom`, writeProject(open));
  };
  createRoot(defined(document.getElementById('root'), 'the page has a root')).render(
    <StrictMode>
      <CrashScreen rescue={rescue} log={(message) => host.log('error', message)}>
        <App services={services} />
      </CrashScreen>
    </StrictMode>,
  );
  await openFirstDocument(services);
}

void start();
