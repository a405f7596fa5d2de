/** What `npm run build` makes for JupyterLab. */
import { prepare } from "../start.mjs";
import { buildLabextension } from "./build-labextension.mjs";
import { buildWheel } from "./build-wheel.mjs";

/** Builds the labextension and packs it with the server into a wheel. Answers the wheel's path. */
export async function buildJupyterlab() {
  const { python } = await prepare();
  return buildWheel({ labextension: await buildLabextension(), python });
}
