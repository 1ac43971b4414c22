import { useLayoutEffect, useState } from 'react';
import styles from './graph.module.css';
import type { GraphLayout } from './layout.ts';

interface EdgesProps {
  /** Null before it is there. */
  readonly board: HTMLElement | null;
  readonly edges: GraphLayout['edges'];
}

/** Lines from each node to those that need it, drawn where the nodes are laid out, and anew when they move. */
export function Edges({ board, edges }: EdgesProps) {
  const [lines, setLines] = useState('');
  useLayoutEffect(() => {
    if (board === null) return;
    const draw = () => setLines(linesOf(board, edges));
    const observer = new ResizeObserver(draw);
    observer.observe(board);
    for (const node of board.querySelectorAll('[data-node]')) observer.observe(node);
    draw();
    return () => observer.disconnect();
  }, [board, edges]);
  return (
    <svg className={styles.edges} aria-hidden="true" focusable="false">
      <path d={lines} />
    </svg>
  );
}

function linesOf(board: HTMLElement, edges: GraphLayout['edges']): string {
  const origin = board.getBoundingClientRect();
  const boxes = new Map(
    Array.from(board.querySelectorAll('[data-node]'), (node) => [
      node.getAttribute('data-node'),
      node.getBoundingClientRect(),
    ]),
  );
  return edges
    .flatMap(({ from, to }) => {
      const [start, end] = [boxes.get(from), boxes.get(to)];
      if (start === undefined || end === undefined) return [];
      return curve(
        [start.right - origin.left, headOf(start) - origin.top],
        [end.left - origin.left, headOf(end) - origin.top],
      );
    })
    .join('');
}

/** Where a node has its name. */
const headOf = (box: DOMRect): number => box.top + Math.min(box.height / 2, 20);

function curve([x1, y1]: readonly [number, number], [x2, y2]: readonly [number, number]): string {
  const bend = Math.max(12, (x2 - x1) / 2);
  const at = (value: number) => value.toFixed(1);
  return `M${at(x1)} ${at(y1)}C${at(x1 + bend)} ${at(y1)} ${at(x2 - bend)} ${at(y2)} ${at(x2)} ${at(y2)}`;
}
