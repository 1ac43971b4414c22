/** What is wrong in a text before anybody asks what it means. */
export interface Problem {
  readonly rule: string;
  readonly message: string;
  readonly start: number;
  readonly end: number;
}

/** The longest text that is read, in UTF-16 units: twice what GitHub reads. */
export const maxTextLength = 1024 * 1024;
/** As deep as GitHub reads. */
export const maxDepth = 50;
