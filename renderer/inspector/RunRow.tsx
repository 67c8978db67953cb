/** A row of the run settings, dressed like a parameter. */
import type { ReactNode } from 'react';

interface RunRowProps {
  readonly name: string;
  readonly title: string;
  readonly description: string;
  readonly children: ReactNode;
}

export function RunRow({ name, title, description, children }: RunRowProps) {
  return (
    <div className="parameter">
      <div className="parameter-name">
        <span className="mono">{name}</span> {title}
      </div>
      <div className="parameter-control">{children}</div>
      <p className="parameter-description">{description}</p>
    </div>
  );
}
