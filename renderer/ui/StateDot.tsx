/** A dot that tells a state by colour; what is bad is square, so that colour is not the only cue. */
export type Tone = 'neutral' | 'ok' | 'warn' | 'bad' | 'accent';

export function StateDot({ tone }: { readonly tone: Tone }) {
  return <span className="state-dot" data-tone={tone} aria-hidden="true" />;
}
