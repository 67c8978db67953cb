/** Block: one element on the canvas. Drawn again only when its record, kind, mark or selection changes; figures and picture live outside React. */
import { memo } from 'react';
import type { NodeProps } from 'reactflow';
import { FamilyGlyph } from '../ui/FamilyGlyph.tsx';
import { favouritesOf } from './block-geometry.ts';
import { BlockName } from './BlockName.tsx';
import { BlockPicture } from './BlockPicture.tsx';
import { BlockPorts } from './BlockPorts.tsx';
import type { BlockNode } from './canvas-nodes.ts';
import { useCanvasServices } from './canvas-services.ts';
import { Favourite } from './Favourite.tsx';
import { LiveFigure } from './LiveFigure.tsx';
import { usePart } from '../plots/readable.ts';

export const Block = memo(function Block({ data, selected }: NodeProps<BlockNode>) {
  const { element, kind, mark } = data;
  const running = usePart(useCanvasServices().run, (run) => run.state === 'running');
  const status = kind === undefined ? `Unknown kind ${element.kind}; kept as it is` : mark?.text;
  return (
    <div
      className="block"
      data-family={kind?.family ?? 'unknown'}
      data-selected={selected || undefined}
      data-running={running || undefined}
      data-mark={kind === undefined ? 'placeholder' : mark?.severity}
    >
      <header className="block-header">
        {kind === undefined ? <span className="block-unknown" aria-hidden="true">?</span> : <FamilyGlyph family={kind.family} />}
        <BlockName element={element} />
        <LiveFigure element={element} kind={kind} />
      </header>
      {kind === undefined ? <div className="block-placeholder">not known here</div> : <BlockPicture element={element.id} kind={kind} />}
      {favouritesOf(kind).map((parameter) => <Favourite key={parameter.name} element={element} parameter={parameter} />)}
      {status !== undefined && (
        <p className="block-status" title={status}>
          <span aria-hidden="true">{mark?.severity === 'error' ? '✕' : '⚠'}</span> {status}
        </p>
      )}
      <BlockPorts element={element} kind={kind} />
    </div>
  );
});
