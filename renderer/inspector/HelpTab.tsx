/** Help on a kind: what it does, its equations, its ports, states and parameters in words, its switches and its source. */
import type { KindDescriptor, ParameterSpec } from '../../engine/model/kind.ts';
import { KindEquations } from '../equation-editor/lazy.tsx';
import { hasOwnEquations } from '../equation-editor/population-fields.ts';

export function HelpTab({ kind }: { readonly kind: KindDescriptor }) {
  const ports = [
    ...kind.inputs.map((port) => ({
      name: port.name,
      text: `in · ${port.title} · ${port.types.join(' or ')}`,
      unit: port.unit,
    })),
    ...kind.outputs.map((port) => ({ name: port.name, text: `out · ${port.title} · ${port.type}`, unit: port.unit })),
  ];
  return (
    <div className="inspector-text">
      <p>{kind.summary}</p>
      {kind.equations.length > 0 && !hasOwnEquations(kind) && <KindEquations kind={kind} />}
      <HelpList title="Ports" rows={ports} />
      <HelpList
        title="State variables"
        rows={kind.states.map((state) => ({ name: state.name, text: state.title, unit: state.unit }))}
      />
      <HelpList
        title="Parameters"
        rows={kind.parameters.filter(({ compatibility }) => compatibility !== true).map(parameterRow)}
      />
      <HelpList
        title="Switches for compatibility"
        words="Off, the block does as documented; on, it does as the original was released."
        rows={kind.parameters.filter(({ compatibility }) => compatibility === true).map(parameterRow)}
      />
      <h3 className="parameter-group">Source</h3>
      <p>{kind.source}</p>
    </div>
  );
}

function parameterRow({ name, title, description, unit = '1' }: ParameterSpec): HelpRow {
  return { name, text: `${title}. ${description}`, unit };
}

interface HelpRow {
  readonly name: string;
  readonly text: string;
  readonly unit: string;
}

interface HelpListProps {
  readonly title: string;
  readonly words?: string;
  readonly rows: readonly HelpRow[];
}

/** Nothing where there are no rows. */
function HelpList({ title, words, rows }: HelpListProps) {
  if (rows.length === 0) return null;
  return (
    <section>
      <h3 className="parameter-group">{title}</h3>
      {words !== undefined && <p className="inspector-quiet">{words}</p>}
      <dl className="help-list">
        {rows.map((row) => (
          <div key={row.name}>
            <dt className="mono">
              {row.name}
              {row.unit !== '1' && row.unit !== '' && <small> {row.unit}</small>}
            </dt>
            <dd>{row.text}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
