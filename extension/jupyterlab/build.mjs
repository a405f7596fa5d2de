/** What `npm run build` makes for JupyterLab. */
import { pathToFileURL } from "node:url";
import { prepare } from "../start.mjs";
import { buildLabextension } from "./build-labextension.mjs";
import { buildWheel } from "./build-wheel.mjs";

/** Builds the labextension and packs it with the server into a wheel. Answers the wheel's path. */
export async function buildJupyterlab() {
  const { python } = await prepare();
  return buildWheel({ labextension: await buildLabextension(), python });
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) await buildJupyterlab();
