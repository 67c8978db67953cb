/** Explain: what the running network is made of — its connections and why they are carried so, its operators and bytes, its program. */
import { useEffect, useState } from 'react';
import type { Explanation } from '../../../engine/build/explanation.ts';
import type { SpikeloomDocument } from '../../../engine/model/document.ts';
import { useDocument, useRun, useServices, useSession } from '../../stores/services.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { Tabs } from '../../ui/Tabs.tsx';
import { codeFigures, namedProgram } from './explain-words.ts';
import { ExplainedConnections } from './ExplainedConnections.tsx';
import { ExplainedParts, partName } from './ExplainedParts.tsx';
import { ProgramText } from './ProgramText.tsx';
import './explain.css';

interface Explained {
  readonly explanation: Explanation;
  readonly summary: string;
  readonly program: string;
}

const tabs = [
  { id: 'connections', title: 'Connections' },
  { id: 'operators', title: 'Operators' },
  { id: 'program', title: 'Program' },
] as const;
type TabId = (typeof tabs)[number]['id'];

export function ExplainDialog({ part, onClose }: { readonly part: string | undefined; onClose(): void }) {
  const explained = useExplained();
  const document = useDocument((state) => state.document);
  const [tab, setTab] = useState<TabId>(() => firstTab(document, part));
  return (
    <Dialog
      open
      wide
      title="What runs"
      description="The network as the engine executes it: how connections are carried, every operator in order, what they take."
      onClose={onClose}
    >
      {typeof explained === 'object' ? (
        <>
          <Figures explanation={explained.explanation} />
          <Tabs label="Explanation" tabs={tabs} value={tab} onChange={(next) => setTab(next)}>
            {tab === 'connections' && <ExplainedConnections explanation={explained.explanation} first={part} />}
            {tab === 'operators' && <ExplainedParts explanation={explained.explanation} first={part} />}
            {tab === 'program' && <ProgramText program={explained.program} />}
          </Tabs>
          <div className="dialog-actions">
            <CopyButton text={tab === 'program' ? explained.program : explained.summary} />
            <Button look="primary" onClick={onClose}>
              Close
            </Button>
          </div>
        </>
      ) : (
        <p className="dialog-body" role="status">
          {explained ?? 'Asking the engine…'}
        </p>
      )}
    </Dialog>
  );
}

/** Connections first, unless a block was asked for or there is none. */
function firstTab({ connections }: SpikeloomDocument, part: string | undefined): TabId {
  const block = part !== undefined && !Object.hasOwn(connections, part);
  return block || Object.keys(connections).length === 0 ? 'operators' : 'connections';
}

/** Undefined until the engine has answered; a sentence when it could not. Asked again when the network was built anew. */
function useExplained(): Explained | string | undefined {
  const { link, document } = useServices();
  const load = useRun((state) => state.load);
  const [explained, setExplained] = useState<Explained | string>();
  useEffect(() => {
    let shown = true;
    const engine = async (): Promise<Explained> => {
      const code = await link.engine().explain({ stage: 'code' });
      const { text } = await link.engine().explain({ stage: 'program' });
      const records = document.getState().document;
      const program = namedProgram(text, (id) => partName(records, id));
      return { explanation: code.explanation, summary: code.text, program };
    };
    engine().then(
      (answer) => shown && setExplained(answer),
      () => shown && setExplained('Nothing is loaded. Correct the problems first, then ask again.'),
    );
    return () => {
      shown = false;
    };
  }, [link, document, load]);
  return explained;
}

function Figures({ explanation }: { readonly explanation: Explanation }) {
  return (
    <dl className="explain-figures">
      {codeFigures(explanation).map(({ title, value }) => (
        <div key={title}>
          <dt>{title}</dt>
          <dd className="mono">{value}</dd>
        </div>
      ))}
    </dl>
  );
}

function CopyButton({ text }: { readonly text: string }) {
  const { session } = useServices();
  const dialog = useSession((state) => state.dialog);
  const [copied, setCopied] = useState<string>();
  const copy = async (): Promise<void> => {
    await navigator.clipboard.writeText(text);
    setCopied(text);
    session.getState().say('Copied');
  };
  return (
    <Button disabled={dialog === undefined} onClick={() => void copy()}>
      {copied === text ? 'Copied' : 'Copy as text'}
    </Button>
  );
}
