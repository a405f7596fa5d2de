import { expect, test } from "vitest";
import { abilitiesOf } from "./client-abilities.ts";

const nothing = {
  pullsDiagnostics: false,
  refreshesDiagnostics: false,
  refreshesCodeLenses: false,
  changesFolders: false,
  tellsConfiguration: false,
  registersConfiguration: false,
  confirmsEdits: false,
  showsDisabled: false,
  asksReason: false,
  measures: false,
  explainsFindings: false,
  showsRulePages: false,
};

test("a client that says nothing is asked nothing", () => {
  expect(abilitiesOf({}, undefined)).toEqual(nothing);
  expect(abilitiesOf({ workspace: { diagnostics: {}, codeLens: {} } }, {})).toEqual(nothing);
});

test("pulling and being told to pull again are two abilities", () => {
  expect(abilitiesOf({ textDocument: { diagnostic: {} } }, {})).toEqual({
    ...nothing,
    pullsDiagnostics: true,
  });
  expect(
    abilitiesOf(
      {
        textDocument: { diagnostic: {}, codeAction: { disabledSupport: true } },
        workspace: {
          diagnostics: { refreshSupport: true },
          codeLens: { refreshSupport: true },
          workspaceFolders: true,
          workspaceEdit: { documentChanges: true, changeAnnotationSupport: {} },
          configuration: true,
          didChangeConfiguration: { dynamicRegistration: true },
        },
      },
      { asksReason: true, measures: true, showsRulePages: true, explainsFindings: true },
    ),
  ).toEqual({
    pullsDiagnostics: true,
    refreshesDiagnostics: true,
    refreshesCodeLenses: true,
    changesFolders: true,
    tellsConfiguration: true,
    registersConfiguration: true,
    confirmsEdits: true,
    showsDisabled: true,
    asksReason: true,
    measures: true,
    explainsFindings: true,
    showsRulePages: true,
  });
});
