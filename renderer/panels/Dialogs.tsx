/** The dialog that is open, if any. */
import { useId, useState } from 'react';
import { saveProject } from '../commands/file-gestures.ts';
import { renameProject } from '../commands/parameter-gestures.ts';
import { GenerateDialog } from '../inspector/GenerateDialog.tsx';
import { useDocument, useServices, useSession } from '../stores/services.ts';
import { Button } from '../ui/Button.tsx';
import { Dialog } from '../ui/Dialog.tsx';
import { TextField } from '../ui/TextField.tsx';
import { ExplainDialog } from './explain/ExplainDialog.tsx';
import { HelpDialog } from './help/HelpDialog.tsx';
import { JumpDialog } from './JumpDialog.tsx';
import { KeptProjectsDialog } from './KeptProjectsDialog.tsx';
import { CompareDialog } from './measures/CompareDialog.tsx';
import { MemoryDialog } from './measures/MemoryDialog.tsx';
import { SearchDialog } from './SearchDialog.tsx';
import { SeriesImport } from './SeriesImport.tsx';
import { SeriesOperationDialog } from './SeriesOperationDialog.tsx';
import { ChangedFileDialog, ElsewhereDialog, RecoveryDialog } from './WorkDialogs.tsx';
import { ShortcutsDialog } from './ShortcutsDialog.tsx';
import { TrainingDialog } from './training/TrainingDialog.tsx';
import { TightBalanceDialog } from './TightBalanceDialog.tsx';

export function Dialogs() {
  const services = useServices();
  const { session } = services;
  const dialog = useSession((state) => state.dialog);
  const close = (): void => session.getState().change({ dialog: undefined });
  switch (dialog?.kind) {
    case 'search':
      return <SearchDialog onClose={close} />;
    case 'shortcuts':
      return <ShortcutsDialog onClose={close} />;
    case 'jump':
      return <JumpDialog onClose={close} />;
    case 'rename':
      return <NameDialog title="Rename project" verb="Rename" onClose={close} />;
    case 'saveAs':
      return (
        <NameDialog title="Save as" verb="Save" onClose={close} onNamed={() => void saveProject(services, true)} />
      );
    case 'leave':
      return <LeaveDialog name={dialog.name} decide={dialog.decide} onClose={close} />;
    case 'series':
      return (
        <SeriesImport
          name={dialog.name}
          bytes={dialog.bytes}
          target={dialog.target}
          position={dialog.position}
          onClose={close}
        />
      );
    case 'seriesOperation':
      return <SeriesOperationDialog element={dialog.element} operation={dialog.operation} onClose={close} />;
    case 'training':
      return <TrainingDialog onClose={close} />;
    case 'memoryCapacity':
      return <MemoryDialog id={dialog.element} onClose={close} />;
    case 'compareTraces':
      return <CompareDialog onClose={close} />;
    case 'generate':
      return <GenerateDialog question={dialog} onClose={close} />;
    case 'tightBalance':
      return <TightBalanceDialog onClose={close} />;
    case 'recovery':
      return <RecoveryDialog question={dialog} />;
    case 'changedFile':
      return <ChangedFileDialog question={dialog} />;
    case 'elsewhere':
      return <ElsewhereDialog question={dialog} />;
    case 'keptProjects':
      return <KeptProjectsDialog onClose={close} />;
    case 'explain':
      return <ExplainDialog part={dialog.part} onClose={close} />;
    case 'help':
      return <HelpDialog page={dialog.page} section={dialog.section} onClose={close} />;
    case 'problems':
    case undefined:
      return null;
  }
}

interface NameDialogProps {
  readonly title: string;
  readonly verb: string;
  onClose(): void;
  /** The project has its name. */
  onNamed?(): void;
}

function NameDialog({ title, verb, onClose, onNamed }: NameDialogProps) {
  const services = useServices();
  const present = useDocument((state) => state.document.name);
  const [name, setName] = useState(present);
  const id = useId();
  return (
    <Dialog open title={title} onClose={onClose}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (name.trim() === '' || renameProject(services, name).length > 0) return;
          onClose();
          onNamed?.();
        }}
      >
        <div className="dialog-body">
          <label htmlFor={id}>Name</label>
          <TextField
            id={id}
            autoFocus
            maxLength={200}
            value={name}
            onFocus={(event) => event.target.select()}
            onChange={(event) => setName(event.target.value)}
          />
        </div>
        <div className="dialog-actions">
          <Button onClick={onClose}>Cancel</Button>
          <Button look="primary" type="submit" disabled={name.trim() === ''}>
            {verb}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

interface LeaveDialogProps {
  readonly name: string;
  decide(goOn: boolean): void;
  onClose(): void;
}

function LeaveDialog({ name, decide, onClose }: LeaveDialogProps) {
  const services = useServices();
  const end = (goOn: boolean): void => {
    onClose();
    decide(goOn);
  };
  const saveFirst = (): void => {
    onClose();
    void services.documents.saveAs().then((saved) => decide(saved.ok && saved.value !== undefined));
  };
  return (
    <Dialog
      open
      title={`Save “${name}” first?`}
      description="It has changes that are in no file. Another project takes its place."
      onClose={() => end(false)}
    >
      <div className="dialog-actions">
        <Button onClick={() => end(false)}>Cancel</Button>
        <Button onClick={() => end(true)}>Go on without saving</Button>
        <Button look="primary" onClick={saveFirst}>
          Save…
        </Button>
      </div>
    </Dialog>
  );
}
