/** Opens the explanation of the running network at one of its parts. */
import { useRun, useServices } from '../stores/services.ts';
import { Button } from '../ui/Button.tsx';

export function ExplainButton({ part }: { readonly part: string }) {
  const { session } = useServices();
  const loaded = useRun((state) => state.load?.loaded === true);
  return (
    <Button
      icon="list"
      look="quiet"
      disabled={!loaded}
      onClick={() => session.getState().change({ dialog: { kind: 'explain', part } })}
    >
      Explain
    </Button>
  );
}
