import type { CommandHost } from "@lookback/extension/host.ts";
import { measureFinding, noKernel, unlessAborted } from "@lookback/extension/hosts/measure-finding.ts";
import { type MeasureOffer, measureCommand } from "@lookback/protocol/measure.ts";
import { commands, type Disposable } from "vscode";
import type { KernelOwner } from "../kernel/kernel-owner.ts";
import type { Server } from "../language-client.ts";
import { openNotebook } from "./open-notebook.ts";

/** Settles a finding by a count in the notebook's kernel. */
export function measureFindings(host: CommandHost, server: Server, owner: KernelOwner): Disposable {
  return commands.registerCommand(measureCommand, (offer: MeasureOffer) =>
    measureFinding(
      host,
      async (uri, code, signal) => {
        const notebook = openNotebook(server, uri);
        if (notebook === undefined) throw noKernel();
        return unlessAborted(owner.runAside(notebook, code), signal);
      },
      offer,
    ),
  );
}
