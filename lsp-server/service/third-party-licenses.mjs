/** What a bundle owes those whose code is in it. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { basename, join, resolve } from "node:path";

/** The name, version, license and license texts of every package that esbuild took code from, by name. `metafiles` are esbuild's, of builds run in this folder; `copied` are files that stand beside the bundle as they are. */
export function thirdPartyLicenses(metafiles, copied = []) {
  const paths = [
    ...metafiles.flatMap(({ inputs }) => Object.keys(inputs).map((path) => resolve(path))),
    ...copied,
  ];
  const folders = new Set(
    paths.flatMap((path) => /^.*node_modules[/\\](?:@[^/\\]+[/\\])?[^/\\]+(?=[/\\])/.exec(path)?.[0] ?? []),
  );
  const owed = new Map(
    [...folders].map((folder) => {
      const { name, version, license } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
      const texts = [folder, join(folder, "wasm")]
        .filter((each) => existsSync(each))
        .flatMap((each) => readdirSync(each).map((file) => join(each, file)))
        .filter((file) => isLicense(basename(file)))
        .map((file) => readFileSync(file, "utf8").trim());
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
