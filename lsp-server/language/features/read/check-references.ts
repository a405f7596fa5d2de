import type { DefinitionProblem, Definitions } from "../model.ts";
import { didYouMean } from "./constructors/did-you-mean.ts";
import type { Reference } from "./reading.ts";

/**
 * Problems of names that stand for definitions: an unknown entity, view or feature, with the nearest known one.
 *
 * `partly` says that some definitions could not be read: then a view or entity that is not known may still exist, and
 * is a hint instead of an error.
 */
export function checkReferences(
  references: readonly Reference[],
  definitions: Definitions,
  partly: boolean,
): DefinitionProblem[] {
  const severity = partly ? "hint" : "error";
  const entities = definitions.entities.map((entity) => entity.name);
  const views = definitions.views.map((view) => view.name);
  return references.flatMap(({ to, text, place }): DefinitionProblem[] => {
    if (to === "entity") {
      if (entities.includes(text)) return [];
      const message = `No entity "${text}".${didYouMean(text, entities)}`;
      return [{ code: "features/unknown-entity", message, severity, place }];
    }
    const [viewName = "", feature, ...rest] = text.split(":");
    if (!viewName || !feature || rest.length > 0) {
      const message = `A feature is named "view:feature", not "${text}".`;
      return [{ code: "features/bad-reference", message, severity: "error", place }];
    }
    const view = definitions.views.find((each) => each.name === viewName);
    if (!view) {
      const message = `No feature view "${viewName}".${didYouMean(viewName, views)}`;
      return [{ code: "features/unknown-view", message, severity, place }];
    }
    const names = view.features.map((each) => each.name);
    if (names.includes(feature)) return [];
    const message = `"${viewName}" has no feature "${feature}".${didYouMean(feature, names)}`;
    // Feast infers the features of a view without a schema from its source.
    const inferred = view.features.length === 0;
    return [{ code: "features/unknown-feature", message, severity: inferred ? "hint" : severity, place }];
  });
}
