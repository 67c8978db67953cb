/** Help on a kind: what it does, its ports, states and parameters in words. */
import type { KindDescriptor } from '../../engine/model/kind.ts';

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
      <HelpList title="Ports" rows={ports} />
      <HelpList
        title="State variables"
        rows={kind.states.map((state) => ({ name: state.name, text: state.title, unit: state.unit }))}
      />
      <HelpList
        title="Parameters"
        rows={kind.parameters.map((spec) => ({
          name: spec.name,
          text: `${spec.title}. ${spec.description}`,
          unit: spec.unit ?? '1',
        }))}
      />
      <h3 className="parameter-group">Source</h3>
      <p>{kind.source}</p>
    </div>
  );
}

interface HelpRow {
  readonly name: string;
  readonly text: string;
  readonly unit: string;
}

function HelpList({ title, rows }: { readonly title: string; readonly rows: readonly HelpRow[] }) {
  if (rows.length === 0) return null;
  return (
    <section>
      <h3 className="parameter-group">{title}</h3>
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
