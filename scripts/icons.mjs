/** `node scripts/icons.mjs`: draws the icons of the packages anew from renderer/app/icon.svg, in a Chromium. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { chromium } from 'playwright';
import { systemChromium } from './steps/chromium.mjs';
import { root } from './steps/process.mjs';

/** Icon types of a Mac by their size in pixels. */
const appleTypes = /** @type {const} */ ([
  ['ic07', 128],
  ['ic08', 256],
  ['ic09', 512],
  ['ic10', 1024],
]);
const windowsSizes = [16, 24, 32, 48, 64, 128, 256];

const drawing = readFileSync(join(root, 'renderer', 'app', 'icon.svg'), 'utf8');
const executablePath = systemChromium();
const browser = await chromium.launch(executablePath === undefined ? {} : { executablePath });
const page = await browser.newPage();
const folder = join(root, 'electron', 'packaging', 'icons');
mkdirSync(folder, { recursive: true });
writeFileSync(join(folder, 'icon.png'), await draw(1024));
writeFileSync(join(folder, 'icon.ico'), windowsIcon(await all(windowsSizes)));
writeFileSync(join(folder, 'icon.icns'), appleIcon(await all(appleTypes.map(([, size]) => size))));
await browser.close();

/** @param {number} size */
async function draw(size) {
  await page.setViewportSize({ width: size, height: size });
  await page.setContent(`<style>body{margin:0}svg{display:block;width:100vw;height:100vh}</style>${drawing}`);
  return page.screenshot({ omitBackground: true });
}

/** @param {readonly number[]} sizes */
async function all(sizes) {
  const pictures = [];
  for (const size of sizes) pictures.push(await draw(size));
  return pictures;
}

/** @param {readonly Buffer[]} pictures */
function windowsIcon(pictures) {
  const head = Buffer.alloc(6 + 16 * pictures.length);
  head.writeUInt16LE(1, 2);
  head.writeUInt16LE(pictures.length, 4);
  let offset = head.length;
  for (const [index, picture] of pictures.entries()) {
    const at = 6 + 16 * index;
    const size = windowsSizes[index] ?? 0;
    head.writeUInt8(size % 256, at); // 0 stands for 256
    head.writeUInt8(size % 256, at + 1);
    head.writeUInt16LE(1, at + 4);
    head.writeUInt16LE(32, at + 6);
    head.writeUInt32LE(picture.length, at + 8);
    head.writeUInt32LE(offset, at + 12);
    offset += picture.length;
  }
  return Buffer.concat([head, ...pictures]);
}

/** @param {readonly Buffer[]} pictures */
function appleIcon(pictures) {
  const parts = pictures.map((picture, index) => {
    const head = Buffer.alloc(8);
    head.write(appleTypes[index]?.[0] ?? '', 'latin1');
    head.writeUInt32BE(picture.length + 8, 4);
    return Buffer.concat([head, picture]);
  });
  const head = Buffer.from('icns\0\0\0\0', 'latin1');
  head.writeUInt32BE(8 + parts.reduce((sum, part) => sum + part.length, 0), 4);
  return Buffer.concat([head, ...parts]);
}
