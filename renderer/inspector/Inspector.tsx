/** Inspector: what is selected, or the run settings when nothing is. */
import { useEffect, useRef } from 'react';
import { findRecord } from '../../engine/model/records.ts';
import { useDocument, useSelection, useSession } from '../stores/services.ts';
import { ConnectionInspector } from './ConnectionInspector.tsx';
import { ElementInspector } from './ElementInspector.tsx';
import { RunForm } from './RunForm.tsx';
import { SeveralInspector } from './SeveralInspector.tsx';

export function Inspector() {
  const panel = useRef<HTMLElement>(null);
  const focusSerial = useSession((state) => (state.focus?.target === 'inspector' ? state.focus.serial : 0));
  useEffect(() => {
    const find = (selector: string) => panel.current?.querySelector<HTMLElement>(selector);
    if (focusSerial > 0)
      (find('.parameter input, .parameter select') ?? find('input, .inspector-actions button'))?.focus();
  }, [focusSerial]);
  return (
    <aside className="inspector" aria-label="Inspector" ref={panel}>
      <Selected />
    </aside>
  );
}

function Selected() {
  const elements = useSelection((state) => state.elements);
  const connections = useSelection((state) => state.connections);
  const document = useDocument((state) => state.document);
  const [first] = elements;
  if (elements.length > 1) return <SeveralInspector ids={elements} />;
  const element = first === undefined ? undefined : findRecord(document.elements, first);
  if (element !== undefined) return <ElementInspector key={element.id} element={element} />;
  const [only] = connections;
  const connection = only === undefined || connections.length > 1 ? undefined : findRecord(document.connections, only);
  if (connection !== undefined) return <ConnectionInspector key={connection.id} connection={connection} />;
  return <RunForm />;
}
