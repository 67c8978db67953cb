/** A bar that says how much of something is done. */
import { Progress as Base } from '@base-ui/react/progress';

export function Progress({ label, fraction }: { readonly label: string; readonly fraction: number }) {
  return (
    <Base.Root className="progress" aria-label={label} value={Math.round(fraction * 1000) / 10}>
      <Base.Track className="progress-track">
        <Base.Indicator className="progress-done" />
      </Base.Track>
    </Base.Root>
  );
}
