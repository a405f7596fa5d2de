import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { loadPython as load, type Python, type WasmFile } from "@lookback/language/notebook/python.ts";

/** The Python grammar from this installation: its files stand beside the running bundle, else in the installed packages. Loaded once a process. */
export function loadPython(): Promise<Python> {
  return load(readFromDisk);
}

async function readFromDisk(file: WasmFile): Promise<Uint8Array> {
  const packages = {
    "tree-sitter.wasm": "web-tree-sitter/tree-sitter.wasm",
    "tree-sitter-python.wasm": "tree-sitter-python/tree-sitter-python.wasm",
  };
  try {
    return await readFile(new URL(file, import.meta.url));
  } catch {
    return await readFile(createRequire(import.meta.url).resolve(packages[file]));
  }
}
