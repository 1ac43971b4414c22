import { type Statement, textOf } from './piece.ts';

const setting = /^set\s+(?:session\s+|local\s+)?standard_conforming_strings\s*(?:=|\sto\s)\s*'?(\w+)/i;
const call =
  /^select\s+(?:pg_catalog\s*\.\s*)?set_config\s*\(\s*'standard_conforming_strings'\s*,\s*'(\w+)'/i;
const longest = 200;

/** What a statement makes of `standard_conforming_strings`; undefined when it leaves it alone. */
export function standardStringsSetBy(statement: Statement): boolean | undefined {
  if (statement.end - statement.start > longest) return undefined;
  const text = textOf(statement);
  // SET or SELECT: what begins otherwise is not even decoded.
  if (text[0] !== 83 && text[0] !== 115) return undefined;
  const value = (setting.exec(text.toString('latin1')) ??
    call.exec(text.toString('latin1')))?.[1]?.toLowerCase();
  if (value === undefined) return undefined;
  return !['off', 'false', 'no', '0', 'f', 'n', 'of'].includes(value);
}
