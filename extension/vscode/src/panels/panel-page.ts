import type { PanelName, PanelParams } from "@lookback/extension/host.ts";
import { Uri, type Webview, type WebviewOptions } from "vscode";
import type { Boot } from "../page/messages.ts";

/** What a web view may do: run scripts, and read only what the extension serves. */
export function webviewOptions(extension: Uri): WebviewOptions {
  return { enableScripts: true, localResourceRoots: [Uri.joinPath(extension, "dist", "page")] };
}

/** The page that draws one panel. Only the extension's own scripts run; WebAssembly compiles; workers come from blobs; nothing else is reached. */
export function panelPage<P extends PanelName>(
  webview: Webview,
  extension: Uri,
  panel: P,
  params: PanelParams[P],
): string {
  const at = (...path: string[]) =>
    webview.asWebviewUri(Uri.joinPath(extension, "dist", "page", ...path)).toString();
  const boot: Boot = {
    panel,
    params: JSON.parse(JSON.stringify(params)),
    engine: {
      duckdbWorkerUrl: at("engine", "duckdb-worker.js"),
      duckdbWasmUrl: at("engine", "duckdb.wasm"),
      parquetWasmUrl: at("engine", "parquet.wasm"),
    },
  };
  const { cspSource } = webview;
  const policy = [
    "default-src 'none'",
    `script-src ${cspSource} 'wasm-unsafe-eval'`,
    `style-src ${cspSource} 'unsafe-inline'`,
    `img-src ${cspSource} data: blob:`,
    `font-src ${cspSource}`,
    "worker-src blob:",
    `connect-src ${cspSource} blob: data:`,
  ].join("; ");
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<link rel="stylesheet" href="${at("main.css")}">
<title>Lookback</title>
</head>
<body>
<div id="panel" class="lb-root" data-boot="${escaped(JSON.stringify(boot))}"></div>
<script type="module" src="${at("main.js")}"></script>
</body>
</html>`;
}

function escaped(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll('"', "&quot;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;");
}
