/** The language of a notebook's code cells, from its metadata. */
export interface NotebookLanguage {
  /** Whether its cells are Python. */
  readonly isPython: boolean;
  /** Whether nothing but an unknown kernel's name was there to tell. */
  readonly isGuess: boolean;
  /** As the notebook calls it; null when nothing in it does, which Jupyter takes for Python. */
  readonly name: string | null;
}

/**
 * Python when what the kernel said of itself is Python by name, MIME type, file ending, lexer or editor mode (a PySpark kernel calls
 * itself `pyspark` and says `text/x-python`); where it said nothing, by the kernel that was chosen. The name of another language counts
 * before the rest.
 */
export function notebookLanguage(metadata: unknown): NotebookLanguage {
  const info = record(record(metadata).language_info);
  const spec = record(record(metadata).kernelspec);
  const databricks = record(record(metadata)["application/vnd.databricks.v1+notebook"]).language;
  const mode =
    typeof info.codemirror_mode === "object" ? record(info.codemirror_mode).name : info.codemirror_mode;
  const said = [info.name, info.mimetype, info.file_extension, info.pygments_lexer, mode].filter(isText);
  const named = [spec.language, databricks].filter(isText);
  const kernel = [spec.name, spec.display_name].filter(isText);
  const name = said[0] ?? named[0] ?? kernel[0] ?? null;
  const sure = (python: boolean) => ({ isPython: python, isGuess: false, name });
  if (name === null) return sure(true);
  if (isText(info.name) && otherLanguage.test(info.name.trim())) return sure(false);
  if (said.length > 0) return sure(said.some(isPython));
  if (named.length > 0) return sure(named.some(isPython));
  if (kernel.some((each) => isPython(each) || /python|pyspark/i.test(each))) return sure(true);
  if (kernel.some((each) => otherKernel.test(each.trim()))) return sure(false);
  return { isPython: true, isGuess: true, name };
}

/** Whether the name of a language, MIME type, file ending, lexer or kernel is one of Python's. */
export function isPython(name: string): boolean {
  return pythonName.test(name.trim());
}

const pythonName =
  /^(?:(?:text|application)\/(?:x-)?|\.)?(?:[icx]?python|py|pyspark|pyodide|micropython|circuitpython|sage(?:math)?)(?:kernel)?[\d.]*(?:kernel)?$/i;

/** Some kernels of these borrow Python's editor mode or lexer. */
const otherLanguage =
  /^(r|scala|julia|sql|bash|sh|javascript|typescript|java|c|c\+\+|c#|csharp|f#|fsharp|go|rust|ruby|perl|php|haskell|ocaml|lua|matlab|octave|stata|sas|kotlin|groovy|powershell|pwsh|sparkr|spark|robotframework|gdscript|hy)$/i;

const otherKernel =
  /^(ir\b|r$|julia|scala|almond|apache_toree_(scala|r|sql)|spark(r?)kernel|bash|xcpp|xc|xr|xsql|xlua|xoctave|javascript|jslab|tslab|deno|ijava|java|kotlin|iruby|ruby|gophernotes|gonb|go$|evcxr|rust|ihaskell|haskell|octave|matlab|imatlab|sas|stata|\.net-|csharp|fsharp|powershell|sos$|calysto)/i;

function isText(value: unknown): value is string {
  return typeof value === "string" && value.trim() !== "";
}

function record(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
}
