import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { pythonFolder } from "../journal/observer-code.ts";

/** What stands before the answer in what that code prints. */
const mark = "lookback:measured:";

/**
 * Python that answers one count of `measure.py` by printing it; whatever the person's names hold stays as it is, and the observer
 * takes it for no cell.
 */
export async function measureCode(asked: object): Promise<string> {
  const source = await readFile(join(await pythonFolder(), "measure.py"), "utf8");
  return [
    "# lookback: aside",
    "def _lookback_measure():",
    "    import json",
    '    space = {"__name__": "_lookback_measure"}',
    `    exec(compile(${JSON.stringify(source)}, "measure.py", "exec"), space)`,
    "    shell = get_ipython()",
    `    asked = json.loads(${JSON.stringify(JSON.stringify(asked))})`,
    '    answer = space["measure"](asked, shell.user_ns, shell.history_manager.input_hist_raw)',
    `    print("${mark}" + json.dumps(answer))`,
    "try:",
    "    _lookback_measure()",
    "finally:",
    "    del _lookback_measure",
    "",
  ].join("\n");
}

/** The answer in what that code printed, whatever else was printed meanwhile; null where there is none. */
export function measuredIn(printed: string): unknown {
  const line = printed.split("\n").find((each) => each.startsWith(mark));
  if (line === undefined) return null;
  try {
    return JSON.parse(line.slice(mark.length));
  } catch {
    return null;
  }
}
