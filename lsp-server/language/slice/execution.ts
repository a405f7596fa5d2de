/** A cell as it ran, or would run. A cell may run twice. */
export interface Execution {
  readonly cellId: string;
  readonly source: string;
}
