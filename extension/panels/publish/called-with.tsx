import type { DeploymentStatus } from "@lookback/protocol/deployments.ts";
import type { JsonValue } from "@lookback/protocol/json.ts";
import type { PublishPlan } from "@lookback/protocol/publish.ts";
import { type ReactNode, useEffect } from "react";
import type { Host } from "../../host.ts";
import { useAnswer } from "../kit/use-answer.ts";

/** The request a caller will make, as far as it is known: from the plan, or as the version that is live now is called. */
export function CalledWith(props: { host: Host; plan: PublishPlan }): ReactNode {
  const { host, plan } = props;
  const { answer, again } = useAnswer(host, "lookback/deployments/list", {});
  useEffect(() => host.on("lookback/deployments/changed", again), [host, again]);
  const live = answer?.deployments.find((each) => each.name === plan.name);
  const body = plan.example ?? (live === undefined ? null : bodyOf(live));
  return (
    <section>
      <h2 className="lb-heading">Called with</h2>
      {body === null ? (
        <p className="lb-muted">
          <code className="lb-mono">POST /v1/predict</code>, the name{" "}
          <code className="lb-mono">{plan.name}</code> and the model's inputs. The checks read them from the
          fitted model.
        </p>
      ) : (
        <pre className="lb-card lb-mono lb-publish-call">
          <span className="lb-muted">POST /v1/predict</span>
          {`\n${onOneLine(body)}`}
        </pre>
      )}
      {plan.example === null && live !== undefined && live.active !== plan.version ? (
        <p className="lb-muted">That is how version {live.active} is called now.</p>
      ) : null}
    </section>
  );
}

function bodyOf({ name, example, exampleAt }: DeploymentStatus): Record<string, JsonValue> {
  return { name, inputs: example, ...(exampleAt === null ? {} : { at: exampleAt }) };
}

/** Spaces where lines could break; text inside strings has no line breaks in JSON. */
function onOneLine(body: Readonly<Record<string, JsonValue>>): string {
  return JSON.stringify(body, null, 1)
    .replace(/([{[])\n\s*/g, "$1")
    .replace(/\n\s*([}\]])/g, "$1")
    .replace(/\n\s*/g, " ");
}
