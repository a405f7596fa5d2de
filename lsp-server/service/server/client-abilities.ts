import type { ClientOptions } from "@lookback/protocol/findings.ts";
import type { ClientCapabilities } from "vscode-languageserver";

/** What a client can do, as far as the server asks. What it did not say, it cannot. */
export interface ClientAbilities {
  /** It asks for diagnostics by itself; otherwise they are published to it. */
  readonly pullsDiagnostics: boolean;
  /** It answers when it is asked to ask for every diagnostic again. */
  readonly refreshesDiagnostics: boolean;
  /** It answers when it is asked to ask for every code lens again. */
  readonly refreshesCodeLenses: boolean;
  /** It says when folders are opened or closed. */
  readonly changesFolders: boolean;
  /** It answers what its settings are. */
  readonly tellsConfiguration: boolean;
  /** It lets itself be told that changes of its settings are of interest. */
  readonly registersConfiguration: boolean;
  /** It shows what an edit would change, and makes it once that was looked at. */
  readonly confirmsEdits: boolean;
  /** It shows an action that cannot be taken, with the reason. */
  readonly showsDisabled: boolean;
  /** It asks for the reason of an allowance by itself, and writes the comment. */
  readonly asksReason: boolean;
  /** It settles findings by counts in a notebook's kernel. */
  readonly measures: boolean;
  /** It shows the pages of rules that findings link to. */
  readonly showsRulePages: boolean;
  /** It shows a finding on a page of its own, and wants to hear when there may be new ones. */
  readonly explainsFindings: boolean;
}

/** Reads the abilities from what a client says of itself when it connects. */
export function abilitiesOf(
  { textDocument, workspace }: ClientCapabilities,
  options: Partial<ClientOptions> | undefined,
): ClientAbilities {
  return {
    pullsDiagnostics: textDocument?.diagnostic !== undefined,
    refreshesDiagnostics: workspace?.diagnostics?.refreshSupport === true,
    refreshesCodeLenses: workspace?.codeLens?.refreshSupport === true,
    changesFolders: workspace?.workspaceFolders === true,
    tellsConfiguration: workspace?.configuration === true,
    registersConfiguration: workspace?.didChangeConfiguration?.dynamicRegistration === true,
    confirmsEdits:
      workspace?.workspaceEdit?.documentChanges === true &&
      workspace.workspaceEdit.changeAnnotationSupport !== undefined,
    showsDisabled: textDocument?.codeAction?.disabledSupport === true,
    asksReason: options?.asksReason === true,
    measures: options?.measures === true,
    showsRulePages: options?.showsRulePages === true,
    explainsFindings: options?.explainsFindings === true,
  };
}
