/** Wire: one connection drawn from port to port; arrow or dot, thickness, dashes and double line tell what it does. */
import { memo, useState } from 'react';
import { EdgeLabelRenderer, type EdgeProps } from 'reactflow';
import { Icon } from '../ui/icons.tsx';
import type { BlockMark, WireEdge } from './canvas-nodes.ts';
import type { WireLook } from './wire-look.ts';
import { wirePath, type WirePath } from './wire-path.ts';

export const Wire = memo(function Wire({ data, selected = false, ...ends }: EdgeProps<WireEdge>) {
  const [hovered, setHovered] = useState(false);
  if (data === undefined) return null;
  const { look, blocks, mark } = data;
  const path = wirePath(ends, look.thickness, blocks);
  return (
    <>
      <g
        className="wire"
        data-inhibitory={look.inhibitory || undefined}
        data-selected={selected || undefined}
        data-mark={mark?.severity}
        onPointerEnter={() => setHovered(true)}
        onPointerLeave={() => setHovered(false)}
      >
        <path className="wire-reach" d={path.line} />
        {(selected || mark !== undefined) && (
          <path className="wire-halo" d={path.line} strokeWidth={look.thickness + 6} />
        )}
        <WireLine look={look} path={path} />
      </g>
      <WireWords path={path} label={hovered || selected ? look.label : undefined} mark={mark} />
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

interface WireWordsProps {
  readonly path: WirePath;
  /** What the wire is; undefined while nobody looks. */
  readonly label: string | undefined;
  readonly mark: BlockMark | undefined;
}

/** What the wire is while somebody looks at it, and what is wrong with it: a sign until then. */
function WireWords({ path, label, mark }: WireWordsProps) {
  if (label === undefined && mark === undefined) return null;
  const sign = mark?.stopped === true ? 'Stopped here' : '';
  return (
    <EdgeLabelRenderer>
      <div
        className="wire-label"
        style={{ transform: `translate(-50%, -50%) translate(${path.labelX}px, ${path.labelY}px)` }}
      >
        {label}
        {mark !== undefined && (
          <span data-mark={mark.severity}>
            <Icon name="warning" size={12} />
            {label === undefined ? sign : mark.text}
          </span>
        )}
      </div>
    </EdgeLabelRenderer>
  );
}
