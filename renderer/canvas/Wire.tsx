/** Wire: one connection drawn from port to port; arrow or dot, thickness, dashes and double line tell what it does. */
import { memo, useState } from 'react';
import { EdgeLabelRenderer, type EdgeProps } from 'reactflow';
import type { WireEdge } from './canvas-nodes.ts';
import type { WireLook } from './wire-look.ts';
import { wirePath, type WirePath } from './wire-path.ts';

export const Wire = memo(function Wire({ data, selected = false, ...ends }: EdgeProps<WireEdge>) {
  const [hovered, setHovered] = useState(false);
  if (data === undefined) return null;
  const { look, blocks } = data;
  const path = wirePath(ends, look.thickness, blocks);
  return (
    <>
      <g
        className="wire"
        data-inhibitory={look.inhibitory || undefined}
        data-selected={selected || undefined}
        onPointerEnter={() => setHovered(true)}
        onPointerLeave={() => setHovered(false)}
      >
        <path className="wire-reach" d={path.line} />
        {selected && <path className="wire-halo" d={path.line} strokeWidth={look.thickness + 6} />}
        <WireLine look={look} path={path} />
      </g>
      {(hovered || selected) && <WireLabel text={look.label} path={path} />}
    </>
  );
});

function WireLine({ look, path }: { readonly look: WireLook; readonly path: WirePath }) {
  const { thickness, recurrent, delayed, inhibitory } = look;
  return (
    <>
      <path
        className="wire-line"
        d={path.line}
        strokeWidth={recurrent ? thickness + 2.5 : thickness}
        strokeDasharray={delayed ? '6 4' : undefined}
      />
      {recurrent && <path className="wire-core" d={path.line} strokeWidth={Math.max(thickness - 0.5, 1)} />}
      {inhibitory ? (
        <circle className="wire-end" cx={path.dot.x} cy={path.dot.y} r={path.dot.radius} />
      ) : (
        <path className="wire-end" d={path.arrow} />
      )}
    </>
  );
}

function WireLabel({ text, path }: { readonly text: string; readonly path: WirePath }) {
  return (
    <EdgeLabelRenderer>
      <div
        className="wire-label"
        style={{ transform: `translate(-50%, -50%) translate(${path.labelX}px, ${path.labelY}px)` }}
      >
        {text}
      </div>
    </EdgeLabelRenderer>
  );
}
