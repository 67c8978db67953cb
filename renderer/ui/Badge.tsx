/** A small rounded mark with a state dot. */
import type { ReactNode } from 'react';

export type Tone = 'neutral' | 'ok' | 'warn' | 'bad' | 'accent';

export function Badge({
  tone = 'neutral',
  dot = false,
  children,
}: {
  readonly tone?: Tone;
  readonly dot?: boolean;
  readonly children: ReactNode;
}) {
  return (
    <span className="badge" data-tone={tone}>
      {dot && <StateDot tone={tone} />}
      {children}
    </span>
  );
}

export function StateDot({ tone }: { readonly tone: Tone }) {
  return <span className="state-dot" data-tone={tone} aria-hidden="true" />;
}
