import type { Layer } from "@lookback/language/leakage/settings/settings.ts";
import { DidChangeConfigurationNotification } from "vscode-languageserver";
import type { Connection } from "vscode-languageserver/node";
import { readSettings } from "../files/settings/read-settings.ts";
import { lintSchema } from "../files/settings/settings-schema.ts";
import type { ClientAbilities } from "./client-abilities.ts";
import type { World } from "./world.ts";

/**
 * Follows `lookback.lint` of the editor's settings: asks a client that answers such questions, and hears what any other sends
 * with `workspace/didChangeConfiguration`.
 */
export function followEditorSettings(
  connection: Connection,
  able: ClientAbilities,
  log: World["log"],
  says: (layer: Layer, problems: readonly string[]) => void,
): void {
  const take = (data: unknown) => {
    const { value, problems } = readSettings(lintSchema, data ?? {});
    says(
      { from: "in the editor's settings", ...value },
      problems.map(({ message }) => message),
    );
  };
  const ask = () =>
    void connection.workspace
      .getConfiguration("lookback.lint")
      .then(take)
      .catch((error: unknown) => log("warning", "editor settings not read", { error: String(error) }));
  connection.onDidChangeConfiguration(({ settings }) => {
    if (able.tellsConfiguration) ask();
    else take(lintOf(settings));
  });
  if (!able.tellsConfiguration) return;
  if (able.registersConfiguration)
    void connection.client
      .register(DidChangeConfigurationNotification.type, { section: "lookback.lint" })
      .catch((error: unknown) => log("warning", "editor settings not followed", { error: String(error) }));
  ask();
}

function lintOf(settings: unknown): unknown {
  const under = (data: unknown, key: string): unknown =>
    typeof data === "object" && data !== null ? (data as Record<string, unknown>)[key] : undefined;
  return under(under(settings, "lookback"), "lint");
}
