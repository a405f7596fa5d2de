/**
 * What says that a folder holds an environment's programs and not a project's, by the names of what lies in it: `pyvenv.cfg`,
 * `conda-meta`, or what pip leaves beside each package. Null where nothing does, whatever the folder is called.
 */
export function environmentSign(names: readonly string[]): string | null {
  return names.find((name) => signs.has(name) || /\.dist-info$/.test(name)) ?? null;
}

const signs: ReadonlySet<string> = new Set(["pyvenv.cfg", "conda-meta"]);
