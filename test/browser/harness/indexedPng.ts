import { crc32, deflateSync } from 'node:zlib';
import { PNG } from 'pngjs';

const mostColours = 256;

/**
 * The same picture with a palette, a third to a fifth as large. Screens have few colours, and the shades of their letters:
 * what is not among the 256 most frequent ones becomes the nearest of them.
 */
export function indexed(picture: Buffer): Buffer {
  const { width, height, data } = PNG.sync.read(picture);
  const colours = new Uint32Array(width * height);
  const frequency = new Map<number, number>();
  for (let pixel = 0; pixel < colours.length; pixel += 1) {
    const colour = data.readUIntBE(pixel * 4, 3);
    colours[pixel] = colour;
    frequency.set(colour, (frequency.get(colour) ?? 0) + 1);
  }
  const palette = [...frequency]
    .sort(([a, often], [b, oftener]) => oftener - often || a - b)
    .slice(0, mostColours)
    .map(([colour]) => colour);
  const places = new Map(palette.map((colour, place) => [colour, place]));
  for (const colour of frequency.keys())
    if (!places.has(colour)) places.set(colour, nearestTo(colour, palette));
  // Each line begins with its filter: none.
  const lines = Buffer.alloc((width + 1) * height);
  for (let pixel = 0; pixel < colours.length; pixel += 1)
    lines[pixel + Math.floor(pixel / width) + 1] = places.get(colours[pixel] ?? 0) ?? 0;
  return pngOf(width, height, palette, lines);
}

function nearestTo(colour: number, palette: readonly number[]): number {
  let nearest = 0;
  let least = Number.POSITIVE_INFINITY;
  for (const [place, candidate] of palette.entries()) {
    const distance = distanceOf(colour, candidate);
    if (distance < least) [nearest, least] = [place, distance];
  }
  return nearest;
}

const distanceOf = (a: number, b: number): number =>
  [16, 8, 0].reduce((sum, shift) => sum + (((a >> shift) & 255) - ((b >> shift) & 255)) ** 2, 0);

/** PNG (ISO/IEC 15948): signature, header, palette, data, end. */
function pngOf(width: number, height: number, palette: readonly number[], lines: Buffer): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 3, 0, 0, 0], 8);
  const shades = Buffer.alloc(palette.length * 3);
  for (const [place, colour] of palette.entries()) shades.writeUIntBE(colour, place * 3, 3);
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    chunk('IHDR', header),
    chunk('PLTE', shades),
    chunk('IDAT', deflateSync(lines, { level: 9, memLevel: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function chunk(kind: string, content: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(kind, 'latin1'), content]);
  const framed = Buffer.alloc(named.length + 8);
  framed.writeUInt32BE(content.length, 0);
  named.copy(framed, 4);
  framed.writeUInt32BE(crc32(named), named.length + 4);
  return framed;
}
