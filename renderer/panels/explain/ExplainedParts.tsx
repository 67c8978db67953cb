/** The parts of an explanation as one table: a heading per element or connection, a row per operator. */
import { useEffect, useRef } from 'react';
import type { Explanation, OperatorExplanation, PartExplanation } from '../../../engine/build/explanation.ts';
import { connectionName } from '../../../engine/model/names.ts';
import { findRecord } from '../../../engine/model/records.ts';
import type { SpikeloomDocument } from '../../../engine/model/document.ts';
import { useDocument } from '../../stores/services.ts';
import { lanesText, operatorName, partFigures } from './explain-words.ts';

export function ExplainedParts({
  explanation,
  first,
}: {
  readonly explanation: Explanation;
  readonly first: string | undefined;
}) {
  const document = useDocument((state) => state.document);
  return (
    <div className="explain-parts" tabIndex={0} role="group" aria-label="Operators of the network">
      <table className="explain-table explain-operators">
        <thead>
          <tr>
            <th scope="col">Slot</th>
            <th scope="col">Operator</th>
            <th scope="col">Cells</th>
            <th scope="col">Kernel</th>
          </tr>
        </thead>
        {explanation.parts.map((part) => (
          <PartRows
            key={part.id}
            part={part}
            name={partName(document, part.id) ?? 'Whole run'}
            shown={part.id === first}
          />
        ))}
      </table>
    </div>
  );
}

interface PartRowsProps {
  readonly part: PartExplanation;
  readonly name: string;
  /** This part was asked for: it is brought into view and marked. */
  readonly shown: boolean;
}

function PartRows({ part, name, shown }: PartRowsProps) {
  const rows = useRef<HTMLTableSectionElement>(null);
  useEffect(() => {
    if (shown) rows.current?.scrollIntoView({ block: 'start' });
  }, [shown]);
  return (
    <tbody ref={rows} data-shown={shown || undefined}>
      <tr className="explain-part">
        <th scope="rowgroup" colSpan={4}>
          {name}
          <small className="mono">{partFigures(part)}</small>
        </th>
      </tr>
      {part.operators.map((operator) => (
        <OperatorRow key={operator.id} operator={operator} part={part.id} />
      ))}
    </tbody>
  );
}

function OperatorRow({ operator, part }: { readonly operator: OperatorExplanation; readonly part: string }) {
  const others = operator.parts.filter((id) => id !== operator.id).map((id) => operatorName({ ...operator, id }, part));
  return (
    <tr>
      <td>{operator.slot}</td>
      <td className="mono">
        {operatorName(operator, part)}
        {others.length > 0 && <small>one loop with {others.join(', ')}</small>}
      </td>
      <td>
        {lanesText(operator)}
        {operator.scalarReason !== undefined && <small>{operator.scalarReason}</small>}
      </td>
      <td>
        {operator.kernels.map((kernel, index) => (
          <span key={index} className="explain-kernel">
            <span className="mono">{kernel.name}</span>
          </span>
        ))}
        {operator.choice !== undefined && <small>{operator.choice.reason}</small>}
      </td>
    </tr>
  );
}

/** What people call the part: its element or connection; undefined for what belongs to the whole run. */
export function partName(document: SpikeloomDocument, id: string): string | undefined {
  const connection = findRecord(document.connections, id);
  if (connection !== undefined) return connectionName(document, connection);
  return findRecord(document.elements, id)?.name;
}
