/** ARCHITECTURE.md shows the imports as they are, and stays short. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { drawGraph, importGraph } from './steps/import-drawing.mjs';
import { root } from './steps/process.mjs';

const text = readFileSync(join(root, 'ARCHITECTURE.md'), 'utf8');

describe('ARCHITECTURE.md', () => {
  it('has the drawing of the present imports (node scripts/architecture.mjs draws it anew)', () => {
    expect(text).toContain(drawGraph(importGraph(root)));
  });

  it('has at most 200 lines', () => {
    expect(text.split('\n').length).toBeLessThanOrEqual(200);
  });
});
