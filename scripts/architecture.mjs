/** `node scripts/architecture.mjs`: draws the imports into ARCHITECTURE.md anew. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { drawGraph, importGraph } from './steps/import-drawing.mjs';
import { root } from './steps/process.mjs';

const path = join(root, 'ARCHITECTURE.md');
const drawing = drawGraph(importGraph(root));
writeFileSync(
  path,
  readFileSync(path, 'utf8').replace(/```mermaid[\s\S]*?```/, () => drawing),
);
