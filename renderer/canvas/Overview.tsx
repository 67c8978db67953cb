/** Overview: the small map of the network; shown when not all of it is in view, so that it never hides what it repeats. */
import { MiniMap, useStore, type ReactFlowState } from 'reactflow';
import { blockWidth } from './block-geometry.ts';
import type { CanvasNode } from './canvas-nodes.ts';

const size = { width: 142, height: 84 };
/** A network of more blocks has its map even when all of it is in view. */
const fewBlocks = 8;
/** On a smaller canvas the map would hide more than it shows. */
const roomNeeded = { width: 420, height: 260 };

export function Overview({ moved }: { moved(): void }) {
  const shown = useStore(needsOverview);
  if (!shown) return null;
  return (
    <div onPointerDownCapture={moved} onWheelCapture={moved}>
      <MiniMap
        pannable
        zoomable
        className="canvas-map"
        style={size}
        ariaLabel="Overview"
        nodeColor={colourOf}
        nodeBorderRadius={4}
      />
    </div>
  );
}

function needsOverview({ nodes, transform: [x, y, zoom], width, height }: ReactFlowState): boolean {
  if (width < roomNeeded.width || height < roomNeeded.height) return false;
  if (nodes.length > fewBlocks) return true;
  const inside = (node: (typeof nodes)[number]): boolean => {
    const [left, top] = [node.position.x * zoom + x, node.position.y * zoom + y];
    const [wide, high] = [node.width ?? blockWidth, node.height ?? node.measured?.height ?? 0];
    return left > -1 && top > -1 && left + wide * zoom < width + 1 && top + high * zoom < height + 1;
  };
  return nodes.length > 0 && !nodes.every(inside);
}

function colourOf(node: CanvasNode): string {
  if (node.type === 'note') return 'var(--line)';
  return `var(--family-${node.data.kind?.family ?? 'connectors'})`;
}
