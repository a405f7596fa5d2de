import { exactDuration, microsecondsOf, parseDuration } from "./duration.ts";
import { type Arguments, dynamic, type Value } from "./value.ts";

/** The duration that a call of one of the standard makers of durations gives; null when `name` is none of them. */
export function durationCall(name: string, given: Arguments): Value | null {
  switch (name) {
    case "datetime.timedelta":
      return sum(given, order);
    case "google.protobuf.duration_pb2.Duration":
      return sum(given, ["seconds", "nanos"]);
    case "pandas.Timedelta":
    case "pandas.to_timedelta":
      return pandasTimedelta(given);
    default:
      return null;
  }
}

const order = ["days", "seconds", "microseconds", "milliseconds", "minutes", "hours", "weeks"];

function sum({ positional, keywords, incomplete }: Arguments, names: readonly string[]): Value {
  if (incomplete !== null) return computed;
  const amounts = [
    ...positional.map((each, at): [string, Value] => [names[at] ?? "", each.value]),
    ...[...keywords].map(([name, each]): [string, Value] => [name, each.value]),
  ];
  let us = 0;
  for (const [name, value] of amounts) {
    if (value.kind === "dynamic") return value;
    if (value.kind !== "number" || !names.includes(name)) return computed;
    us += value.number * (name === "nanos" ? 0.001 : microsecondsOf(name)!);
  }
  return exactDuration(us);
}

function pandasTimedelta({ positional, keywords, incomplete }: Arguments): Value {
  const only = positional[0]?.value ?? keywords.get("value")?.value;
  if (incomplete !== null) return computed;
  if (only === undefined) return sum({ positional, keywords, incomplete }, order);
  if (only.kind === "duration") return only;
  if (only.kind === "text") {
    const us = parseDuration(only.text);
    return us === null ? dynamic(`"${only.text}" is no duration`) : { kind: "duration", us };
  }
  const unit = positional[1]?.value ?? keywords.get("unit")?.value;
  if (only.kind !== "number" || (unit && unit.kind !== "text")) return computed;
  // Without a unit pandas takes nanoseconds; it knows no months.
  const size =
    unit?.kind !== "text" || /^(ns|nanos\w*)$/i.test(unit.text)
      ? 0.001
      : unit.text === "M"
        ? null
        : microsecondsOf(unit.text);
  return size === null ? dynamic("its unit is unknown") : exactDuration(only.number * size);
}

const computed = dynamic("the duration is computed when the code runs");
