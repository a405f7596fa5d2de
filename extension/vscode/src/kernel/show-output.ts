import type { JupyterMessage } from "@lookback/kernel-bridge/kernels/jupyter-message.ts";
import { type NotebookCellExecution, NotebookCellOutput, NotebookCellOutputItem } from "vscode";
import { outputItem } from "../notebooks/notebook-data.ts";

/**
 * Shows what a kernel publishes while one cell runs, as VS Code's notebook serializer expects to find it when it saves:
 * streams in one piece, displays updated by their id, errors with their own traceback. `settled` resolves when the
 * editor holds everything shown so far; `notShown` hears what it would not take, as of a cell that was deleted while it ran.
 */
export function outputOf(
  execution: NotebookCellExecution,
  notShown: (error: unknown) => void,
): {
  show(message: JupyterMessage): void;
  settled(): Promise<void>;
} {
  const byDisplay = new Map<string, NotebookCellOutput>();
  let stream: { readonly name: string; readonly output: NotebookCellOutput } | null = null;
  let clearFirst = false;
  let done: Promise<unknown> = Promise.resolve();
  const then = (work: () => Thenable<void>) => {
    done = done.then(work).catch(notShown);
  };

  const append = (output: NotebookCellOutput) => {
    if (clearFirst) then(() => execution.clearOutput());
    clearFirst = false;
    then(() => execution.appendOutput(output));
  };
  const showStream = (name: string, text: string) => {
    const item =
      name === "stderr" ? NotebookCellOutputItem.stderr(text) : NotebookCellOutputItem.stdout(text);
    if (stream?.name === name && !clearFirst) {
      const { output } = stream;
      then(() => execution.appendOutputItems(item, output));
      return;
    }
    const output = new NotebookCellOutput([item], { outputType: "stream" });
    stream = { name, output };
    append(output);
  };
  const showDisplay = (type: string, content: JupyterMessage["content"]) => {
    stream = null;
    const id = displayId(content);
    const known = id === null ? undefined : byDisplay.get(id);
    if (type === "update_display_data") {
      if (known) then(() => execution.replaceOutputItems(itemsOf(content), known));
      return;
    }
    const count = type === "execute_result" ? { executionCount: content.execution_count } : {};
    const output = new NotebookCellOutput(itemsOf(content), {
      outputType: type,
      metadata: content.metadata,
      ...count,
    });
    if (id !== null) byDisplay.set(id, output);
    append(output);
  };

  return {
    show({ header: { msg_type: type }, content }) {
      if (type === "stream") showStream(String(content.name), String(content.text));
      else if (type === "error") {
        stream = null;
        append(errorOutput(content));
      } else if (type === "clear_output") {
        stream = null;
        if (content.wait) clearFirst = true;
        else then(() => execution.clearOutput());
      } else if (["display_data", "execute_result", "update_display_data"].includes(type))
        showDisplay(type, content);
    },
    settled: () => done.then(() => undefined),
  };
}

function errorOutput(content: JupyterMessage["content"]): NotebookCellOutput {
  const traceback = Array.isArray(content.traceback) ? content.traceback.map(String) : [];
  const error = { name: String(content.ename), message: String(content.evalue), stack: traceback.join("\n") };
  return new NotebookCellOutput([NotebookCellOutputItem.error(error)], {
    outputType: "error",
    originalError: { output_type: "error", ename: error.name, evalue: error.message, traceback },
  });
}

function itemsOf(content: JupyterMessage["content"]): NotebookCellOutputItem[] {
  const data = typeof content.data === "object" && content.data !== null ? content.data : {};
  return Object.entries(data).map(([mime, value]) => outputItem(mime, value));
}

function displayId(content: JupyterMessage["content"]): string | null {
  const { transient } = content;
  if (typeof transient !== "object" || transient === null || !("display_id" in transient)) return null;
  return typeof transient.display_id === "string" ? transient.display_id : null;
}
