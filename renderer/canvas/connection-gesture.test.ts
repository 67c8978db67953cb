import { describe, expect, it } from 'vitest';
import { canSplice, connectionOf, firstLegalEnds, looseWire } from './connection-gesture.ts';
import { createFakeCanvas } from './fake-canvas.test-support.ts';
import { sampleCatalogue } from './sample-kinds.test-support.ts';

const at = { x: 0, y: 0 };

function wired() {
  const canvas = createFakeCanvas();
  const source = canvas.commands.addElement('stimuli/series', at) ?? '';
  const target = canvas.commands.addElement('layers/reservoir', at) ?? '';
  canvas.commands.connect({ element: source, port: 'out' }, { element: target, port: 'in' });
  const document = canvas.document.get();
  return { canvas, document, source, target, wire: Object.keys(document.connections)[0] ?? '' };
}

describe('splicing', () => {
  it('fits where both halves are legal and nowhere else', () => {
    const { document, wire } = wired();
    expect(canSplice(document, sampleCatalogue, 'layers/reservoir', wire)).toBe(true);
    expect(canSplice(document, sampleCatalogue, 'neurons/lif', wire)).toBe(false);
    expect(canSplice(document, sampleCatalogue, 'stimuli/series', wire)).toBe(false);
    expect(canSplice(document, sampleCatalogue, 'layers/reservoir', 'gone')).toBe(false);
  });
});

describe('a wire drawn backwards', () => {
  it('still leads from output to input', () => {
    const input = { nodeId: 'b', id: 'in', type: 'target' as const };
    const output = { nodeId: 'a', id: 'out', type: 'source' as const };
    const ends = { from: { element: 'a', port: 'out' }, to: { element: 'b', port: 'in' } };
    expect(connectionOf({ fromHandle: input, toHandle: output })).toEqual(ends);
    expect(connectionOf({ fromHandle: output, toHandle: input })).toEqual(ends);
    expect(connectionOf({ fromHandle: output, toHandle: output })).toBeUndefined();
  });
});

describe('a wire let go over a block', () => {
  it('takes the first port that it may', () => {
    const { canvas, source, target } = wired();
    const second = canvas.commands.addElement('layers/reservoir', at) ?? '';
    const document = canvas.document.get();
    const wire = looseWire(document, sampleCatalogue, {
      fromHandle: { nodeId: source, id: 'out', type: 'source' } as never,
    });
    expect(wire).toMatchObject({ side: 'output', element: source, port: { name: 'out' } });
    if (wire === undefined) return;
    expect(firstLegalEnds(document, sampleCatalogue, wire, second)).toEqual({
      from: { element: source, port: 'out' },
      to: { element: second, port: 'in' },
    });
    expect(firstLegalEnds(document, sampleCatalogue, wire, target)).toBeUndefined();
  });
});
