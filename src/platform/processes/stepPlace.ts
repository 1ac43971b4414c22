/** A process namespace with nothing but its process 1, for one step. Whoever has it ends it. */
export interface StepPlace {
  /** Of the process outside whose children are in the namespace. */
  readonly pid: number;
  /** Ends all that runs there; resolves when no process is left, which is what its parent waits for. */
  end(): Promise<void>;
}
