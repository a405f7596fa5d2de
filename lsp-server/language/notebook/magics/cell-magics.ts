/** What stands below a `%%` line. */
export type Body =
  | { readonly is: "python" }
  /** `isForReaders`: no name and no file comes out of it. */
  | { readonly is: "other"; readonly language: string; readonly isForReaders: boolean }
  | { readonly is: "unknown" };

/** What the body of a cell magic is, by the magic's name and its arguments; unknown for a name of somebody's own. */
export function bodyOf(name: string, args: string): Body {
  if (/^(spark|pyspark)$/.test(name) && /(^|\s)(-c|--context)\s+sql\b/.test(args)) return other("SQL");
  if (/^(px|cluster)$/.test(name) && /--noblock/.test(args)) return { is: "python" };
  if (pythonBodies.has(name)) return { is: "python" };
  const reader = forReaders[name.toLowerCase()];
  if (reader !== undefined) return { is: "other", language: reader, isForReaders: true };
  const language = otherBodies[name.toLowerCase()];
  return language === undefined ? { is: "unknown" } : other(language);
}

function other(language: string): Body {
  return { is: "other", language, isForReaders: false };
}

const pythonBodies: ReadonlySet<string> = new Set(
  "time timeit capture prun memit mprun lprun debug python python2 python3 pypy px local spark pyspark ipytest run_pytest snakeviz scalene heat pyinstrument".split(
    " ",
  ),
);

const forReaders: Readonly<Record<string, string>> = {
  html: "HTML",
  svg: "SVG",
  latex: "LaTeX",
  markdown: "Markdown",
  md: "Markdown",
  "md-sandbox": "Markdown",
  css: "CSS",
  javascript: "JavaScript",
  js: "JavaScript",
  mermaid: "Mermaid",
  dot: "Graphviz",
  help: "help",
};

const otherBodies: Readonly<Record<string, string>> = {
  bash: "shell",
  sh: "shell",
  zsh: "shell",
  cmd: "shell",
  system: "shell",
  sx: "shell",
  "!": "shell",
  script: "a script of another program",
  powershell: "PowerShell",
  pwsh: "PowerShell",
  fs: "file commands",
  sql: "SQL",
  sparksql: "SQL",
  bigquery: "SQL",
  bq: "SQL",
  read_sql: "SQL",
  trino: "SQL",
  hive: "SQL",
  impala: "SQL",
  duckdb: "SQL",
  r: "R",
  rscript: "R",
  sparkr: "R",
  julia: "Julia",
  scala: "Scala",
  java: "Java",
  kotlin: "Kotlin",
  csharp: "C#",
  fsharp: "F#",
  perl: "Perl",
  ruby: "Ruby",
  octave: "Octave",
  matlab: "MATLAB",
  sas: "SAS",
  stata: "Stata",
  cython: "Cython",
  cython_inline: "Cython",
  cython_pyximport: "Cython",
  fortran: "Fortran",
  rust: "Rust",
  cpp: "C++",
  cu: "CUDA",
  cuda: "CUDA",
  nvcc: "CUDA",
  cypher: "Cypher",
  sparql: "SPARQL",
  gremlin: "Gremlin",
  graphql: "GraphQL",
  configure: "JSON",
  writefile: "the text of a file",
  file: "the text of a file",
};
