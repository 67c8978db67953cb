/** History: every edit that can be undone or done again; pressing one goes to the state after it. */
import { useEffect, useRef } from 'react';
import { useDocument, useServices } from '../stores/services.ts';

export function HistoryList() {
  const { documents } = useServices();
  const history = useDocument((state) => state.history);
  const list = useRef<HTMLOListElement>(null);
  const last = history.filter((entry) => entry.present).at(-1)?.seq ?? 0;
  useEffect(() => {
    list.current?.querySelector('[aria-current]')?.scrollIntoView({ block: 'nearest' });
  }, [last]);
  return (
    <ol className="history" aria-label="History" ref={list}>
      <HistoryRow label="Opened" current={last === 0} undone={false} onGo={() => documents.jumpTo(0)} />
      {history.map((entry) => (
        <HistoryRow
          key={entry.seq}
          label={entry.label}
          current={entry.seq === last}
          undone={!entry.present}
          onGo={() => documents.jumpTo(entry.seq)}
        />
      ))}
    </ol>
  );
}

interface HistoryRowProps {
  readonly label: string;
  readonly current: boolean;
  readonly undone: boolean;
  onGo(): void;
}

function HistoryRow({ label, current, undone, onGo }: HistoryRowProps) {
  return (
    <li>
      <button
        type="button"
        className="history-row"
        data-undone={undone || undefined}
        aria-current={current ? 'step' : undefined}
        onClick={onGo}
      >
        <span className="history-dot" aria-hidden="true" />
        <span className="history-label">{label}</span>
        {undone && <span className="visually-hidden">undone</span>}
      </button>
    </li>
  );
}
