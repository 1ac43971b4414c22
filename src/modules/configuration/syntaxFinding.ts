import type { YAMLError } from 'yaml';
import { yamlMessages } from '../../platform/text/yamlMessages.ts';
import { type Finding, inText } from './problem.ts';

export function syntaxFinding(error: YAMLError): Finding {
  return inText(error.pos[0], yamlMessages[error.code]);
}
