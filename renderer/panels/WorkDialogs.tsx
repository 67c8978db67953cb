/** Questions about the person's work: after a crash, about a file somebody else changed, about a project another window writes. */
import type { ReactNode } from 'react';
import type { ChangedFileQuestion, ElsewhereQuestion, Extent, RecoveryQuestion } from '../stores/decisions.ts';
import { useDocument, useServices } from '../stores/services.ts';
import { Dialog } from '../ui/Dialog.tsx';
import { Icon, type IconName } from '../ui/icons.tsx';
import { counted, moment } from './moment.ts';
import './work-dialogs.css';

export function RecoveryDialog({ question }: { readonly question: RecoveryQuestion }) {
  const { clock } = useServices();
  const { name, steps, lastAt, labels, file, decide } = question;
  const last = moment(lastAt, clock.wallTime());
  const since = file === undefined ? 'in no file' : 'after the last save';
  return (
    <Dialog
      open
      title={`“${title(name)}” was not closed`}
      description="Spikeloom ended in the middle of work. Nothing is thrown away, whatever you choose: what is not opened now stays under Recovered projects in the project menu."
      onClose={() => decide('recovered')}
    >
      <div className="choices">
        <Choice first icon="history" title="Recovered work" onChoose={() => decide('recovered')}>
          <span>
            {counted(steps, 'edit')} {since}, the last {last}
          </span>
          <span className="choice-preview">{labels.join(' · ')}</span>
        </Choice>
        {file !== undefined && (
          <Choice icon="save" title="Last saved version" onChoose={() => decide('saved')}>
            <span>{file} as it is on disk</span>
          </Choice>
        )}
        <Choice icon="new" title="Empty project" onChoose={() => decide('empty')}>
          <span>Start anew</span>
        </Choice>
      </div>
    </Dialog>
  );
}

export function ChangedFileDialog({ question }: { readonly question: ChangedFileQuestion }) {
  const { clock } = useServices();
  const { file, mine, theirs, seenAt, decide } = question;
  const since = seenAt === undefined ? '' : ` since it was read or saved here ${moment(seenAt, clock.wallTime())}`;
  return (
    <Dialog
      open
      title={`“${file}” was changed by somebody else`}
      description={`The file is no longer the same${since}. Nothing has been written yet.`}
      onClose={() => decide('later')}
    >
      <dl className="versions">
        <dt>Here</dt>
        <dd>{extent(mine)}</dd>
        <dt>In the file</dt>
        <dd>{theirs === undefined ? 'nothing that can be opened as a project' : extent(theirs)}</dd>
      </dl>
      <div className="choices">
        <Choice icon="save" title="Replace it" onChoose={() => decide('replace')}>
          <span>Your version takes the place of the one in the file</span>
        </Choice>
        <Choice first icon="saveAs" title="Save as a copy under another name" onChoose={() => decide('copy')}>
          <span>Both stay; you go on in the copy</span>
        </Choice>
        <Choice
          icon="open"
          title="Open the file instead"
          disabled={theirs === undefined}
          onChoose={() => decide('open')}
        >
          <span>Your version stays under Recovered projects</span>
        </Choice>
      </div>
    </Dialog>
  );
}

const elsewhereTitles: Readonly<Record<ElsewhereQuestion['here'], string>> = {
  no: 'is open in another window',
  viewing: 'is open in another window',
  lost: 'was taken over by another window',
};

export function ElsewhereDialog({ question }: { readonly question: ElsewhereQuestion }) {
  const { name, here, decide } = question;
  const unsent = useDocument((state) => state.unsent);
  const known =
    here !== 'no' && unsent > 0
      ? ` ${counted(unsent, 'edit')} made here did not reach it; they are shown here and kept under Recovered projects.`
      : '';
  return (
    <Dialog
      open
      title={`“${title(name)}” ${elsewhereTitles[here]}`}
      description={`One window at a time can change a project.${known}`}
      onClose={() => decide('cancel')}
    >
      <div className="choices">
        <Choice
          first
          icon="search"
          title={here === 'no' ? 'Open read-only' : 'Stay read-only'}
          onChoose={() => decide('readOnly')}
        >
          <span>Look at it and run it; the other window goes on writing</span>
        </Choice>
        <Choice icon="import" title={here === 'lost' ? 'Take back' : 'Take over here'} onChoose={() => decide('take')}>
          <span>With all edits made there; the other window becomes read-only</span>
        </Choice>
        <Choice icon="saveAs" title={here === 'no' ? 'Open a copy' : 'Save a copy…'} onChoose={() => decide('copy')}>
          <span>A project of its own, with the history so far</span>
        </Choice>
      </div>
    </Dialog>
  );
}

interface ChoiceProps {
  readonly icon: IconName;
  readonly title: string;
  /** Has the keyboard at first: the choice that loses nothing. */
  readonly first?: boolean;
  readonly disabled?: boolean;
  readonly children: ReactNode;
  onChoose(): void;
}

function Choice({ icon, title: words, first = false, disabled = false, children, onChoose }: ChoiceProps) {
  return (
    <button type="button" className="choice" autoFocus={first} disabled={disabled} onClick={onChoose}>
      <Icon name={icon} size={18} />
      <span>
        <strong>{words}</strong>
        {children}
      </span>
    </button>
  );
}

function extent({ elements, connections }: Extent): string {
  return `${counted(elements, 'block')}, ${counted(connections, 'connection')}`;
}

function title(name: string): string {
  return name === '' ? 'Untitled' : name;
}
