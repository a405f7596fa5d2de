import { expect, test } from "vitest";
import { abilitiesOf } from "./client-abilities.ts";

test("a client that says nothing is asked nothing", () => {
  const nothing = { pullsDiagnostics: false, refreshesDiagnostics: false, refreshesCodeLenses: false };
  expect(abilitiesOf({})).toEqual(nothing);
  expect(abilitiesOf({ workspace: { diagnostics: {}, codeLens: {} } })).toEqual(nothing);
});

test("pulling and being told to pull again are two abilities", () => {
  expect(abilitiesOf({ textDocument: { diagnostic: {} } })).toEqual({
    pullsDiagnostics: true,
    refreshesDiagnostics: false,
    refreshesCodeLenses: false,
  });
  expect(
    abilitiesOf({
      textDocument: { diagnostic: {} },
      workspace: { diagnostics: { refreshSupport: true }, codeLens: { refreshSupport: true } },
    }),
  ).toEqual({ pullsDiagnostics: true, refreshesDiagnostics: true, refreshesCodeLenses: true });
});
