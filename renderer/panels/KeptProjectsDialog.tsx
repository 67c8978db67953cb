/** Projects that have a journal besides the open one: what a crash, another choice or another window left. */
import { useEffect, useState } from 'react';
import { openKept } from '../commands/sharing-gestures.ts';
import type { KeptEntry } from '../stores/sharing-actions.ts';
import { useServices } from '../stores/services.ts';
import { Dialog } from '../ui/Dialog.tsx';
import { Icon } from '../ui/icons.tsx';
import { counted, moment } from './moment.ts';
import './work-dialogs.css';

export function KeptProjectsDialog({ onClose }: { onClose(): void }) {
  const services = useServices();
  const [kept, setKept] = useState<readonly KeptEntry[]>();
  useEffect(() => {
    let shown = true;
    services.documents.keptProjects().then(
      (found) => shown && setKept(found),
      () => shown && setKept([]),
    );
    return () => {
      shown = false;
    };
  }, [services]);
  return (
    <Dialog
      open
      title="Recovered projects"
      description="Every edit is kept in a journal, in a file or not. The latest are here."
      onClose={onClose}
    >
      <div className="choices" aria-busy={kept === undefined}>
        {kept?.length === 0 && <p className="choices-empty">No other project has edits.</p>}
        {kept?.map((entry) => (
          <button
            key={entry.journalId}
            type="button"
            className="choice"
            onClick={() => {
              onClose();
              void openKept(services, entry.journalId);
            }}
          >
            <Icon name="history" size={18} />
            <span>
              <strong>{entry.name === '' ? 'Untitled' : entry.name}</strong>
              <span>{details(entry, services.clock.wallTime())}</span>
            </span>
          </button>
        ))}
      </div>
    </Dialog>
  );
}

function details({ file, lastAt, steps, taken }: KeptEntry, now: number): string {
  return [
    `last edit ${moment(lastAt, now)}`,
    `${counted(steps, 'edit')} in no file`,
    file,
    taken ? 'open in another window' : undefined,
  ]
    .filter((part) => part !== undefined)
    .join(' · ');
}
