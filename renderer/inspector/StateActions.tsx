/** What can be done with the state and the parameters of what is selected, or of the whole network. */
import { isEnabled, commandOf } from '../commands/registry.ts';
import { useDocument, useRun, useServices } from '../stores/services.ts';
import { Button } from '../ui/Button.tsx';

const ofBlocks = [
  ['state.reset', 'Reset state'],
  ['state.randomise', 'Randomise state'],
  ['edit.resetParameters', 'Reset parameters'],
] as const;
const ofNetwork = [
  ['state.resetAll', 'Reset all state'],
  ['state.randomiseAll', 'Randomise all state'],
  ['run.resetTime', 'Clock to 0, keep state'],
] as const;

export function StateActions({ of }: { readonly of: 'blocks' | 'network' }) {
  const services = useServices();
  useRun((state) => state.load?.loaded);
  useDocument((state) => state.readOnly);
  return (
    <div className="inspector-actions state-actions">
      {(of === 'blocks' ? ofBlocks : ofNetwork).map(([id, title]) => (
        <Button key={id} disabled={!isEnabled(commandOf(id), services)} onClick={() => commandOf(id).run(services)}>
          {title}
        </Button>
      ))}
    </div>
  );
}
