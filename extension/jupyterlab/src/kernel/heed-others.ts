import type { KernelMessage } from "@jupyterlab/services";

/**
 * Hears when a cell has ended that another client of the kernel ran: a console, the server itself, another page, a person who works on the same
 * notebook. `ownId` names this page's connection; `ended` is called once the kernel is done with each.
 */
export function heedOthers(
  ownId: () => string | undefined,
  ended: () => void,
): (sender: unknown, message: KernelMessage.IMessage) => void {
  const running = new Set<string>();
  return (_sender, { header, parent_header, content }) => {
    if (!("msg_id" in parent_header) || parent_header.session === ownId()) return;
    const request = parent_header.msg_id;
    // What is executed silently has no input to tell of, and is no cell.
    if (header.msg_type === "execute_input") running.add(request);
    const isIdle = "execution_state" in content && content.execution_state === "idle";
    if (isIdle && running.delete(request) && running.size === 0) ended();
  };
}
