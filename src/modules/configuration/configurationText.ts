import { AppError } from '../../platform/errors.ts';
import { decodeUtf8 } from '../../platform/text/decodeUtf8.ts';
import { formatProblem } from './problem.ts';
import { lookup } from './readDocument.ts';

/** The text of a file; `invalid_input` names the place from which on it is not UTF-8. */
export function configurationText(bytes: Uint8Array, fileName: string): string {
  const decoded = decodeUtf8(bytes);
  if ('text' in decoded) return decoded.text;
  const { validText, problem: message } = decoded;
  const problem = { file: fileName, ...lookup(validText)(validText.length), path: '', message };
  throw new AppError('invalid_input', formatProblem(problem), { problems: [problem] });
}
