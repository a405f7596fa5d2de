import type { JoinFact } from "../../facts/values/join-fact.ts";
import { bad, good, rule } from "../../rule.ts";
import { joinedInputs, modelOf, pathOf, sideText } from "./joined-inputs.ts";

/** The two sides of a join by moments tell them by different clocks. */
export const mixedTimezones = rule({
  id: "mixed-timezones",
  kind: "join",
  tier: "core",
  severity: "warning",
  title: "Moments of two clocks joined",
  why: "The same moment has two numbers, hours apart: rows meet what came hours later, or miss what was there.",
  instead: "Bring both sides to one clock before they meet: `pd.to_datetime(…, utc=True)` on each.",
  source: "pandas, Time zone handling; Feast, event timestamps are UTC",
  examples: [
    bad(
      "local time with its zone cut off, beside a table of its own",
      `
rides, weather = pd.read_csv("rides.csv"), pd.read_csv("weather.csv")
rides["at"] = pd.to_datetime(rides["at"], utc=True).dt.tz_convert("Europe/Berlin").dt.tz_localize(None)
weather["at"] = pd.to_datetime(weather["at"])
joined = pd.merge_asof(rides.sort_values("at"), weather.sort_values("at"), on="at")
#        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ two clocks
train, test = joined[:800], joined[800:]
model = SVC().fit(train[["rain"]], train["late"])
print(model.score(test[["rain"]], test["late"]))
`,
      "`at` of `rides.csv` is told by another clock (no zone, from Europe/Berlin) than `at` of `weather.csv` (no zone), and `SVC` learns from what is joined by them.",
    ),
    bad(
      "one side in UTC, the other as it was written",
      `
rides, weather = pd.read_csv("rides.csv"), pd.read_csv("weather.csv")
rides["at"] = pd.to_datetime(rides["at"], utc=True)
weather["at"] = pd.to_datetime(weather["at"])
joined = pd.merge_asof(rides, weather, on="at", tolerance=pd.Timedelta("2h"))
#        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ two clocks
train, test = joined[:800], joined[800:]
model = SVC().fit(train[["rain"]], train["late"])
print(model.score(test[["rain"]], test["late"]))
`,
      "`at` of `rides.csv` is told by another clock (UTC) than `at` of `weather.csv` (no zone), and `SVC` learns from what is joined by them.",
    ),
    good(
      "both in UTC",
      `
rides, weather = pd.read_csv("rides.csv"), pd.read_csv("weather.csv")
rides["at"] = pd.to_datetime(rides["at"], utc=True)
weather["at"] = pd.to_datetime(weather["at"]).dt.tz_localize("Europe/Berlin").dt.tz_convert("UTC")
joined = pd.merge_asof(rides.sort_values("at"), weather.sort_values("at"), on="at", tolerance=pd.Timedelta("2h"))
train, test = joined[:800], joined[800:]
model = SVC().fit(train[["rain"]], train["late"])
print(model.score(test[["rain"]], test["late"]))
`,
    ),
    good(
      "both as they were written",
      `
rides, weather = pd.read_csv("rides.csv"), pd.read_csv("weather.csv")
rides["at"], weather["at"] = pd.to_datetime(rides["at"]), pd.to_datetime(weather["at"])
joined = pd.merge_asof(rides.sort_values("at"), weather.sort_values("at"), on="at", tolerance=pd.Timedelta("2h"))
train, test = joined[:800], joined[800:]
model = SVC().fit(train[["rain"]], train["late"])
print(model.score(test[["rain"]], test["late"]))
`,
    ),
    good(
      "UTC with its zone cut off, beside what is in UTC and was read as it is",
      `
rides = pd.read_csv("rides.csv")
weather = pd.read_csv("weather.csv", parse_dates=["at"])
rides["at"] = pd.to_datetime(rides["at"], utc=True).dt.tz_localize(None)
joined = pd.merge_asof(rides.sort_values("at"), weather.sort_values("at"), on="at", tolerance=pd.Timedelta("2h"))
train, test = joined[:800], joined[800:]
model = SVC().fit(train[["rain"]], train["late"])
print(model.score(test[["rain"]], test["late"]))
`,
    ),
  ],
  check(facts, report) {
    for (const found of joinedInputs(facts, (join) => clashOf(join) !== null)) {
      const { mark, join } = found;
      const clash = clashOf(join);
      if (!clash) continue;
      report({
        at: mark.at,
        message: `\`${clash.leftKey}\` of ${sideText(join.left, "the left side")} is told by another clock (${clash.left}) than \`${clash.rightKey}\` of ${sideText(join.right, "the right side")} (${clash.right}), and ${modelOf(found)} learns from what is joined by them.`,
        path: pathOf(facts, found, `joined by moments of two clocks`),
      });
    }
  },
});

interface Clash {
  readonly leftKey: string;
  readonly rightKey: string;
  readonly left: string;
  readonly right: string;
}

/** Keys that meet in a join and are told by clocks that surely differ; null where there are none, or one is not known. */
function clashOf({ left, right, leftKeys, rightKeys, asOf }: JoinFact): Clash | null {
  const pairs = leftKeys.map((key, at) => [key, rightKeys[at] ?? null] as const);
  if (asOf?.leftTime) pairs.push([asOf.leftTime, asOf.rightTime]);
  for (const [leftKey, rightKey] of pairs) {
    const [a, b] = [left.clocks.get(leftKey), rightKey === null ? undefined : right.clocks.get(rightKey)];
    if (rightKey !== null && a !== undefined && b !== undefined && isOther(a, b))
      return { leftKey, rightKey, left: a, right: b };
  }
  return null;
}

/** Zones against none, and moments whose zone was cut off against those of another. Two zones are told apart by whoever compares them. */
function isOther(a: string, b: string): boolean {
  const [cutA, cutB] = [cutOff(a), cutOff(b)];
  if ((cutA === null) !== (cutB === null)) return true;
  return cutA !== null && cutB !== null && inUtc(cutA) !== inUtc(cutB);
}

/** Where a moment's zone was cut off, which it was; empty where it never had one, null where it has. */
function cutOff(clock: string): string | null {
  return clock.startsWith("no zone") ? clock.replace(/^no zone(, from )?/, "") : null;
}

/** What was written without a zone is UTC more often than not. */
function inUtc(zone: string): string {
  return zone === "" ? "UTC" : zone;
}
