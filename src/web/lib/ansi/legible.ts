/** What text needs at least (WCAG 2.2, 1.4.3). */
const leastContrast = 4.5;

/** A colour for text on a dark ground: as it is, or with so much white in it that it can be read. Both `#rrggbb`. */
export function legibleOn(ground: string, colour: string): string {
  const below = luminance(parse(ground));
  const parts = parse(colour);
  for (let white = 0; white < 1; white += 0.1) {
    const mixed = parts.map((part) => Math.round(part + (255 - part) * white));
    if ((luminance(mixed) + 0.05) / (below + 0.05) >= leastContrast) return white === 0 ? colour : hex(mixed);
  }
  return '#ffffff';
}

const parse = (colour: string): number[] =>
  [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16));

const hex = (parts: readonly number[]): string =>
  `#${parts.map((part) => part.toString(16).padStart(2, '0')).join('')}`;

/** Relative luminance of sRGB (WCAG 2.2). */
function luminance(parts: readonly number[]): number {
  const [red = 0, green = 0, blue = 0] = parts.map((part) => {
    const share = part / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
