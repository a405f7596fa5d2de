/** Data for `store.mjs`, the same each time it is made: a table whose rows are known by their number, and changes of it. */
import { spawnSync } from "node:child_process";
import { closeSync, mkdirSync, openSync, writeFileSync, writeSync } from "node:fs";
import { join } from "node:path";

/** The versions of the table: which rows it has, and which of them are changed. */
const versions = {
  first: { rows: (count) => [[0, count]] },
  scattered: { rows: (count) => [[0, count]], isChanged: (row) => random(row, 77) < 0.001 },
  other: { rows: (count) => [[0, count]], isChanged: (row) => random(row, 78) < 0.001 },
  appended: { rows: (count) => [[0, Math.floor(count * 1.01)]] },
  deleted: { rows: (count) => spans(count, Math.floor(count / 2), 1_000) },
};
const spans = (count, at, gone) => [
  [0, at],
  [at + gone, count],
];

/** Writes the versions of a table, about as many bytes as said each, in a folder. */
export function writeTables(folder, bytes) {
  for (const version of Object.keys(versions)) writeTable(join(folder, `${version}.csv`), version, bytes);
}

/** Writes two of them as Parquet, too, cut by content; false where there is no Python with pyarrow. */
export function writeParquet(folder, python) {
  const code = `
import sys, pyarrow.csv as csv, pyarrow.parquet as parquet
for name in ("first", "deleted"):
    table = csv.read_csv(f"{sys.argv[1]}/{name}.csv")
    parquet.write_table(table, f"{sys.argv[1]}/{name}.parquet", use_content_defined_chunking=True)
    path = f"{sys.argv[1]}/{name}.whole.parquet"
    parquet.write_table(table, path, use_content_defined_chunking=True, row_group_size=len(table))
`;
  return spawnSync(python, ["-c", code, folder], { stdio: "ignore" }).status === 0;
}

/** Writes a version of the table with about this many bytes, in the memory of some rows. */
function writeTable(path, version, bytes) {
  const count = Math.floor(bytes / 47);
  const { rows, isChanged = () => false } = versions[version];
  const file = openSync(path, "w");
  writeSync(file, "id,price,score,colour,amount,total\n");
  for (const [first, end] of rows(count)) {
    for (let at = first; at < end; at += 20_000) {
      let text = "";
      for (let row = at; row < Math.min(end, at + 20_000); row++) text += rowText(row, isChanged(row));
      writeSync(file, text);
    }
  }
  closeSync(file);
}

/** Writes small files in folders of a thousand. */
export function writeFolder(folder, count) {
  for (let at = 0; at < count; at++) {
    const inner = join(folder, String(Math.floor(at / 1_000)).padStart(4, "0"));
    if (at % 1_000 === 0) mkdirSync(inner, { recursive: true });
    writeFileSync(join(inner, `${at}.txt`), `label ${at}\n${random(at, 5)}\n`);
  }
}

function rowText(row, isChanged) {
  const price = (random(row, 1) * 1e4).toFixed(3);
  const score = random(row, isChanged ? 99 : 2).toFixed(6);
  const colour = ["red", "green", "blue"][Math.floor(random(row, 3) * 3)];
  return `${row},${price},${score},${colour},${Math.floor(random(row, 4) * 1e3)},${(random(row, 6) * 1e6).toFixed(2)}\n`;
}

/** From 0 up to 1, by number and column. */
function random(row, column) {
  let bits = Math.imul(row ^ Math.imul(column, 0x9e3779b1), 0x85ebca6b);
  bits = Math.imul(bits ^ (bits >>> 15), 0x2c1b3c6d);
  bits = Math.imul(bits ^ (bits >>> 12), 0x297a2d39);
  return ((bits ^ (bits >>> 15)) >>> 0) / 2 ** 32;
}
