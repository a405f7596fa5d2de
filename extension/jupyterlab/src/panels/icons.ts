import { LabIcon } from "@jupyterlab/ui-components";
import type { PanelIcon } from "@lookback/extension/panels/panel-table.ts";

/** Looking back: an arrow that turns against the clock. */
export const logoIcon = icon(
  "logo",
  '<path d="M4.2 7.2A8.4 8.4 0 1 1 3.6 13" stroke-width="1.9"/><path d="M3.4 3.2v4.6H8" stroke-width="1.9"/><path d="M12 7.6V12l3 1.9" stroke-width="1.7"/>',
);

/** Two columns, of which one has a line more. */
const compareIcon = icon(
  "compare",
  '<rect x="3.5" y="4.5" width="7" height="15" rx="1.2" stroke-width="1.7"/><rect x="13.5" y="4.5" width="7" height="15" rx="1.2" stroke-width="1.7"/><path d="M6 8.5h2M6 12h2M16 8.5h2M16 12h2M16 15.5h2" stroke-width="1.6"/>',
);

/** What rests on what: one thing that leads to two. */
const lineageIcon = icon(
  "lineage",
  '<circle cx="5" cy="12" r="2.2" stroke-width="1.7"/><circle cx="19" cy="6" r="2.2" stroke-width="1.7"/><circle cx="19" cy="18" r="2.2" stroke-width="1.7"/><path d="M7.2 12c5 0 4.6-6 9.6-6M7.2 12c5 0 4.6 6 9.6 6" stroke-width="1.7"/>',
);

/** A join: two lines that meet at one moment. */
const joinIcon = icon(
  "join",
  '<path d="M3 7h6l6 5h6M3 17h6l6-5" stroke-width="1.8"/><circle cx="15" cy="12" r="1.6" stroke-width="1.6"/>',
);

/** What leaves for production. */
const publishIcon = icon(
  "publish",
  '<path d="M12 15V4m0 0L8 8m4-4 4 4" stroke-width="1.8"/><path d="M4 14v5h16v-5" stroke-width="1.8"/>',
);

/** A balance: what a score weighs without what was never its own. */
const honestIcon = icon(
  "honest",
  '<path d="M12 4v16M8 20h8M5 7h14" stroke-width="1.8"/><path d="M5 7l-2.5 6h5zM19 7l-2.5 6h5z" stroke-width="1.6"/>',
);

/** What is live. */
const deploymentsIcon = icon(
  "deployments",
  '<rect x="4" y="4.5" width="16" height="6" rx="1.4" stroke-width="1.7"/><rect x="4" y="13.5" width="16" height="6" rx="1.4" stroke-width="1.7"/><path d="M7.5 7.5h.01M7.5 16.5h.01" stroke-width="2.2"/>',
);

/** What is known too early: the mark of leaks. */
const findingIcon = icon("finding", '<path d="M12 3.5 20 12l-8 8.5L4 12z" stroke-width="1.8"/>');

/** The picture of each panel. */
export const icons: Readonly<Record<PanelIcon, LabIcon>> = {
  logo: logoIcon,
  compare: compareIcon,
  lineage: lineageIcon,
  join: joinIcon,
  publish: publishIcon,
  honest: honestIcon,
  deployments: deploymentsIcon,
  finding: findingIcon,
};

function icon(name: string, shapes: string): LabIcon {
  const svgstr = `<svg xmlns="http://www.w3.org/2000/svg" width="16" viewBox="0 0 24 24"><g class="jp-icon3 jp-icon-selectable lb-icon" fill="none" stroke="#616161" stroke-linecap="round" stroke-linejoin="round">${shapes}</g></svg>`;
  return new LabIcon({ name: `lookback:${name}`, svgstr });
}
