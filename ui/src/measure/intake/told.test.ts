import { describe, expect, it } from "vitest";
import { toldOf } from "./told.ts";

const refusal = (code: string, index: number, name = "") => ({
  code,
  reason: `why ${code}`,
  index,
  name,
  message_id: "",
});

describe("why a request was not taken", () => {
  it("says every reason once, with the events it holds for", () => {
    const told = toldOf({
      reasons: [
        refusal("too_deep", 0, "Signed Up"),
        refusal("too_deep", 3, "Signed Up"),
        refusal("too_deep", 4, "Paid"),
        refusal("no_event_name", 6),
      ],
    });
    expect(told.map(({ code, of }) => [code, of])).toEqual([
      ["too_deep", ["Signed Up", "Paid"]],
      ["no_event_name", ["#7"]],
    ]);
  });

  it("keeps what holds for the whole request apart", () => {
    const [one] = toldOf({ reasons: [refusal("not_json", -1)] });
    expect(one).toMatchObject({ whole: true, of: [] });
  });

  it("has nothing to say of nothing", () => {
    expect(toldOf({ reasons: [] })).toEqual([]);
  });
});
