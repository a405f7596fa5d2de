import type { JoinFeature } from "@lookback/protocol/joins.ts";
import type { ReactNode } from "react";
import { countText } from "../kit/quantity.ts";
import type { RowFilter } from "./preview-query.ts";
import type { Preview } from "./use-preview.ts";

/** Which rows are shown: one entity, or only those where the focused feature would leak. */
export function FilterBar(props: {
  preview: Preview;
  focused: JoinFeature;
  filter: RowFilter;
  onFilter: (filter: RowFilter) => void;
  count: number | null;
}): ReactNode {
  const { preview, filter, onFilter } = props;
  const [key] = preview.plan.spineColumns;
  const choosable = preview.entities.length > 1 && props.focused.entityKeys.includes(key ?? "");
  return (
    <div className="lb-join-filters">
      {choosable ? (
        <label className="lb-join-chip">
          {key}{" "}
          <select
            value={filter.entity ?? ""}
            onChange={(event) =>
              onFilter({ ...filter, entity: event.target.value === "" ? null : event.target.value })
            }
          >
            <option value="">all</option>
            {preview.entities.map((entity) => (
              <option key={entity} value={entity}>
                {entity}
              </option>
            ))}
          </select>
        </label>
      ) : null}
      <button
        type="button"
        className={filter.onlyLeaked ? "lb-join-chip lb-join-on" : "lb-join-chip"}
        aria-pressed={filter.onlyLeaked}
        onClick={() => onFilter({ ...filter, onlyLeaked: !filter.onlyLeaked })}
      >
        only rows a naive join leaks{filter.onlyLeaked ? " ×" : ""}
      </button>
      <span className="lb-muted lb-join-count">
        {props.count === null ? "" : countText(props.count, "row")}
      </span>
    </div>
  );
}
