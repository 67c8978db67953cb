/** The memory limit among the run settings: a setting of this computer, so that a read-only project changes nothing. */
import { problem } from '../../engine/base/problem.ts';
import { failed, ok, type Result } from '../../engine/base/result.ts';
import { isMemoryLimit, memoryLimit } from '../stores/memory-limit.ts';
import { useServices, useSession } from '../stores/services.ts';
import { EntryField } from './EntryField.tsx';
import { RunRow } from './RunRow.tsx';

export function MemoryLimitRow() {
  const { session } = useServices();
  const limit = useSession((state) => state.memoryLimitGiB);
  const set = (memoryLimitGiB: number): [] => {
    session.getState().change({ memoryLimitGiB });
    return [];
  };
  return (
    <RunRow
      name="M"
      title="Memory limit"
      description="A run that needs more is refused. A setting of this computer, not of the project; it holds from the next build on."
      reset={limit === memoryLimit.usual ? undefined : () => void set(memoryLimit.usual)}
    >
      <EntryField<number> label="Memory limit" text={String(limit)} suffix="GiB" read={readLimit} commit={set} />
    </RunRow>
  );
}

function readLimit(text: string): Result<number> {
  const typed = text.trim().replace(/\s*GiB$/i, '');
  const value = typed === '' ? Number.NaN : Number(typed.replace(',', '.'));
  if (isMemoryLimit(value)) return ok(value);
  const { least, most } = memoryLimit;
  return failed(
    problem('model/parameter-range', `The memory limit must be a number of GiB from ${least} to ${most}.`, {
      hint: `Write ${memoryLimit.usual} for the default.`,
    }),
  );
}
