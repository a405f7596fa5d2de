/** What a line magic does to the names of a notebook. */
export type LineMagic =
  /** What follows its options is a Python statement: `%time x = f()`. */
  | { readonly does: "run-statement" }
  /** Brings code or names that stand elsewhere: `%run features.ipynb`. */
  | { readonly does: "run-elsewhere"; readonly what: string }
  /** Text of another language; as a value, a table nobody has seen. */
  | { readonly does: "other-language"; readonly language: string }
  | { readonly does: "nothing" }
  | { readonly does: "unknown" };

/** What a line magic does, by its name; unknown for a name of somebody's own. */
export function lineMagic(name: string): LineMagic {
  if (statements.has(name)) return { does: "run-statement" };
  const what = elsewhere[name];
  if (what !== undefined) return { does: "run-elsewhere", what };
  const language = languages[name];
  if (language !== undefined) return { does: "other-language", language };
  return { does: harmless.has(name) ? "nothing" : "unknown" };
}

/** The length of a statement magic with its options: `%timeit -n 10 ` of `%timeit -n 10 f()`. */
export function statementStart(text: string): number {
  const options =
    /^%{1,2}\w+(?:\s+(?:-[fmlsTD]\s+\S+|--?[a-zA-Z][\w-]*(?:=\S+)?(?:\s+\d+(?=\s|$))?))*\s*/.exec(text);
  return options?.[0].length ?? text.length;
}

const statements: ReadonlySet<string> = new Set("time timeit prun memit lprun mprun px snakeviz".split(" "));

const elsewhere: Readonly<Record<string, string>> = {
  run: "a file",
  load: "a file",
  loadpy: "a file",
  edit: "a file",
  ed: "a file",
  run_cell: "another cell",
  recall: "an earlier input",
  rep: "an earlier input",
  rerun: "an earlier input",
  macro: "a macro",
  store: "stored variables",
  paste: "the clipboard",
  cpaste: "the clipboard",
  import_notebook: "a file",
  restart_run_all: "another run",
};

const languages: Readonly<Record<string, string>> = {
  sql: "SQL",
  bigquery: "SQL",
  R: "R",
  Rpull: "R",
  Rget: "R",
  octave: "Octave",
  octave_pull: "Octave",
  julia: "Julia",
  matlab: "MATLAB",
  cypher: "Cypher",
  sparql: "SPARQL",
};

const harmless: ReadonlySet<string> = new Set(
  `alias alias_magic aimport autoawait autocall automagic autoindent autoreload autosave autopx bookmark cat cd clear cls colors conda
config connect_info cp debug dhist dirs doctest_mode env gui hist history html javascript killbgscripts ldir less lf lk ll load_ext lsmagic
ls lsl lx magic man matplotlib micromamba mamba mkdir more mv nbagg notebook page pastebin pdb pdef pdoc pfile pinfo pinfo2 pip popd pprint precision
psearch psource pushd pwd pycat pylab pyspy qtconsole quickref rehashx reload_ext reset reset_selective rm rmdir save sc set_env
shell sx sh system tb tensorboard unalias unload_ext uv view watermark who who_ls whos widget writefile xdel xmode flake8 pycodestyle
blackcellmagic nb_black lab_black load_lab_black css html md fs skip_if rpush Rpush Rdevice octave_push wandb mlflow dotenv`
    .trim()
    .split(/\s+/),
);
