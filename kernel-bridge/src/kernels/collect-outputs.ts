import type { JupyterMessage } from "./jupyter-message.ts";

/** An output as nbformat 4 keeps it. */
export type Output = { readonly output_type: string; readonly [key: string]: unknown };

/** Gathers what one execution publishes into nbformat outputs: streams of one name merge, displays update in place, in whichever cell they are, `clear_output` clears. */
export interface OutputCollector {
  /** Takes one message; answers whether the outputs changed. */
  take(message: JupyterMessage): boolean;
  /** Says what no kernel did. */
  add(output: Output): void;
  readonly outputs: readonly Output[];
}

/** Where the displays of a kernel stand: a later cell may update one of an earlier. */
export type Displays = Map<string, { readonly outputs: Output[]; readonly at: number }[]>;

/** A collector that has taken nothing yet: one for each execution. */
export function collectOutputs(displays: Displays = new Map()): OutputCollector {
  const outputs: Output[] = [];
  let clearNext = false;
  const clear = () => {
    outputs.length = 0;
    for (const [id, places] of displays)
      displays.set(
        id,
        places.filter((place) => place.outputs !== outputs),
      );
    clearNext = false;
  };
  const push = (output: Output) => {
    if (clearNext) clear();
    outputs.push(output);
  };

  return {
    outputs,
    add: (output) => void outputs.push(output),
    take({ header, content }) {
      switch (header.msg_type) {
        case "stream": {
          const last = outputs.at(-1);
          const text = String(content.text);
          if (!clearNext && last?.output_type === "stream" && last.name === content.name) {
            outputs[outputs.length - 1] = { ...last, text: `${last.text}${text}` };
          } else push({ name: content.name, output_type: "stream", text });
          return true;
        }
        case "display_data":
        case "execute_result": {
          const { data, metadata } = content;
          const count =
            header.msg_type === "execute_result" ? { execution_count: content.execution_count } : {};
          push({ data, ...count, metadata, output_type: header.msg_type });
          const id = displayId(content);
          if (id !== null)
            displays.set(id, [...(displays.get(id) ?? []), { outputs, at: outputs.length - 1 }]);
          return true;
        }
        case "update_display_data":
          for (const place of displays.get(displayId(content) ?? "") ?? []) {
            const { data, metadata } = content;
            place.outputs[place.at] = { ...place.outputs[place.at], data, metadata } as Output;
          }
          return true;
        case "error": {
          const { ename, evalue, traceback } = content;
          push({ ename, evalue, output_type: "error", traceback });
          return true;
        }
        case "clear_output":
          if (content.wait === true) clearNext = true;
          else clear();
          return true;
        default:
          return false;
      }
    },
  };
}

function displayId(content: Readonly<Record<string, unknown>>): string | null {
  const transient = content.transient as { display_id?: unknown } | undefined;
  return typeof transient?.display_id === "string" ? transient.display_id : null;
}
