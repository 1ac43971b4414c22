import { useMemo, useState } from 'react';
import type { RunDetail } from '../../../../contract/runs.ts';
import { Edges } from './Edges.tsx';
import styles from './graph.module.css';
import { layoutOf } from './layout.ts';
import { Node } from './Node.tsx';

/** The jobs of a run by what they need, from left to right; on a phone one below the other. */
export function Graph({ run }: { run: RunDetail }) {
  const layout = useMemo(() => layoutOf(run), [run]);
  const [board, setBoard] = useState<HTMLElement | null>(null);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, also for who has no mouse.
    <section className={styles.scroller} aria-label="Graph of jobs" tabIndex={0}>
      <div ref={setBoard} className={styles.board}>
        <Edges board={board} edges={layout.edges} />
        {layout.columns.map((nodes, depth) => (
          <ol key={nodes[0]?.path} className={styles.column} aria-label={`Jobs of depth ${depth + 1}`}>
            {nodes.map((node) => (
              <Node key={node.path} node={node} run={run} />
            ))}
          </ol>
        ))}
      </div>
    </section>
  );
}
