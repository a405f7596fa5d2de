/** What this client can do, as the language server protocol words it. */
export const clientCapabilities = {
  general: { positionEncodings: ["utf-16"] },
  notebookDocument: { synchronization: { dynamicRegistration: false, executionSummarySupport: true } },
  textDocument: {
    synchronization: { dynamicRegistration: false },
    diagnostic: { dynamicRegistration: false, relatedDocumentSupport: false },
    publishDiagnostics: { dataSupport: true, relatedInformation: true, codeDescriptionSupport: true },
    completion: {
      contextSupport: true,
      completionItem: {
        documentationFormat: ["markdown", "plaintext"],
        insertReplaceSupport: false,
        snippetSupport: false,
      },
    },
    hover: { contentFormat: ["markdown", "plaintext"] },
    codeAction: { dataSupport: true, isPreferredSupport: true },
    codeLens: {},
  },
  workspace: {
    workspaceFolders: true,
    workspaceEdit: { documentChanges: true, changeAnnotationSupport: {} },
    configuration: false,
    diagnostics: { refreshSupport: true },
    codeLens: { refreshSupport: true },
  },
} as const;
