/** Whether a function or a method answers `None` where it finds nothing. */
export function mayFindNothing(name: string): boolean {
  return finding.has(name);
}

const finding: ReadonlySet<string> = new Set(
  "fetchone find first first_or_none fullmatch get getdoc getenv getmodule match one_or_none pop scalar scalar_one_or_none search which".split(
    " ",
  ),
);
