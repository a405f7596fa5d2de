import { counted } from "@lookback/kernel-bridge/counted.ts";
import type { RunSummary, UnreadableRun } from "@lookback/kernel-bridge/ledger/format/run.ts";
import { elsewhereText, leakText } from "@lookback/kernel-bridge/metrics/leak-words.ts";
import { leaksBeside } from "@lookback/kernel-bridge/metrics/leaks-of-score.ts";
import { sayMarksInLine } from "./say-marks.ts";

/** One line of a list of runs. */
export function sayRun(run: RunSummary): string {
  const id = run.id.slice(0, 14);
  const when = run.startedAt.slice(0, 16).replace("T", " ");
  return [
    id,
    when,
    run.notebook,
    // One that was imported knows of none.
    run.cellsRun === 0 ? "cells not known" : counted(run.cellsRun, "cell"),
    sayDuration(run.durationMs),
    sayResult(run),
    sayTrust(run),
    run.pinnedBy.join(" "),
    sayMarksInLine(run.marks),
  ]
    .filter((part) => part !== "")
    .join("  ");
}

/** The line of a record that cannot be read. */
export function sayUnreadable({ id, startedAt, notebook, reason }: UnreadableRun): string {
  const when = startedAt?.slice(0, 16).replace("T", " ");
  return [id?.slice(0, 14) ?? "?", when, notebook, reason].filter((part) => part != null).join("  ");
}

/** What came out: the headline score, or how it ended. */
export function sayResult({ outcome, metric }: RunSummary): string {
  if (outcome.kind === "error") return firstLineOf(`${outcome.name}: ${outcome.message}`);
  if (outcome.kind === "interrupted")
    return outcome.cutOff === undefined
      ? "interrupted"
      : `interrupted as its kernel ${cutOffs[outcome.cutOff]}`;
  return metric === null
    ? "ok"
    : `${metric.name} ${metric.value.toFixed(4)}${metric.split === "train" ? " on training rows" : ""}`;
}

/** The whole of an error is among what its cell showed. */
function firstLineOf(text: string): string {
  const [first = "", ...more] = text.trim().split(/\s*[\r\n]\s*/);
  return more.length === 0 ? first : `${first} …`;
}

const cutOffs = { restart: "was restarted", death: "went" } as const;

/** A score that rests on leaks, or may, is never comparable. */
export function sayTrust(run: RunSummary): string {
  const { trust, metric, notRead, origin } = run;
  const kept = origin?.kind === "honest" ? ["kept honest score"] : [];
  if (trust === "unchecked") return [...kept, "not checked"].join("; ");
  const counts = leaksBeside(run, metric?.name ?? null);
  const leaks = leakText(counts);
  const said = [leaks === null ? null : `${leaks}, not comparable`, elsewhereText(counts), notRead];
  return [...kept, ...said.filter((text) => text !== null)].join("; ");
}

/** Null: the kernel went, so nobody saw the end. */
export function sayDuration(ms: number | null): string {
  if (ms === null) return "duration not known";
  if (ms < 999.5) return `${Math.round(ms)} ms`;
  if (ms < 59_950) return `${(ms / 1000).toFixed(1)} s`;
  const seconds = Math.round(ms / 1000);
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
  const minutes = Math.round(seconds / 60);
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}
