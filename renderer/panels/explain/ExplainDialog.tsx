/** Explain: what the running network is made of — its parts with operators, kernels and bytes, and its code. */
import { useEffect, useState } from 'react';
import type { Explanation } from '../../../engine/build/explanation.ts';
import { useServices, useSession } from '../../stores/services.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { Tabs } from '../../ui/Tabs.tsx';
import { codeFigures } from './explain-words.ts';
import { ExplainedParts } from './ExplainedParts.tsx';
import './explain.css';

interface Explained {
  readonly explanation: Explanation;
  readonly summary: string;
  readonly program: string;
}

const tabs = [
  { id: 'parts', title: 'Parts' },
  { id: 'program', title: 'Program' },
] as const;

export function ExplainDialog({ part, onClose }: { readonly part: string | undefined; onClose(): void }) {
  const explained = useExplained();
  const [tab, setTab] = useState<(typeof tabs)[number]['id']>('parts');
  return (
    <Dialog
      open
      wide
      title="What runs"
      description="The network as the engine executes it: every part with its operators in order, and what they take."
      onClose={onClose}
    >
      {typeof explained === 'object' ? (
        <>
          <Figures explanation={explained.explanation} />
          <Tabs label="Explanation" tabs={tabs} value={tab} onChange={(next) => setTab(next)}>
            {tab === 'parts' ? (
              <ExplainedParts explanation={explained.explanation} first={part} />
            ) : (
              <pre className="explain-text mono" tabIndex={0} aria-label="Program as text">
                {explained.program}
              </pre>
            )}
          </Tabs>
          <div className="dialog-actions">
            <CopyButton text={tab === 'parts' ? explained.summary : explained.program} />
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

/** Undefined until the engine has answered; a sentence when it could not. */
function useExplained(): Explained | string | undefined {
  const { link } = useServices();
  const [explained, setExplained] = useState<Explained | string>();
  useEffect(() => {
    let shown = true;
    const engine = async (): Promise<Explained> => {
      const code = await link.engine().explain({ stage: 'code' });
      const { text } = await link.engine().explain({ stage: 'program' });
      return { explanation: code.explanation, summary: code.text, program: text };
    };
    engine().then(
      (answer) => shown && setExplained(answer),
      () => shown && setExplained('Nothing is loaded. Correct the problems first, then ask again.'),
    );
    return () => {
      shown = false;
    };
  }, [link]);
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
