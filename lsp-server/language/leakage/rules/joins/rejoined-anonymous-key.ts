import type { JoinFact, Side } from "../../facts/values/join-fact.ts";
import { bad, good, rule } from "../../rule.ts";
import { joinedInputs, modelOf, pathOf, sideText } from "./joined-inputs.ts";

/** Rows that were made anonymous are told whose they are again, and a model learns from it. */
export const rejoinedAnonymousKey = rule({
  id: "rejoined-anonymous-key",
  kind: "join",
  tier: "named",
  severity: "warning",
  title: "Anonymous rows joined to their names",
  why: "The model learns of people what was taken away on purpose, and what it learned can be read out of it.",
  instead: "Join before the key is taken away, inside the place that may see it; or leave it out.",
  source: "Sweeney 2000, Simple Demographics Often Identify People Uniquely; Narayanan and Shmatikov 2008",
  examples: [
    bad(
      "the address is hashed to find whose row it is",
      `
import hashlib
visits = pd.read_csv("anonymous_visits.csv")
people = pd.read_csv("people.csv")
people["who"] = people["email"].apply(lambda email: hashlib.sha256(email.encode()).hexdigest())
joined = visits.merge(people, on="who")
#        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ whose they are
train, test = joined[:800], joined[800:]
model = SVC().fit(train[["income", "pages"]], train["bought"])
print(model.score(test[["income", "pages"]], test["bought"]))
`,
      "`who` of `people.csv` is a hash of `email`, made here to find the rows of `anonymous_visits.csv` that hold the same: they are told whose they are, and `SVC` learns from what is joined.",
    ),
    bad(
      "by what few people share",
      `
claims = pd.read_csv("claims.csv")
voters = pd.read_csv("voters.csv")
joined = claims.merge(voters, on=["zip_code", "birth_date", "sex"])
#        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ whose they are
train, test = joined[:800], joined[800:]
model = SVC().fit(train[["party"]], train["ill"])
print(model.score(test[["party"]], test["ill"]))
`,
      "`claims.csv` and `voters.csv` are joined by `zip_code`, `birth_date`, `sex`, which few people share: rows are told whose they are, and `SVC` learns from what is joined. This rests on the columns' names.",
    ),
    good(
      "both sides are hashed, and stay so",
      `
import hashlib
def hashed(email):
    return hashlib.sha256(email.encode()).hexdigest()
visits, people = pd.read_csv("visits.csv"), pd.read_csv("people.csv")
visits["who"], people["who"] = visits["email"].apply(hashed), people["email"].apply(hashed)
joined = visits.merge(people, on="who")
train, test = joined[:800], joined[800:]
model = SVC().fit(train[["income", "pages"]], train["bought"])
print(model.score(test[["income", "pages"]], test["bought"]))
`,
    ),
    good(
      "by the place alone, as a census does",
      `
claims = pd.read_csv("claims.csv")
places = pd.read_csv("places.csv")
joined = claims.merge(places, on="zip_code")
train, test = joined[:800], joined[800:]
model = SVC().fit(train[["density"]], train["ill"])
print(model.score(test[["density"]], test["ill"]))
`,
    ),
    good(
      "joined and looked at, and not learned from",
      `
claims = pd.read_csv("claims.csv")
voters = pd.read_csv("voters.csv")
print(len(claims.merge(voters, on=["zip_code", "birth_date", "sex"])))
train, test = claims[:800], claims[800:]
model = SVC().fit(train[["cost"]], train["ill"])
print(model.score(test[["cost"]], test["ill"]))
`,
    ),
  ],
  check(facts, report) {
    const isMeant = (join: JoinFact) => undone(join) !== null || isNearlyUnique(join);
    for (const found of joinedInputs(facts, isMeant)) {
      const { mark, join } = found;
      const hash = undone(join);
      const [left, right] = [sideText(join.left, "the left side"), sideText(join.right, "the right side")];
      const keys = join.leftKeys.map((key) => `\`${key}\``).join(", ");
      report({
        at: mark.at,
        message: hash
          ? `\`${hash.key}\` of ${hash.isLeft ? left : right} is a hash of \`${hash.of}\`, made here to find the rows of ${hash.isLeft ? right : left} that hold the same: they are told whose they are, and ${modelOf(found)} learns from what is joined.`
          : `${left} and ${right} are joined by ${keys}, which few people share: rows are told whose they are, and ${modelOf(found)} learns from what is joined. This rests on the columns' names.`,
        path: pathOf(facts, found, `joined by ${join.leftKeys.join(", ")}`),
      });
    }
  },
});

/** A key that is hashed on one side alone, where what it was made of still stands. */
function undone({ left, right, leftKeys, rightKeys }: JoinFact) {
  const made = (side: Side, key: string | undefined) =>
    key === undefined ? undefined : side.hashed.get(key);
  for (const [at, leftKey] of leftKeys.entries()) {
    const rightKey = rightKeys[at];
    const [ofLeft, ofRight] = [made(left, leftKey), made(right, rightKey)];
    if ((ofLeft === undefined) === (ofRight === undefined) || rightKey === undefined) continue;
    const [of] = ofLeft ?? ofRight ?? [];
    if (of !== undefined)
      return { key: ofLeft === undefined ? rightKey : leftKey, of, isLeft: ofLeft !== undefined };
  }
  return null;
}

/** A birth date, a place and a sex single out most people. */
function isNearlyUnique({ how, leftKeys }: JoinFact): boolean {
  const isAmong = (words: RegExp) => leftKeys.some((key) => words.test(key));
  return (
    how === "equal" &&
    isAmong(/(^|_)(dob|birth_?(date|day)|date_of_birth)$/i) &&
    isAmong(/(^|_)(zip|zip_?code|postal_?code|postcode|plz)$/i) &&
    isAmong(/^(sex|gender)$/i)
  );
}
