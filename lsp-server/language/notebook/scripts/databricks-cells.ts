import type { ScriptCell } from "./script-cell.ts";

/**
 * The cells of a notebook that Databricks keeps as a script; null when it is none. A cell in another language stands there as
 * comments, `# MAGIC %sql`: their sign becomes blanks, so that what is under it is read as any magic is.
 */
export function databricksCells(lines: readonly string[]): ScriptCell[] | null {
  if (!/^\uFEFF?# Databricks notebook source\s*$/.test(lines[0] ?? "")) return null;
  const starts = [1, ...lines.flatMap((line, at) => (/^# COMMAND -{4,}\s*$/.test(line) ? [at + 1] : []))];
  return starts.flatMap((start, order) => {
    const next = starts[order + 1];
    const part = lines.slice(start, next === undefined ? lines.length : next - 1);
    if (part.every((line) => line.trim() === "")) return [];
    return [{ startLine: start, source: part.map(withoutSign).join("\n") }];
  });
}

function withoutSign(line: string): string {
  return line.replace(/^# MAGIC ?/, (sign) => " ".repeat(sign.length));
}
