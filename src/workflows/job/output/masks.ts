import { createGrowingMasks, type Masker } from '../../../platform/masking/index.ts';

/** The secrets of a job, which grow while it runs. */
export class Masks {
  readonly #known = new Set<string>();
  readonly #masks = createGrowingMasks();
  readonly #texts = this.#masks.masker();

  constructor(secrets: Iterable<string>) {
    for (const secret of secrets) this.add(secret);
  }

  /** Hides this value, and each of its lines, from now on. */
  add(secret: string): void {
    if (this.#known.has(secret)) return;
    this.#known.add(secret);
    this.#masks.add(secret);
  }

  /** For one stream; it masks what is added later too. */
  masker(): Masker {
    return this.#masks.masker();
  }

  /** A text by itself, masked. */
  text(text: string): string {
    if (text === '') return text;
    const shown = this.#texts.write(Buffer.from(text)).toString();
    return shown + this.#texts.end().toString();
  }
}
