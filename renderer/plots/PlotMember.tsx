/** Which member of a batch a plot shows: a choice in its heading, and the questions about that member. */
import type { ProbeInformation } from '../../engine/protocol/messages.ts';
import { useServices, useSession } from '../stores/services.ts';
import { Select } from '../ui/Select.tsx';
import type { PlanContext } from './plot-plan.ts';

/** Plots of whatever projects whose member is kept. */
const mostKept = 100;

interface PlotMemberProps {
  readonly member: number;
  readonly members: number;
  onChange(member: number): void;
}

/** The member that the plot shows, kept from one start to the next; the last one where there are fewer. */
export function useShownMember(plot: string, members: number) {
  const { session } = useServices();
  const chosen = useSession(({ plotMembers }) => plotMembers[plot] ?? 0);
  const setMember = (member: number): void => {
    const others = Object.entries(session.getState().plotMembers).filter(([id]) => id !== plot);
    const chosenOnes = member === 0 ? others : [...others, [plot, member] as const];
    session.getState().change({ plotMembers: Object.fromEntries(chosenOnes.slice(-mostKept)) });
  };
  return { member: Math.min(chosen, members - 1), setMember };
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
