/** What is wrong with a notebook file; the rest of it was still read. */
export interface FileProblem {
  /**
   * Stable. The whole file unread: `notebook/undecodable`, `notebook/not-json`, `notebook/not-a-notebook`, `notebook/not-python`.
   * One cell unread: `notebook/bad-cell`, `notebook/cell-not-python`. Read all the same: `notebook/duplicate-id`,
   * `notebook/format`, `notebook/language-unknown`.
   */
  readonly code: string;
  readonly message: string;
  readonly advice: string;
  /** What of the file no analysis sees because of it. */
  readonly unread: "file" | "cell" | "nothing";
  /** 0-based, among all cells; null when it is about the file. */
  readonly cellIndex: number | null;
  /** 0-based line of the file; null when unknown. */
  readonly line: number | null;
}

/** A problem of the file, nothing of which can be read. */
export function unreadable(
  code: string,
  message: string,
  advice: string,
  line: number | null = null,
): FileProblem {
  return { code, message, advice, unread: "file", cellIndex: null, line };
}
