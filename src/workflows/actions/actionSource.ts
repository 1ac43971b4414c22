import type { ActionDefinition } from '../language/model.ts';

/** An action that lies on this machine, ready to be run: `definition` was read from its `action.yml`. */
export interface FoundAction {
  /** Holds `action.yml`; what `main` and `pre` name is relative to it. Its repository's other files are around it. */
  readonly directory: string;
  readonly definition: ActionDefinition;
  /** A part of Slipway: it needs programs of this machine, and runs outside of the container of a job. */
  readonly builtIn?: boolean;
}

/** A reusable workflow of another repository, as it is written. */
export interface FoundWorkflow {
  /** As `uses:` names it: `owner/repo/.github/workflows/x.yml@v1`. */
  readonly file: string;
  readonly text: string;
}

/** Finds what `uses:` names. Both throw `AppError` with a message that names it, where it was looked for, and what to do. */
export interface ActionSource {
  /** `workspace` is where `./path` is looked for. */
  find(uses: string, workspace: string): Promise<FoundAction>;
  /** `owner/repo/.github/workflows/x.yml@ref` of a job's `uses:`. */
  findWorkflow(uses: string): Promise<FoundWorkflow>;
}
