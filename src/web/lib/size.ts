const units = ['bytes', 'kB', 'MB', 'GB', 'TB'] as const;

/** A number of bytes as people say it: "532 bytes", "1.4 MB", "28 GB". Units of thousands, as disks are sold. */
export function sizeText(bytes: number): string {
  const power = Math.min(units.length - 1, Math.floor(Math.log10(Math.max(1, bytes)) / 3));
  const amount = bytes / 1000 ** power;
  const shown = power === 0 || amount >= 100 ? Math.round(amount) : Number(amount.toPrecision(2));
  return `${shown} ${units[power]}`;
}
