/** Commands that belong to blocks of one kind. */
import { commandOf, isEnabled } from '../commands/registry.ts';
import { useDocument, useServices } from '../stores/services.ts';
import { Button } from '../ui/Button.tsx';

const byKind: Readonly<Record<string, readonly string[]>> = {
  'layers/tight-balance': ['canvas.tightBalance'],
  'readouts/objective': ['train.open'],
};

export function KindActions({ kind }: { readonly kind: string }) {
  const services = useServices();
  useDocument((state) => state.readOnly);
  const actions = (byKind[kind] ?? []).map(commandOf);
  if (actions.length === 0) return null;
  return (
    <div className="inspector-actions">
      {actions.map((command) => (
        <Button key={command.id} disabled={!isEnabled(command, services)} onClick={() => command.run(services)}>
          {command.title}
        </Button>
      ))}
    </div>
  );
}
