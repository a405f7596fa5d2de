/** `npm run build`: the server, the JupyterLab wheel and the VS Code extension. */
import { buildServer } from "../lsp-server/service/build.mjs";
import { buildJupyterlab } from "./jupyterlab/build.mjs";
import { buildVscode } from "./vscode/build.mjs";

await buildServer();
await buildJupyterlab();
await buildVscode();
