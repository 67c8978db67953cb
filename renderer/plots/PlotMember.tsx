/** Which member of a batch a plot shows: a choice in its heading, and the questions about that member. */
import type { ProbeInformation } from '../../engine/protocol/messages.ts';
import { Select } from '../ui/Select.tsx';
import type { PlanContext } from './plot-plan.ts';

interface PlotMemberProps {
  readonly member: number;
  readonly members: number;
  onChange(member: number): void;
}

/** Nothing where there is one member only. */
export function PlotMember({ member, members, onChange }: PlotMemberProps) {
  if (members < 2) return null;
  return (
    <Select
      label="Member of the batch"
      className="plot-member"
      value={String(member)}
      choices={Array.from({ length: members }, (_, index) => ({
        value: String(index),
        title: memberName(index, members),
      }))}
      onChange={(value) => onChange(Number(value))}
    />
  );
}

/** "Member 2 of 8". */
export function memberName(member: number, members: number): string {
  return `Member ${member + 1} of ${members}`;
}

/** Members of the batch that the probes record. */
export function membersOf(probes: readonly ProbeInformation[]): number {
  return probes.reduce((most, { members = 1 }) => Math.max(most, members), 1);
}

/** The history as one member has it. */
export function historyOfMember(history: PlanContext['history'], member: number): PlanContext['history'] {
  return {
    trace: (request) => history.trace({ ...request, member }),
    raster: (request) => history.raster({ ...request, member }),
  };
}
