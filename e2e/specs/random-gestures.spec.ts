/** Property: after any gestures the canvas shows exactly what the document holds. */
import { expect, test } from '../fixtures.ts';
import { readSaved, type WorkbenchPage } from '../pages/workbench.ts';
import type { CanvasContent } from '../pages/canvas.ts';

const gesturesPerRun = 15;
const project = 'Gestures.spikeloom';
const palette = ['LIF', 'Poisson spikes', 'Rate reservoir', 'Ridge readout', 'Sine', 'AdEx'];

/** Numbers from 0 to 1 that are the same for the same seed (mulberry32). */
function createChance(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** One gesture; it may do nothing, as an illegal wire does. */
type Gesture = (bench: WorkbenchPage, chance: () => number) => Promise<void>;

const gestures: Readonly<Record<string, Gesture>> = {
  async insert({ canvas }, chance) {
    const box = await canvas.region.boundingBox();
    const title = palette[Math.floor(chance() * palette.length)] ?? 'LIF';
    await canvas.insert(title, 130 + chance() * ((box?.width ?? 0) - 260), 40 + chance() * ((box?.height ?? 0) - 200));
  },
  async move({ canvas }, chance) {
    const block = canvas.blocks.nth(Math.floor(chance() * (await canvas.blocks.count())));
    const [box, around] = [await block.boundingBox(), await canvas.region.boundingBox()];
    if (box === null || around === null) return;
    // Towards the middle, so that no block leaves the window and is out of reach for the next gesture.
    const x = around.x + around.width / 2 - (box.x + box.width / 2);
    const y = around.y + around.height / 2 - (box.y + box.height / 2);
    await canvas.move(block, Math.round(chance() * x), Math.round(chance() * y));
  },
  async connect({ canvas }, chance) {
    const outputs = canvas.region.locator('.port[data-side="output"]');
    const inputs = canvas.region.locator('.port[data-side="input"]');
    const from = Math.floor(chance() * (await outputs.count()));
    const to = Math.floor(chance() * (await inputs.count()));
    await canvas.dragWire(outputs.nth(from), inputs.nth(to));
  },
  async remove({ canvas, page }, chance) {
    const block = canvas.blocks.nth(Math.floor(chance() * (await canvas.blocks.count())));
    await block.locator('.block-name').click({ force: true });
    await page.keyboard.press('Delete');
  },
  undo: (bench) => bench.undo(),
  redo: (bench) => bench.redo(),
};

/** More wires than deletions, so that something grows; undo and redo come in twos and threes by chance. */
const order = [
  ...['insert', 'insert', 'move', 'move', 'remove'],
  ...['connect', 'connect', 'connect', 'connect', 'connect'],
  ...['undo', 'undo', 'redo', 'redo'],
];

/** Where the first blocks are dropped, so that there is something to wire. */
const first = [
  ['Poisson spikes', 130, 60],
  ['LIF', 400, 60],
  ['Rate reservoir', 400, 300],
  ['Ridge readout', 700, 180],
] as const;

for (const seed of [1, 2, 3]) {
  test(`after random gestures the canvas equals the document (seed ${seed})`, async ({ bench, workbench }) => {
    test.setTimeout(180_000);
    const chance = createChance(seed);
    await bench.newProject();
    await expect(bench.canvas.blocks).toHaveCount(0);
    for (const [place, [title, x, y]] of first.entries()) {
      await bench.canvas.insert(title, x, y);
      await expect(bench.canvas.blocks).toHaveCount(place + 1);
    }
    await bench.saveAs('Gestures');
    await expect(bench.messages).toContainText(project);
    const pictures = new Set<string>();
    for (let done = 0; done < gesturesPerRun; done += 1) {
      const name = order[Math.floor(chance() * order.length)] ?? 'insert';
      await test.step(name, async () => {
        await gestures[name]?.(bench, chance);
        await bench.page.keyboard.press('Escape');
        pictures.add(JSON.stringify(await expectSame(bench, workbench.home)));
      });
    }
    // Gestures that all came to nothing would show nothing.
    expect(pictures.size).toBeGreaterThan(gesturesPerRun / 3);
  });
}

/** Saves, and compares what is on the canvas with what is in the file. */
async function expectSame(bench: WorkbenchPage, home: string): Promise<CanvasContent> {
  await bench.page.keyboard.press('Control+s');
  await expect(bench.page.getByRole('img', { name: 'has unsaved changes' })).toHaveCount(0);
  const shown = await bench.canvas.content();
  expect(shown).toEqual(await documentContent(home));
  return shown;
}

async function documentContent(home: string): Promise<CanvasContent> {
  const { elements, connections, view } = await readSaved(home, project);
  const blocks = Object.entries(elements).map(([id, { name }]) => {
    const { x, y } = view.positions[id] ?? { x: 0, y: 0 };
    return [id, { name, x, y }] as const;
  });
  return { blocks: Object.fromEntries(blocks), wires: Object.keys(connections).sort() };
}
