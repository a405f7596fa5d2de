import { failureText } from "@lookback/protocol/failures.ts";
import { rulePageScheme } from "@lookback/protocol/rules.ts";
import { type Disposable, workspace } from "vscode";
import type { Server } from "../language-client.ts";

/** Where the pages of rules come from that findings link to. VS Code shows them as Markdown: the manifest says so of their scheme. */
export function rulePages(server: Server): Disposable {
  return workspace.registerTextDocumentContentProvider(rulePageScheme, {
    async provideTextDocumentContent({ path }) {
      const rule = path.replace(/^\//, "").replace(/\.md$/, "");
      try {
        const { page } = await server.request("lookback/rules/page", { rule });
        return page ?? `There is no rule called \`${rule}\`.`;
      } catch (error) {
        return failureText(error);
      }
    },
  });
}
