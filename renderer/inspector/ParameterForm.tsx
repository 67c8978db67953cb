/** All parameters of a kind, favourites first, then by group. */
import { Icon } from '../ui/icons.tsx';
import { parameterGroups, type ParameterOwner } from './parameter-owner.ts';
import { ParameterRow } from './ParameterRow.tsx';

export function ParameterForm({ form }: { readonly form: ParameterOwner }) {
  const groups = parameterGroups(form.kind);
  if (groups.length === 0) return <p className="inspector-quiet">{form.kind.title} has no parameters.</p>;
  return (
    <div className="parameter-form">
      {groups.map((group) => (
        <section key={group.title} aria-label={group.title}>
          <h3 className="parameter-group">
            {group.favourites && <Icon name="favourite" size={11} />}
            {group.title}
          </h3>
          {group.parameters.map((spec) => (
            <ParameterRow key={`${form.ids.join(' ')} ${spec.name}`} form={form} spec={spec} />
          ))}
        </section>
      ))}
    </div>
  );
}
