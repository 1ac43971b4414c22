/** How long after the start a line was written: "0:03.4", "12:07.0", "1:02:03". */
export function elapsedText(ms: number): string {
  const tenths = Math.max(0, Math.floor(ms / 100));
  const seconds = Math.floor(tenths / 10) % 60;
  const minutes = Math.floor(tenths / 600) % 60;
  const hours = Math.floor(tenths / 36_000);
  if (hours > 0) return `${hours}:${two(minutes)}:${two(seconds)}`;
  return `${minutes}:${two(seconds)}.${tenths % 10}`;
}

const two = (value: number): string => String(value).padStart(2, '0');
