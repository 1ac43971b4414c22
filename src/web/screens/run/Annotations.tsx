import type { RunDetail } from '../../../contract/runs.ts';
import { paths } from '../../app/paths.ts';
import { AnnotationList } from '../../features/runs/AnnotationList.tsx';
import { Section } from '../../ui/Page.tsx';

/** What steps said about places in files, each leading to the step that said it. */
export function Annotations({ run }: { run: RunDetail }) {
  if (run.annotations.length === 0) return null;
  return (
    <Section title="Annotations">
      <AnnotationList
        annotations={run.annotations.map((annotation) => ({
          ...annotation,
          from: annotation.job,
          to: paths.job(run.id, annotation.job_id, annotation.step),
        }))}
      />
    </Section>
  );
}
