import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { dirname, join, posix, relative } from "node:path";
import { describe, expect, it } from "vitest";

const root = join(import.meta.dirname, "..");

/** What may import what: a folder, and the folders it may reach besides itself. ARCHITECTURE.md shows the same table. */
const table: Record<string, readonly string[]> = {
  "kernel-bridge/src": [],
  "pipeline/src": [],
  "lsp-server/language/notebook": [],
  "lsp-server/language/features": ["lsp-server/language/notebook"],
  "lsp-server/language/join": ["lsp-server/language/features"],
  "lsp-server/language/leakage": ["lsp-server/language/notebook", "lsp-server/language/features"],
  "lsp-server/language/slice": ["lsp-server/language/notebook", "lsp-server/language/features"],
  "lsp-server/protocol": ["lsp-server/language", "kernel-bridge/src", "pipeline/src"],
  "lsp-server/service/files": ["lsp-server/language"],
  "lsp-server/service/publish": [
    "lsp-server/service/files",
    "lsp-server/language",
    "lsp-server/protocol",
    "kernel-bridge/src",
    "pipeline/src",
  ],
  "lsp-server/service/server": ["lsp-server", "kernel-bridge/src", "pipeline/src"],
  "lsp-server/service/cli": ["lsp-server", "kernel-bridge/src", "pipeline/src"],
  "extension/host.ts": ["lsp-server/protocol"],
  "extension/panels": ["extension/host.ts", "lsp-server/protocol"],
  "extension/commands": ["extension/host.ts", "lsp-server/protocol"],
  "extension/jupyterlab": ["extension", "lsp-server/protocol", "kernel-bridge/src/kernels"],
  "extension/vscode": ["extension", "lsp-server/protocol", "kernel-bridge/src/kernels"],
};

const refusedNames = /^(utils?|common|helpers?|misc|shared|manager)$/;
const topLevel = [
  "ARCHITECTURE.md",
  "CONTRIBUTING.md",
  "LICENSE",
  "README.md",
  "biome.json",
  "extension",
  "kernel-bridge",
  "lsp-server",
  "package-lock.json",
  "package.json",
  "pipeline",
  "test",
  "tsconfig.json",
];

const tracked = execFileSync("git", ["ls-files", "--cached", "--others", "--exclude-standard"], {
  cwd: root,
  encoding: "utf8",
})
  .trim()
  .split("\n");
const code = tracked.filter((path) => /\.tsx?$/.test(path) && !path.endsWith(".d.ts"));
const production = code.filter((path) => !/\.test\.tsx?$/.test(path) && !path.startsWith("test/"));

describe("the house", () => {
  it("keeps nothing else at the top level", () => {
    const present = [...new Set(tracked.map((path) => path.split("/")[0]!))].filter(
      (name) => !name.startsWith("."),
    );
    expect(present.filter((name) => !topLevel.includes(name))).toEqual([]);
  });

  it("refuses names that say nothing", () => {
    const bad = tracked.filter((path) =>
      path.split("/").some((part) => refusedNames.test(part.replace(/\.(test\.)?[a-z]+$/, ""))),
    );
    expect(bad).toEqual([]);
  });

  it("names files in kebab-case", () => {
    const bad = code.filter(
      (path) => !/^[a-z0-9]+(-[a-z0-9]+)*(\.test|\.config|\.d)?\.tsx?$/.test(posix.basename(path)),
    );
    expect(bad).toEqual([]);
  });

  it("keeps files small: at most 400 lines, median at most 120", () => {
    const sizes = production.map((path) => ({
      path,
      lines: readFileSync(join(root, path), "utf8").split("\n").length,
    }));
    expect(sizes.filter(({ lines }) => lines > 401)).toEqual([]);
    const sorted = sizes.map(({ lines }) => lines).sort((a, b) => a - b);
    expect(sorted[Math.floor(sorted.length / 2)]).toBeLessThanOrEqual(120);
  });

  it("has no barrel files", () => {
    const bad = production.filter((path) => {
      const text = readFileSync(join(root, path), "utf8")
        .replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, "")
        .trim();
      return (
        text !== "" &&
        text
          .split(/;\s*\n/)
          .every((statement) => /^export (type )?(\*|\{[^}]*\}) from/.test(statement.trim()))
      );
    });
    expect(bad).toEqual([]);
  });
});

describe("directions", () => {
  for (const path of production) {
    const room = roomOf(path);
    if (room === undefined) continue;
    it(`${path} imports only what its room may`, () => {
      const allowed = [room, ...table[room]!];
      const bad = importsOf(path).filter((target) => !allowed.some((folder) => within(target, folder)));
      expect(bad).toEqual([]);
    });
  }

  it("knows a room for every file", () => {
    expect(production.filter((path) => roomOf(path) === undefined)).toEqual([]);
  });
});

function roomOf(path: string): string | undefined {
  return Object.keys(table)
    .filter((room) => within(path, room))
    .sort((a, b) => b.length - a.length)[0];
}

function within(path: string, folder: string): boolean {
  return path === folder || path.startsWith(`${folder}/`);
}

/** Files of ours that a file imports, as paths from the root. */
function importsOf(path: string): string[] {
  const text = readFileSync(join(root, path), "utf8");
  const specifiers = [...text.matchAll(/(?:from|import)\s*\(?\s*"([^"]+)"/g)].map((match) => match[1]!);
  return specifiers.flatMap((specifier) => {
    if (specifier.startsWith(".")) return [relative(root, join(root, dirname(path), specifier))];
    if (!specifier.startsWith("@lookback/")) return [];
    const [, name, ...rest] = specifier.split("/");
    const inner = rest.join("/");
    if (name === "extension") return [posix.join("extension", inner)];
    if (["language", "protocol", "service"].includes(name!)) return [posix.join("lsp-server", name!, inner)];
    return [posix.join(name!, "src", inner)];
  });
}
