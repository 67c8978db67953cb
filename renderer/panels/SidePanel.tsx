/** The panel at the left: palette or history; folded it is a rail. */
import { useCommandKeys } from '../commands/use-command-keys.ts';
import { useDocument, useServices, useSession } from '../stores/services.ts';
import { IconButton } from '../ui/Button.tsx';
import { Tabs } from '../ui/Tabs.tsx';
import { HistoryList } from './HistoryList.tsx';
import { Palette } from './Palette.tsx';

const tabs = [
  { id: 'palette', title: 'Blocks' },
  { id: 'history', title: 'History' },
] as const;

export function SidePanel() {
  const { session } = useServices();
  const shown = useSession((state) => state.sidePanel);
  return (
    <aside className="side-panel" aria-label="Blocks and history">
      <Tabs
        label="Blocks and history"
        tabs={tabs}
        value={shown}
        onChange={(sidePanel) => session.getState().change({ sidePanel })}
      >
        {shown === 'palette' ? <Palette /> : <History />}
      </Tabs>
    </aside>
  );
}

function History() {
  const { documents } = useServices();
  const canUndo = useDocument((state) => state.canUndo);
  const canRedo = useDocument((state) => state.canRedo);
  const [undoKeys, redoKeys] = [useCommandKeys('edit.undo'), useCommandKeys('edit.redo')];
  return (
    <div className="history-panel">
      <div className="history-tools">
        <IconButton
          icon="undo"
          label="Undo"
          keys={undoKeys}
          look="quiet"
          disabled={!canUndo}
          onClick={documents.undo}
        />
        <IconButton
          icon="redo"
          label="Redo"
          keys={redoKeys}
          look="quiet"
          disabled={!canRedo}
          onClick={documents.redo}
        />
      </div>
      <HistoryList />
    </div>
  );
}

export function SideRail() {
  const { session } = useServices();
  const [blocksKeys, historyKeys] = [useCommandKeys('view.left'), useCommandKeys('view.history')];
  const open = (sidePanel: 'palette' | 'history') => () => session.getState().change({ leftOpen: true, sidePanel });
  return (
    <aside className="rail" aria-label="Blocks and history">
      <IconButton icon="add" look="quiet" iconSize={16} label="Blocks" keys={blocksKeys} onClick={open('palette')} />
      <IconButton
        icon="history"
        look="quiet"
        iconSize={16}
        label="History"
        keys={historyKeys}
        onClick={open('history')}
      />
    </aside>
  );
}
