import type { KernelMessage } from "@jupyterlab/services";
import { noKernel, type RunAside, unlessAborted } from "@lookback/extension/hosts/measure-finding.ts";
import type { OpenNotebooks } from "../notebooks/open-notebooks.ts";

/** Runs code in a notebook's kernel without a trace in its history, and answers what it printed. */
export function runAside(notebooks: OpenNotebooks): RunAside {
  return async (uri, code, signal) => {
    const kernel = notebooks.byUri(uri)?.panel.context.sessionContext.session?.kernel;
    if (!kernel || kernel.status === "dead") throw noKernel();
    const future = kernel.requestExecute({ code, silent: true, store_history: false, allow_stdin: false });
    let printed = "";
    future.onIOPub = (message: KernelMessage.IIOPubMessage) => {
      if (message.header.msg_type !== "stream") return;
      const { name, text } = message.content as KernelMessage.IStreamMsg["content"];
      if (name === "stdout") printed += text;
    };
    await unlessAborted(future.done, signal);
    return printed;
  };
}
