/** Block: one element on the canvas. Drawn again only when its record, kind, mark or selection changes; figures and picture live outside React. */
import { memo } from 'react';
import type { NodeProps } from 'reactflow';
import { FamilyGlyph } from '../ui/FamilyGlyph.tsx';
import { Icon } from '../ui/icons.tsx';
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
  const { element, kind } = data;
  const running = usePart(useCanvasServices().run, (run) => run.state === 'running');
  return (
    <div
      className="block"
      data-family={kind?.family ?? 'unknown'}
      data-selected={selected || undefined}
      data-running={running || undefined}
      {...markOf(data)}
    >
      <header className="block-header">
        {kind === undefined ? <UnknownGlyph /> : <FamilyGlyph family={kind.family} />}
        <BlockName element={element} />
        <TrainedFlag names={element.trainable} />
        <LiveFigure element={element} kind={kind} />
      </header>
      {kind === undefined ? (
        <div className="block-placeholder">not known here</div>
      ) : (
        <BlockPicture element={element.id} kind={kind} />
      )}
      {favouritesOf(kind).map((parameter) => (
        <Favourite key={parameter.name} element={element} parameter={parameter} reachable={selected} />
      ))}
      <BlockStatus data={data} />
      <BlockPorts element={element} kind={kind} />
    </div>
  );
});

function UnknownGlyph() {
  return (
    <span className="block-unknown" aria-hidden="true">
      ?
    </span>
  );
}

/** Some of its parameters may be changed by training. */
function TrainedFlag({ names = [] }: { readonly names: readonly string[] | undefined }) {
  if (names.length === 0) return null;
  const words = `Training may change ${names.join(', ')}`;
  return (
    <span className="block-trained" role="img" aria-label={words} title={words}>
      ∂
    </span>
  );
}

/** What the style sheet goes by. */
function markOf({ kind, mark }: BlockNode['data']) {
  return {
    'data-mark': kind === undefined ? 'placeholder' : mark?.severity,
    'data-stopped': mark?.stopped === true || undefined,
  };
}

/** The run stopped here: said in words too, and seen from far. */
function StoppedFlag() {
  return (
    <span className="block-stopped">
      <Icon name="error" size={14} /> stopped here
    </span>
  );
}

/** The worst problem of the element in one line. */
function BlockStatus({ data: { element, kind, mark } }: { readonly data: BlockNode['data'] }) {
  const text = kind === undefined ? `Unknown kind ${element.kind}; kept as it is` : mark?.text;
  if (text === undefined) return null;
  return (
    <>
      {mark?.stopped === true && <StoppedFlag />}
      <p className="block-status" title={text}>
        <span aria-hidden="true">{mark?.severity === 'error' ? '✕' : '⚠'}</span> {text}
      </p>
    </>
  );
}
