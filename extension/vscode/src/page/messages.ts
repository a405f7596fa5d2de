import type { EngineFiles, Host, PanelName } from "@lookback/extension/host.ts";
import type { FailureData } from "@lookback/protocol/failures.ts";
import type { JsonValue } from "@lookback/protocol/json.ts";

/** What the page needs to draw its panel; the extension writes it into the page. */
export interface Boot {
  readonly panel: PanelName;
  readonly params: JsonValue;
  /** Addresses inside the web view, to be fetched and served again as blobs: workers may only come from blobs there. */
  readonly engine: EngineFiles;
}

/** Page → extension. Those with an `id` are answered. */
export type PageMessage =
  | { readonly kind: "ask"; readonly id: number; readonly method: string; readonly params: JsonValue }
  | { readonly kind: "cancel"; readonly id: number }
  | { readonly kind: "read-file"; readonly id: number; readonly path: string }
  | {
      readonly kind: "confirm";
      readonly id: number;
      readonly title: string;
      readonly body: string;
      readonly accept: string;
    }
  | { readonly kind: "offer"; readonly id: number; readonly message: string; readonly action: string }
  | {
      readonly kind: "ask-text";
      readonly id: number;
      readonly title: string;
      readonly value: string;
      readonly placeholder: string;
    }
  | {
      readonly kind: "replace-cell";
      readonly id: number;
      readonly args: Parameters<Host["replaceCell"]>;
    }
  | {
      readonly kind: "change-notebook";
      readonly id: number;
      readonly args: Parameters<Host["changeNotebook"]>;
    }
  | { readonly kind: "go-to"; readonly id: number; readonly args: Parameters<Host["goTo"]> }
  | { readonly kind: "cell-names"; readonly id: number; readonly args: Parameters<Host["cellNames"]> }
  | { readonly kind: "change"; readonly id: number; readonly args: Parameters<Host["change"]> }
  | { readonly kind: "save-notebook"; readonly id: number; readonly name: string }
  | { readonly kind: "restart-server"; readonly id: number }
  | Tell<"openPanel">
  | Tell<"openFile">
  | Tell<"openText">
  | Tell<"openRunCopy">
  | Tell<"openNotebookDiff">
  | Tell<"insertCell">
  | Tell<"measure">
  | Tell<"openRulePage">
  | Tell<"notify">
  | Tell<"copy">;

/** Extension → page. */
export type HostMessage =
  | { readonly kind: "answer"; readonly id: number; readonly value: unknown }
  | { readonly kind: "failure"; readonly id: number; readonly failure: FailureData }
  | { readonly kind: "heard"; readonly method: string; readonly payload: unknown };

interface Tell<M extends keyof Host> {
  readonly kind: "tell";
  readonly method: M;
  readonly args: Parameters<NonNullable<Host[M]>>;
}
