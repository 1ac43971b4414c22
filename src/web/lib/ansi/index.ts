export { legibleOn } from './legible.ts';
export { type ParsedLine, parseLine, plainText, type Segment, styleAfter } from './parseLine.ts';
export { type AnsiStyle, type Colour, cssColour, plainStyle } from './style.ts';
