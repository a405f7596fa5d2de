import { cpSync, mkdtempSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "esbuild";

const root = join(import.meta.dirname, "..", "..", "..");

/** Packs the stand-in as a `.vsix`; answers its path. What it needs to speak with kernels goes inside. */
export async function packStandIn(): Promise<string> {
  const stage = mkdtempSync(join(tmpdir(), "lookback-stand-in-"));
  await build({
    entryPoints: [join(import.meta.dirname, "stand-in.ts")],
    outfile: join(stage, "dist", "stand-in.cjs"),
    bundle: true,
    format: "cjs",
    platform: "node",
    target: "node20.19",
    external: ["vscode", "zeromq"],
    logLevel: "warning",
  });
  cpSync(join(import.meta.dirname, "package.json"), join(stage, "package.json"));
  const natives: string = join(root, "extension", "vscode", "copy-native-packages.mjs");
  const { copyNativePackages } = await import(natives);
  // The packer leaves out node_modules at the top.
  copyNativePackages(["zeromq"], join(root, "lsp-server", "service"), join(stage, "dist", "node_modules"));
  const { createVSIX } = createRequire(join(root, "extension", "vscode", "package.json"))("@vscode/vsce");
  const packagePath = join(stage, "stand-in.vsix");
  await createVSIX({
    cwd: stage,
    packagePath,
    dependencies: false,
    allowMissingRepository: true,
    skipLicense: true,
  });
  return packagePath;
}
