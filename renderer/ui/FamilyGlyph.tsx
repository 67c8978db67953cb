/** The coloured square that marks a family: pulse, cell, network, curve. Shape is the cue beside colour. */
import type { Family } from '../../engine/model/kind.ts';

const paths: Readonly<Record<Family, string>> = {
  stimuli: 'M3 11h3V5h4v6h3',
  neurons: 'M2 8h3M11 8h3M8 5a3 3 0 1 1 0 6 3 3 0 0 1 0-6Z',
  layers:
    'M4.5 5.2a1.2 1.2 0 1 0 0-2.4 1.2 1.2 0 0 0 0 2.4ZM11.5 5.2a1.2 1.2 0 1 0 0-2.4 1.2 1.2 0 0 0 0 2.4ZM8 13.2a1.2 1.2 0 1 0 0-2.4 1.2 1.2 0 0 0 0 2.4ZM5.7 4h4.6M5.1 5.1 7.4 10.8M10.9 5.1 8.6 10.8',
  readouts: 'M3 12c2.5 0 3-8 5-8s2 5 5 3',
  connectors: 'M3 8h10M10 5l3 3-3 3',
};

export function FamilyGlyph({ family, size = 20 }: { readonly family: Family; readonly size?: number }) {
  return (
    <span className="family-glyph" data-family={family} style={{ width: size, height: size }} aria-hidden="true">
      <svg
        viewBox="0 0 16 16"
        width={size * 0.72}
        height={size * 0.72}
        fill="none"
        stroke="currentColor"
        strokeWidth="1.4"
        strokeLinejoin="round"
        strokeLinecap="round"
      >
        <path d={paths[family]} />
      </svg>
    </span>
  );
}
