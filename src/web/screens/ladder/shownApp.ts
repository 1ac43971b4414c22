import type { CallOutput } from '../../../contract/endpoint.ts';
import type { api } from '../../../contract/index.ts';

/** The app of the page, with its configuration. */
export type ShownApp = CallOutput<typeof api.showApp>;
