import type { Node } from "../../notebook/python.ts";
import { addGap, type Lowering, placeOf } from "./lowering.ts";

/** Whether a call runs Python that stands in a text: `exec(code)`, `eval(text)`, `runpy.run_path("model.py")`. */
export function isDynamic(call: Node): boolean {
  const callee = call.childForFieldName("function");
  return callee !== null && callee.endIndex - callee.startIndex < 40 && runs.test(callee.text);
}

/** Says that the text was not read. */
export function lowerDynamic(call: Node, to: Lowering): void {
  const { start, end } = placeOf(call, to);
  addGap(
    to,
    { start, end },
    `\`${call.childForFieldName("function")?.text ?? ""}\` runs text that was not read.`,
  );
}

const runs =
  /^(exec|eval|execfile|runpy\.run_(path|module)|importlib\.(import_module|reload)|__import__|app\._unparsable_cell|get_ipython\(\)\.(run_cell|run_code|ex|ev))$/;
