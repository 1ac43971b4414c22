import { packageVersion } from '../../../platform/version.ts';
import { rules } from '../../../workflows/check/index.ts';
import type { Finding } from '../../../workflows/language/index.ts';

/** Findings in the Static Analysis Results Interchange Format (SARIF 2.1.0), as code scanning and editors read it. */
export function toSarif(findings: readonly Finding[]): object {
  const ids = Object.keys(rules);
  return {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'slipway workflow check',
            semanticVersion: packageVersion(),
            rules: ids.map(toRule),
          },
        },
        columnKind: 'utf16CodeUnits',
        results: findings.map((finding) => toResult(finding, ids)),
      },
    ],
  };
}

function toRule(id: string): object {
  const rule = rules[id];
  return { id, shortDescription: { text: rule?.summary }, defaultConfiguration: { level: rule?.severity } };
}

function toResult({ rule, severity, message, file, at }: Finding, ids: readonly string[]): object {
  const ruleIndex = ids.indexOf(rule);
  const region = {
    startLine: at.start.line,
    startColumn: at.start.column,
    endLine: at.end.line,
    endColumn: at.end.column,
  };
  return {
    ruleId: rule,
    ...(ruleIndex === -1 ? {} : { ruleIndex }),
    level: severity,
    message: { text: message },
    locations: [{ physicalLocation: { artifactLocation: { uri: toUri(file) }, region } }],
  };
}

const toUri = (file: string): string => file.split(/[\\/]/).map(encodeURIComponent).join('/');
