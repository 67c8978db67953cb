/** A row of the run settings, dressed like a parameter. */
import type { ReactNode } from 'react';
import { IconButton } from '../ui/Button.tsx';

interface RunRowProps {
  readonly name: string;
  readonly title: string;
  readonly description: string;
  /** Takes the value back to the default; undefined while it is the default. */
  readonly reset?: (() => void) | undefined;
  readonly children: ReactNode;
}

export function RunRow({ name, title, description, reset, children }: RunRowProps) {
  return (
    <div className="parameter">
      <div className="parameter-name">
        <span className="mono">{name}</span> {title}
      </div>
      <div className="parameter-control">{children}</div>
      {reset !== undefined && (
        <IconButton
          icon="reset"
          iconSize={11}
          className="parameter-reset"
          look="quiet"
          label={`Reset ${title} to the default`}
          onClick={reset}
        />
      )}
      <p className="parameter-description">{description}</p>
    </div>
  );
}
