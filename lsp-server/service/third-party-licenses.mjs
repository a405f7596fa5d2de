/** What a bundle owes those whose code is in it. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** The name, version, license and license texts of every package that esbuild took code from, by name. `metafiles` are esbuild's, of builds run in this folder. */
export function thirdPartyLicenses(metafiles) {
  const folders = new Set(
    metafiles.flatMap(({ inputs }) =>
      Object.keys(inputs).flatMap(
        (path) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/.exec(path)?.[0] ?? [],
      ),
    ),
  );
  const owed = new Map(
    [...folders].map((folder) => {
      const { name, version, license } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
      const texts = readdirSync(folder)
        .filter((file) => isLicense(file))
        .map((file) => readFileSync(join(folder, file), "utf8").trim());
      return [`${name} ${version} (${license})`, texts];
    }),
  );
  return [...owed]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([title, texts]) => [title, ...texts].join("\n\n"))
    .join(`\n\n${"-".repeat(80)}\n\n`);
}

/** Whether a file is named as license texts are. */
export function isLicense(file) {
  return /^(licen[cs]e|copying|notice)(\b|[._-])/i.test(file);
}
