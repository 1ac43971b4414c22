import type { Socket } from 'node:net';

/** Ends a connection on which nothing moves for so long; answers how to stop looking. Git says something every 5 s. */
export function endWhenStalled(socket: Socket, stallMs: number): () => void {
  let moved = 0;
  let since = performance.now();
  const look = setInterval(() => {
    const now = socket.bytesRead + socket.bytesWritten;
    if (now !== moved) since = performance.now();
    else if (performance.now() - since >= stallMs) socket.destroy();
    moved = now;
  }, stallMs / 4);
  return () => clearInterval(look);
}
