import { childAt, type Located } from './located.ts';
import type { Finding } from './problem.ts';
import { quoted } from './shown.ts';

/** Which team and project something of `admin` or `teams` belongs to, as messages begin; empty elsewhere. */
export function ownerOf(located: Located): string {
  const chain: Located[] = [];
  for (let step: Located | null = located; step?.parent; step = step.parent) chain.unshift(step);
  const [section, team, list, project] = chain;
  if (section?.place === 'admin') return 'admin';
  if (section?.place !== 'teams' || !team) return '';
  const parts = [`team ${nameOf(team)}`];
  if (list?.place === 'projects' && project) parts.push(`project ${nameOf(project)}`);
  return parts.join(', ');
}

/** The same finding, beginning with what it is about. */
export function withOwner(finding: Finding): Finding {
  const owner = finding.subject === null ? '' : ownerOf(finding.subject);
  return owner === '' ? finding : { ...finding, message: `${owner}: ${finding.message}` };
}

/** Its name as it is written, or else its number in the list. */
function nameOf(item: Located): string {
  if (typeof item.place === 'string') return quoted(item.place);
  return writtenName(item) ?? `number ${Number(item.place) + 1}`;
}

function writtenName(item: Located): string | undefined {
  const name = childAt(item, 'name')?.text;
  return name ? quoted(name) : undefined;
}
