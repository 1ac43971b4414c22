import { createMasker, type Masker } from '../../../platform/masking/index.ts';

/** The secrets of a job, which grow while it runs. */
export class Masks {
  readonly #secrets = new Set<string>();
  #version = 0;
  #texts: { version: number; masker: Masker } | undefined;

  constructor(secrets: Iterable<string>) {
    for (const secret of secrets) this.add(secret);
  }

  /** Hides this value, and each of its lines, from now on. */
  add(secret: string): void {
    if (this.#secrets.has(secret)) return;
    this.#secrets.add(secret);
    this.#version += 1;
  }

  /** Grows with each secret: a masker of an older version does not know them all. */
  get version(): number {
    return this.#version;
  }

  /** A masker of what is known now, for one stream. */
  masker(): Masker {
    return createMasker([...this.#secrets]);
  }

  /** A text by itself, masked. */
  text(text: string): string {
    if (text === '' || this.#secrets.size === 0) return text;
    if (this.#texts?.version !== this.#version)
      this.#texts = { version: this.#version, masker: this.masker() };
    const { masker } = this.#texts;
    const shown = masker.write(Buffer.from(text)).toString();
    return shown + masker.end().toString();
  }
}
