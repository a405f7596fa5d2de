import { expect, it } from "vitest";
import { letters, seeded } from "../corpus/seeded.ts";
import { redactNotebook } from "./redact-notebook.ts";
import { startRedaction } from "./redaction.ts";

it("replaces a long token where an output shows nothing but it, and leaves a picture as it is", async () => {
  const random = seeded(41);
  const token = random.text(400, letters.base64);
  const other = random.text(400, letters.base64);
  const picture = random.text(4_000, letters.base64);
  const output = (data: object) => ({ output_type: "display_data", metadata: {}, data });
  const notebook = {
    cells: [
      {
        cell_type: "code",
        source: ["print(token)"],
        outputs: [{ output_type: "stream", text: [`${token}\n`] }],
      },
      {
        cell_type: "code",
        source: `session_token = "${token}"`,
        outputs: [output({ "image/png": picture, "application/json": { session_token: other } })],
      },
    ],
  };
  const clean = JSON.stringify(await redactNotebook(notebook, startRedaction()));
  expect(clean).not.toContain(token.slice(20, 60));
  expect(clean).not.toContain(other.slice(20, 60));
  expect(clean).toContain(picture);
});
