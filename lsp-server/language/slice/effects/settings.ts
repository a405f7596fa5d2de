import { callerEffect, classRole, functionEffect } from "../../leakage/api/known.ts";
import { changesReceiver } from "../in-place.ts";
import type { State } from "../ledger.ts";
import { type Called, rootOf } from "./called.ts";
import { isOfFigures, isOfValues } from "./libraries-of-values.ts";

/** The state of the process that a function of a library changes, beside files and generators of chance. */
export function settingsOf(called: Called): readonly State[] {
  const { path, name, isMethod, isStatement } = called;
  const root = rootOf(called);
  if (path === null || isMethod) return [];
  const parts = path.split(".");
  const isOfModule =
    parts.length > 2 && changesReceiver(name) && !/^[A-Z]|^(ndarray|dict|list|set)$/.test(parts.at(-2) ?? "");
  if (isOfModule) return [stateOf(root)];
  if (/^os\.(putenv|unsetenv|chdir|fchdir|umask|system|exec\w*|spawn\w*|nice)$/.test(path))
    return ["environment"];
  if (root === "subprocess" || /^load_dotenv$|^setlocale$|^chdir$/.test(name)) return ["environment"];
  if (isOfFigures(root)) return ["figures"];
  if (/^sys\.set|^(gc\.(en|dis)able|atexit|signal)/.test(path)) return ["environment"];
  if (setting.test(name)) return ["libraries"];
  if (!isStatement || /^[A-Z]/.test(name) || root === "builtins" || isLooking(path, root)) return [];
  const isKnown = (functionEffect(path) ?? callerEffect(path) ?? classRole(path)) !== undefined;
  return isKnown ? [] : ["libraries"];
}

/** The state that a change of a module's own names is of. */
export function stateOf(root: string | null): State {
  if (root === "os" || root === "sys" || root === "locale") return "environment";
  return isOfFigures(root) ? "figures" : "libraries";
}

/** Whether a call looks at what is being drawn, by whichever call drew it. */
export function looksAtFigures({ path, name }: Called): boolean {
  return (
    /^(gca|gcf|sca|get_fignums|get_figlabels|fignum_exists|savefig|get_backend)$/.test(name) ||
    path?.includes("rcParams") === true
  );
}

function isLooking(path: string, root: string | null): boolean {
  return (isOfValues(root) && !/\.(core|util|plotting)\./.test(path)) || (root !== null && looking.has(root));
}

const setting =
  /^(un)?(set|use|enable|disable|register|unregister|patch\w*|configure|config|activate|install|initialize|init|init_notebook_mode|autolog|pandas|reset|rc|rcdefaults|go_\w+|filterwarnings|simplefilter|resetwarnings|captureWarnings|seterr\w*|setcontext|basicConfig|login|options?|freeze_support|monkey_patch\w*|use_\w+|set_\w+|enable_\w+|disable_\w+|register_\w+|reset_\w+|init_\w+|reload)$/;

const looking: ReadonlySet<string> = new Set(
  "gc logging time pprint IPython traceback tqdm psutil platform timeit warnings os sys shutil random pathlib glob tempfile".split(
    " ",
  ),
);
