/** Wire: one connection drawn from port to port; arrow or dot, thickness, dashes and double line tell what it does. */
import { memo, useState } from 'react';
import { EdgeLabelRenderer, type EdgeProps } from 'reactflow';
import type { WireEdge } from './canvas-nodes.ts';
import { wirePath } from './wire-path.ts';

export const Wire = memo(function Wire({ data, selected, ...ends }: EdgeProps<WireEdge>) {
  const [hovered, setHovered] = useState(false);
  if (data === undefined) return null;
  const { look } = data;
  const path = wirePath(ends, look.thickness, look.recurrent);
  return (
    <>
      <g
        className="wire"
        data-inhibitory={look.inhibitory || undefined}
        data-selected={selected === true || undefined}
        onPointerEnter={() => setHovered(true)}
        onPointerLeave={() => setHovered(false)}
      >
        <path className="wire-reach" d={path.line} />
        {selected === true && <path className="wire-halo" d={path.line} strokeWidth={look.thickness + 6} />}
        <path className="wire-line" d={path.line} strokeWidth={look.recurrent ? look.thickness + 2.5 : look.thickness} strokeDasharray={look.delayed ? '6 4' : undefined} />
        {look.recurrent && <path className="wire-core" d={path.line} strokeWidth={Math.max(look.thickness - 0.5, 1)} />}
        {look.inhibitory ? <circle className="wire-end" cx={path.dot.x} cy={path.dot.y} r={path.dot.radius} /> : <path className="wire-end" d={path.arrow} />}
      </g>
      {(hovered || selected === true) && (
        <EdgeLabelRenderer>
          <div className="wire-label" style={{ transform: `translate(-50%, -50%) translate(${path.labelX}px, ${path.labelY}px)` }}>
            {look.label}
          </div>
        </EdgeLabelRenderer>
      )}
    </>
  );
});
