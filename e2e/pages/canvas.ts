/** The canvas as a person uses it: blocks, ports, wires, drops. */
import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import type { Locator, Page } from '@playwright/test';

/** A port of a block, by the names of both. */
export interface PortName {
  readonly block: string;
  readonly port: string;
}

/** What the canvas shows, in a form that can be compared. */
export interface CanvasContent {
  /** Place and name by id. */
  readonly blocks: Readonly<Record<string, { readonly name: string; readonly x: number; readonly y: number }>>;
  /** Ids of the wires, sorted. */
  readonly wires: readonly string[];
}

export class Canvas {
  readonly region: Locator;
  readonly blocks: Locator;
  readonly wires: Locator;
  readonly refusal: Locator;
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
    this.region = page.getByRole('region', { name: 'Canvas' });
    this.blocks = this.region.locator('.react-flow__node');
    this.wires = this.region.locator('.react-flow__edge');
    this.refusal = this.region.locator('.refusal');
  }

  block(name: string): Locator {
    return this.blocks.filter({ has: this.#page.locator('.block-name').getByText(name, { exact: true }) });
  }

  port({ block, port }: PortName, side: 'input' | 'output'): Locator {
    return this.block(block).locator(`.port[data-side="${side}"][data-handleid="${port}"]`);
  }

  /** A wire by the names of the blocks at its ends. */
  wire(from: string, to: string): Locator {
    return this.region.getByRole('group', { name: new RegExp(`^${from} to ${to},`) });
  }

  /** Drags a palette entry onto the canvas; `x` and `y` count from the canvas' top left corner. */
  async insert(title: string, x: number, y: number): Promise<void> {
    const entry = this.#page
      .getByRole('tabpanel', { name: 'Blocks' })
      .getByRole('button', { name: title, exact: true });
    await entry.dragTo(this.region, { targetPosition: { x, y } });
  }

  /** Draws a wire from an output to an input and lets it go there. */
  async connect(from: PortName, to: PortName): Promise<void> {
    await this.dragWire(this.port(from, 'output'), this.port(to, 'input'));
  }

  async dragWire(from: Locator, to: Locator): Promise<void> {
    const [start, end] = [await centre(from), await centre(to)];
    const { mouse } = this.#page;
    await mouse.move(start.x, start.y);
    await mouse.down();
    await mouse.move((start.x + end.x) / 2, (start.y + end.y) / 2, { steps: 4 });
    await mouse.move(end.x, end.y, { steps: 4 });
    await mouse.up();
  }

  /** Drags a block by its header. */
  async move(block: Locator, x: number, y: number): Promise<void> {
    const start = await centre(block.locator('.block-figure'));
    const { mouse } = this.#page;
    await mouse.move(start.x, start.y);
    await mouse.down();
    await mouse.move(start.x + x / 2, start.y + y / 2, { steps: 3 });
    await mouse.move(start.x + x, start.y + y, { steps: 3 });
    await mouse.up();
  }

  /** Clicks where nothing stands. */
  async clickEmpty(): Promise<void> {
    await this.region.locator('.react-flow__pane').click({ position: { x: 12, y: 12 } });
  }

  /** Drops a file as a person does from the desktop. */
  async dropFile(file: string | { readonly name: string; readonly content: Uint8Array | string }): Promise<void> {
    const name = typeof file === 'string' ? basename(file) : file.name;
    const content = typeof file === 'string' ? await readFile(file) : Buffer.from(file.content);
    const transfer = await this.#page.evaluateHandle(
      ({ name: fileName, base64 }) => {
        const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
        const data = new DataTransfer();
        data.items.add(new File([bytes], fileName));
        return data;
      },
      { name, base64: content.toString('base64') },
    );
    const pane = this.region.locator('.react-flow__pane');
    await pane.dispatchEvent('dragover', { dataTransfer: transfer });
    await pane.dispatchEvent('drop', { dataTransfer: transfer });
    await transfer.dispose();
  }

  /** What stands on the canvas now, read from the page alone. */
  content(): Promise<CanvasContent> {
    return this.region.evaluate((region) => {
      const blocks = [...region.querySelectorAll<HTMLElement>('.react-flow__node')].map((node) => {
        const { m41: x, m42: y } = new DOMMatrix(getComputedStyle(node).transform);
        return [
          node.dataset['id'] ?? '',
          { name: node.querySelector('.block-name')?.textContent ?? '', x, y },
        ] as const;
      });
      const wires = [...region.querySelectorAll<HTMLElement>('.react-flow__edge')].map(
        (wire) => wire.dataset['id'] ?? '',
      );
      return { blocks: Object.fromEntries(blocks), wires: wires.sort() };
    });
  }

  /** How many differently coloured pixels the pictures on the blocks have; 1 is an empty one. */
  async colours(block: Locator): Promise<number> {
    return countColours(block.locator('canvas'));
  }
}

/** Number of different colours in a canvas element. */
export function countColours(canvas: Locator): Promise<number> {
  return canvas.evaluate((element) => {
    const { width, height } = element as HTMLCanvasElement;
    const data = (element as HTMLCanvasElement).getContext('2d')?.getImageData(0, 0, width, height).data;
    return new Set(data === undefined ? [] : new Uint32Array(data.buffer)).size;
  });
}

async function centre(locator: Locator): Promise<{ x: number; y: number }> {
  const box = await locator.boundingBox();
  if (box === null) throw new Error(`not on the screen: ${String(locator)}`);
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}
