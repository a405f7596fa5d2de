import { join } from "node:path";
import { build, type Plugin } from "esbuild";
import { root } from "../house/files.ts";

/** One script for a browser's worker, from an entry's text. Rejects when anything of ours needs what only Node has. */
export async function bundleForWorker(entry: string): Promise<string> {
  const { outputFiles } = await build({
    stdin: { contents: entry, resolveDir: join(root, "lsp-server", "language"), loader: "ts" },
    bundle: true,
    write: false,
    format: "esm",
    platform: "browser",
    target: "es2022",
    logLevel: "silent",
    plugins: [nodePartsOfTreeSitter],
  });
  return outputFiles[0]!.text;
}

/** web-tree-sitter asks for these only where it finds itself in Node. */
const nodePartsOfTreeSitter: Plugin = {
  name: "node parts of web-tree-sitter",
  setup({ onResolve }) {
    onResolve({ filter: /^(fs\/promises|module|fs|path)$/ }, ({ importer, path }) =>
      importer.includes("web-tree-sitter") ? { path, external: true } : undefined,
    );
  },
};
