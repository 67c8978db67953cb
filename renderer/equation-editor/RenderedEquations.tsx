/** Equations as they stand in papers: fractions, Greek letters, rules for spikes; and the units of what they define. */
import { Formula } from './Formula.tsx';
import type { DefinedName, RenderedLine } from './rendered-lines.ts';

export function RenderedEquations({
  lines,
  label,
}: {
  readonly lines: readonly RenderedLine[];
  readonly label: string;
}) {
  return (
    <div className="rendered" role="group" aria-label={label} tabIndex={0}>
      {lines.map((line, index) => (
        <div key={index} className="rendered-line" data-rule={line.lead !== undefined || undefined}>
          {line.lead !== undefined && <span className="rendered-lead">{line.lead}</span>}
          <Formula tex={line.tex} text={line.text} display />
          {line.note !== undefined && <span className="rendered-note">{line.note}</span>}
        </div>
      ))}
    </div>
  );
}

const sortWords = { state: 'state', subexpression: 'expression', parameter: 'parameter' } as const;

export function DefinedNames({ names }: { readonly names: readonly DefinedName[] }) {
  return (
    <table className="defined-names" aria-label="Units">
      <thead>
        <tr>
          <th scope="col">Name</th>
          <th scope="col">Unit</th>
          <th scope="col">What it is</th>
        </tr>
      </thead>
      <tbody>
        {names.map((found) => (
          <tr key={found.name}>
            <th scope="row">
              <Formula tex={found.tex} text={found.name} />
            </th>
            <td className="mono">{found.unit}</td>
            <td>
              {[sortWords[found.sort], found.dimension.replace(/ \(.*\)$/u, ''), found.flags]
                .filter((part) => part !== '')
                .join(', ')}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
