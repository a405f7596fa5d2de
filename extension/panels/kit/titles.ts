/** The notebook's name without folder and extension. */
export function notebookTitle(path: string): string {
  return (path.split("/").at(-1) ?? path).replace(/\.ipynb$/, "");
}

/** A file's name without its folders. */
export function fileTitle(path: string): string {
  return path.split(/[\\/]/).filter(Boolean).at(-1) ?? path;
}

/** The class without its modules. */
export function shortClass(className: string): string {
  return className.split(".").at(-1) ?? className;
}
