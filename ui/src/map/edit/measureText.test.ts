import { expect, test } from "vitest";
import type { Source } from "../../api/types.ts";
import { metricOptions, readMeasure } from "./measureText.ts";

test.each([
  ["", { how: "one", metric: "" }],
  ["web.visits", { how: "one", metric: "web.visits" }],
  ["web.a / web.b", { how: "ratio", top: "web.a", bottom: "web.b" }],
  ["採用.応募÷web.訪問", { how: "ratio", top: "採用.応募", bottom: "web.訪問" }],
  ["web.a + web.b", { how: "hand" }],
  ["(web.a) / web.b", { how: "hand" }],
] as const)("%s", (text, form) => expect(readMeasure(text)).toEqual(form));

test("metrics are listed by the column people know", () => {
  const source = {
    id: "web",
    metrics: ["sessions", "won"],
    spec: {
      csv: "w.csv",
      date: "日付",
      metrics: { sessions: { column: "セッション" }, won: { count: "rows" } },
    },
  } as unknown as Source;
  expect(metricOptions([source])).toEqual([
    { value: "web.sessions", label: "セッション (web.sessions)" },
    { value: "web.won", label: "won (web)" },
  ]);
});
