import type { Node } from "../../notebook/python.ts";

/** What one of IPython's own lines, or a cell in another language, does beside Python. */
export interface MagicEffect {
  /**
   * `anything`: to names and objects too; `runs`: another program, which has files and the environment; `looks`: it reads files and says
   * something; `figures`, `settings`: it changes how figures are drawn, or how the kernel or a library works.
   */
  readonly does: "anything" | "runs" | "looks" | "figures" | "settings";
  /** What it says: names in it may be filled in. */
  readonly text: string;
}

/** `masked` is the cell as Python alone: what is blank there and was not is IPython's. */
export function magicEffects(source: string, masked: string): MagicEffect[] {
  if (source === masked) return [];
  const [before, after] = [source.split("\n"), masked.split("\n")];
  const effects: MagicEffect[] = [];
  for (const [at, line] of before.entries()) {
    if (line === after[at]) continue;
    const text = line.trim();
    const [, cell] = /^%%(\w+)/.exec(text) ?? [];
    if (cell !== undefined && !bodiesOfPython.has(cell)) {
      const does = programs.has(cell) ? "runs" : "anything";
      if (!forReaders.has(cell)) effects.push({ does, text: before.slice(at).join("\n") });
      return effects;
    }
    const effect = effectOf(text);
    if (effect) effects.push({ does: effect, text });
  }
  return effects;
}

/** The same of magics that are written as calls, as nbconvert writes them: `get_ipython().system("ls")`. */
export function magicCalls(root: Node): MagicEffect[] {
  return root.descendantsOfType("call").flatMap((node): MagicEffect[] => {
    const callee = node?.childForFieldName("function");
    if (callee?.type !== "attribute" || callee.childForFieldName("object")?.text !== "get_ipython()")
      return [];
    const method = callee.childForFieldName("attribute")?.text ?? "";
    const args = node?.childForFieldName("arguments");
    const [first = null, second = ""] = (args?.namedChildren ?? []).map((one) =>
      one?.type === "string"
        ? one
            .descendantsOfType("string_content")
            .map((part) => part?.text)
            .join("")
        : null,
    );
    const text = args?.text ?? "";
    if (/^(system|getoutput)$/.test(method) && first !== null) return effectsOf(`!${first}`, text);
    if (method === "magic" && first !== null) return effectsOf(`%${first}`, text);
    if (method === "run_line_magic" && first !== null) return effectsOf(`%${first} ${second}`, text);
    if (method === "run_cell_magic" && first !== null) {
      if (bodiesOfPython.has(first) || forReaders.has(first)) return [];
      return [{ does: programs.has(first) ? "runs" : "anything", text }];
    }
    return [{ does: "anything", text }];
  });
}

function effectsOf(line: string, text: string): MagicEffect[] {
  const does = effectOf(line);
  return does === null ? [] : [{ does, text }];
}

function effectOf(line: string): MagicEffect["does"] | null {
  const [, said = ""] = /^(?:[\w\s,.[\]'"]+=\s*)?([!%?].*)$/.exec(line) ?? [null, line];
  const shell = /^(?:!+|%(?:sx|sc|system|shell)\s+)(.*)$/.exec(said);
  if (shell) return looksOnly(shell[1] ?? "") ? "looks" : "runs";
  const [, name] = /^%+(\w+)/.exec(said) ?? [];
  if (name === undefined) return null;
  if (harmless.has(name)) return null;
  if (looking.has(name)) return "looks";
  if (figures.has(name)) return "figures";
  if (settings.has(name)) return "settings";
  return programs.has(name) ? "runs" : "anything";
}

/** Commands that are known to change nothing, without a way to write. */
function looksOnly(command: string): boolean {
  if (/[>`;&]|\$\(/.test(command)) return false;
  return command.split("|").every((part) => lookingCommands.has(part.trim().split(/\s+/)[0] ?? ""));
}

const lookingCommands: ReadonlySet<string> = new Set(
  "ls head tail cat wc pwd echo du df free nvidia-smi which whoami uname date grep lscpu file stat nproc".split(
    " ",
  ),
);

/** What shows or times something. */
const harmless: ReadonlySet<string> = new Set(
  (
    "autoawait capture clear cls colors dhist hist history html javascript latex lprun lsmagic magic markdown memit mprun notebook page pdb pdef " +
    "pdoc pfile pinfo pinfo2 pprint precision prun psearch psource pycat qtconsole quickref snakeviz svg tb tensorboard time timeit watermark who who_ls whos xmode"
  ).split(" "),
);

const looking: ReadonlySet<string> = new Set("cat less ll ls lsl lx more pwd ldir lf lk".split(" "));

const figures: ReadonlySet<string> = new Set(["config", "gui", "matplotlib", "nbagg"]);

const settings: ReadonlySet<string> = new Set(
  "aimport autoreload load_ext reload_ext flake8 pycodestyle blackcellmagic nb_black lab_black".split(" "),
);

const programs: ReadonlySet<string> = new Set(
  (
    "bash cd cmd conda cp dotenv env file killbgscripts mamba micromamba mkdir mv perl pip popd powershell pushd pwsh rm rmdir ruby save script " +
    "set_env sh uv writefile zsh"
  ).split(" "),
);

const bodiesOfPython: ReadonlySet<string> = new Set(
  "time timeit capture prun memit mprun lprun debug local snakeviz scalene heat pyinstrument".split(" "),
);

const forReaders: ReadonlySet<string> = new Set(
  "html svg latex markdown md css javascript js mermaid dot help".split(" "),
);
