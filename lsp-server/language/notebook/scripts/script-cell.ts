/** One cell of a script: whole lines of it. */
export interface ScriptCell {
  /** 0-based, in the file. */
  readonly startLine: number;
  /** Of the same length as the file's lines: places in a cell are places in the file. */
  readonly source: string;
}
