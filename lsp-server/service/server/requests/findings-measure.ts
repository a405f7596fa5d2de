import { Failure } from "@lookback/kernel-bridge/failure.ts";
import { measureCode, measuredIn } from "@lookback/kernel-bridge/kernels/measure-code.ts";
import type { Finding } from "@lookback/language/leakage/finding.ts";
import { askOf } from "@lookback/language/leakage/measure/ask-of.ts";
import type { Measurement } from "@lookback/language/leakage/measure/measurement.ts";
import type { FindingPlace } from "@lookback/protocol/measure.ts";
import type { Snapshot } from "../documents.ts";
import { handler } from "../handler.ts";
import { belongsTo, placeIn } from "../places.ts";
import type { Session } from "../session.ts";

export const findingsMeasurement = handler("lookback/findings/measurement", async (session, place) => {
  const { asked } = askedAt(session, place);
  return { code: await measureCode(JSON.parse(asked)), asked };
});

export const findingsMeasured = handler(
  "lookback/findings/measured",
  async (session, { asked, printed, ...place }) => {
    const { snapshot, finding, measurement, asked: now } = askedAt(session, place);
    if (asked !== now) throw notMeasured("The notebook has changed since it was asked.");
    const measured = measurement.judge(measuredIn(printed));
    if (measured.verdict !== "unmeasured") {
      session.measured.keep(snapshot, finding, measured);
      session.askAgain();
    }
    return measured;
  },
);

interface AskedAt {
  readonly snapshot: Snapshot;
  readonly finding: Finding;
  readonly measurement: Measurement;
  /** What the kernel is asked, as JSON. */
  readonly asked: string;
}

function askedAt(session: Session, { uri, rule, range }: FindingPlace): AskedAt {
  const snapshot = session.documents.snapshot(uri);
  if (snapshot === null) throw notMeasured("The notebook is not open.");
  const analysis = session.analysis(snapshot);
  const finding = analysis.findings.find(
    (each) =>
      each.rule === rule &&
      belongsTo(snapshot, uri, each.cellId) &&
      JSON.stringify(placeIn(snapshot, each.cellId, each.range)) === JSON.stringify(range),
  );
  if (finding === undefined) throw notMeasured("The finding is not there any more.");
  const measurement = finding.measurement();
  if (measurement === null) throw notMeasured("No name of the notebook holds what would be counted.");
  const asked = JSON.stringify(askOf(measurement, finding, snapshot.notebook, analysis));
  return { snapshot, finding, measurement, asked };
}

function notMeasured(why: string): Failure {
  return new Failure("findings/not-measured", `${why} Nothing was measured.`, {
    advice: "Look at the finding again, and measure it where it still stands.",
  });
}
