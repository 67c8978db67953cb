/** Problems: how many there are, and the list; pressing one goes to the element that has it. */
import type { Problem } from '../../engine/base/problem.ts';
import { populationTextNames } from '../../engine/equations/population-text.ts';
import { findRecord } from '../../engine/model/records.ts';
import { connectionName, elementName } from '../../engine/model/names.ts';
import type { SpikeloomDocument } from '../../engine/model/document.ts';
import { useDocument, useProblems, useServices, useSession, type Services } from '../stores/services.ts';
import type { InspectorTab } from '../stores/session-store.ts';
import { StateDot, type Tone } from '../ui/StateDot.tsx';
import { Icon } from '../ui/icons.tsx';
import { Popover } from '../ui/Popover.tsx';
import { FaultDetails } from './FaultDetails.tsx';

export function ProblemsButton() {
  const { session } = useServices();
  const problems = useProblems((state) => state.all);
  const open = useSession((state) => state.dialog?.kind === 'problems');
  const counted = problems.filter((found) => found.severity !== 'info');
  return (
    <Popover
      title={counted.length === 0 ? 'Problems' : words(counted.length)}
      open={open}
      onOpenChange={(next) => session.getState().change({ dialog: next ? { kind: 'problems' } : undefined })}
      trigger={
        <button type="button" className="chip" data-testid="problems">
          <StateDot tone={toneOf(problems)} />
          {counted.length === 0 ? 'No problems' : words(counted.length)}
        </button>
      }
    >
      <ProblemList problems={problems} />
    </Popover>
  );
}

function words(number: number): string {
  return number === 1 ? '1 problem' : `${number} problems`;
}

function toneOf(problems: readonly Problem[]): Tone {
  if (problems.some((found) => found.severity === 'error')) return 'bad';
  return problems.some((found) => found.severity === 'warning') ? 'warn' : 'ok';
}

function ProblemList({ problems }: { readonly problems: readonly Problem[] }) {
  const services = useServices();
  const document = useDocument((state) => state.document);
  if (problems.length === 0) return <p className="problems-none">Everything fits together.</p>;
  return (
    <ul className="problems">
      {problems.map((found, index) => (
        <li key={index}>
          <button type="button" className="problem" onClick={() => goTo(services, found)}>
            <span className="problem-icon" data-severity={found.severity}>
              <Icon
                name={found.severity === 'error' ? 'error' : found.severity === 'warning' ? 'warning' : 'info'}
                size={14}
              />
            </span>
            <span>
              <span className="problem-place">{placeOf(document, found)}</span>
              {found.message}
              {found.hint !== undefined && <span className="problem-hint">{found.hint}</span>}
            </span>
          </button>
          {found.fault !== undefined && (
            <FaultDetails found={found} fault={found.fault} show={() => goTo(services, found)} />
          )}
        </li>
      ))}
    </ul>
  );
}

function placeOf(document: SpikeloomDocument, { at }: Problem): string {
  const owner = ownerOf(document, at?.element);
  if (owner?.sort === 'element') return elementName(findRecord(document.elements, owner.id));
  const connection = owner === undefined ? undefined : findRecord(document.connections, owner.id);
  return connection === undefined ? '' : connectionName(document, connection);
}

/** The element or connection that a problem sits on; that of a probe is the element it records. */
function ownerOf(
  document: SpikeloomDocument,
  id: string | undefined,
): { readonly id: string; readonly sort: 'element' | 'connection' } | undefined {
  if (id === undefined) return undefined;
  const probed = findRecord(document.probes, id)?.element;
  if (probed !== undefined) return { id: probed, sort: 'element' };
  if (findRecord(document.elements, id) !== undefined) return { id, sort: 'element' };
  return findRecord(document.connections, id) === undefined ? undefined : { id, sort: 'connection' };
}

/** Texts of equations are edited in a tab of their own. */
function tabOf({ at }: Problem): InspectorTab {
  const name = /^parameters\.(.+)$/u.exec(at?.path ?? '')?.[1];
  return (populationTextNames as readonly (string | undefined)[]).includes(name) ? 'equations' : 'parameters';
}

function goTo({ selection, session, document }: Services, found: Problem): void {
  const owner = ownerOf(document.getState().document, found.at?.element);
  session.getState().change({ dialog: undefined, rightOpen: true, inspectorTab: tabOf(found) });
  if (owner === undefined) selection.getState().clear();
  else selection.getState().revealOne(owner.id, owner.sort);
}
