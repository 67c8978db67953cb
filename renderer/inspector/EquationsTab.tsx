/** Equations of a kind as people write them, with its parameters and states marked, and where they come from. */
import type { KindDescriptor } from '../../engine/model/kind.ts';

export function EquationsTab({ kind }: { readonly kind: KindDescriptor }) {
  const names = new Map<string, string>();
  for (const state of kind.states) names.set(state.name, state.title);
  for (const spec of kind.parameters) names.set(spec.name, spec.title);
  return (
    <div className="inspector-text">
      {kind.equations.length === 0 ? (
        <p className="inspector-quiet">This block has no equations.</p>
      ) : (
        <pre className="equations mono">
          {kind.equations.map((line, index) => (
            <span key={index} className="equation">
              <EquationLine line={line} names={names} />
              {'\n'}
            </span>
          ))}
        </pre>
      )}
      <h3 className="parameter-group">Source</h3>
      <p>{kind.source}</p>
    </div>
  );
}

/** Known names are marked and explain themselves under the pointer. */
function EquationLine({ line, names }: { readonly line: string; readonly names: ReadonlyMap<string, string> }) {
  return line.split(/([A-Za-z_][A-Za-z0-9_]*)/).map((part, index) => {
    const title = names.get(part);
    return title === undefined ? (
      part
    ) : (
      <span key={index} className="equation-name" title={title}>
        {part}
      </span>
    );
  });
}
