/** What a run of several is called where there is little room: its side of two, else its number. */
export function nameOfRun(at: number, count: number): string {
  if (count > 2) return `Run ${at + 1}`;
  return at === 0 ? "Left" : "Right";
}

/** The notebook's name without folder and extension. */
export function notebookTitle(path: string): string {
  return (path.split("/").at(-1) ?? path).replace(/\.ipynb$/, "");
}

/** A file's name without its folders. */
export function fileTitle(path: string): string {
  return path.split(/[\\/]/).filter(Boolean).at(-1) ?? path;
}
