import { describe, expect, test } from "vitest";
import type { PreviewColumn, Source, UploadPreview } from "../api/types.ts";
import { firstMapping, forSource, gapsOf, questionsOf, sourceIdOf, specOf } from "./mapping.ts";
import { settled, unfoundIn, waitingOf } from "./unfound.ts";

const column = (name: string, kind: PreviewColumn["kind"]): PreviewColumn => ({
  name,
  kind,
  example: "",
  ambiguous: null,
  day_month: null,
});

function preview(columns: PreviewColumn[], rows: string[][]): UploadPreview {
  return {
    columns,
    rows,
    date_column: columns.find((one) => one.kind === "date")?.name ?? null,
    file: { delimiter: ",", encoding: "utf-8", gzip: false, kind: "csv" },
    format: "CSV",
    header: columns.map((one) => one.name),
    header_line: 1,
    sheet: "",
    sheets: [],
    platform: null,
    suggestion: null,
  };
}

const source = (id: string, spec: object, more: object = {}): Source =>
  ({ id, path: `${id}.csv`, last: null, uploads: [], used_by: [], spec, ...more }) as never;

const APPLICANTS = source("applicants", {
  csv: "applicants.csv",
  date: "応募日",
  gaps: "zero",
  metrics: { applications: { count: "rows", where: { 経路: ["Instagram", "X"] } } },
});
const SNS = source("sns", {
  csv: "sns.csv",
  date: "日付",
  metrics: { impressions: { column: "表示回数" }, clicks: { column: "クリック数" } },
});

const LIST = preview(
  [column("受付", "date"), column("おなまえ", "text"), column("どこから", "text")],
  [
    ["2026/10/1", "田中", "Instagram"],
    ["2026/10/2", "佐藤", "X"],
  ],
);

describe("a list whose headings are its own", () => {
  const first = forSource(LIST, APPLICANTS);
  test("asks for the column of a condition, the one that holds its values first", () => {
    expect(unfoundIn(LIST, first)).toEqual([
      {
        what: "where",
        row: 0,
        at: 0,
        column: "経路",
        values: ["Instagram", "X"],
        candidates: [
          { column: "どこから", samples: ["Instagram", "X"] },
          { column: "おなまえ", samples: ["田中", "佐藤"] },
        ],
      },
    ]);
  });
  test.each([
    ["どこから", { どこから: ["Instagram", "X"] }],
    ["", undefined],
  ])("one press settles it: %s", (chosen, where) => {
    const [open] = unfoundIn(LIST, first);
    if (!open) throw new Error("nothing is open");
    const done = settled(first, open, chosen);
    expect(unfoundIn(LIST, done)).toEqual([]);
    expect(gapsOf(done, questionsOf(LIST, done))).toEqual([]);
    expect(specOf(done, "list.csv", "").metrics).toEqual({
      applications: where ? { count: "rows", where } : { count: "rows" },
    });
  });
});

test("numbers are offered that no other number takes, and the date where none was seen", () => {
  const table = preview(
    [column("月日", "text"), column("見られた数", "number"), column("押された数", "number")],
    [["10/1", "120", "3"]],
  );
  const mapping = forSource(table, SNS);
  const open = unfoundIn(table, mapping);
  expect(open.map((one) => one.what)).toEqual(["date", "number", "number"]);
  expect(open[0]?.candidates).toEqual([{ column: "月日", samples: ["10/1"] }]);
  const number = open[1];
  if (!number) throw new Error("no number is open");
  const next = unfoundIn(table, settled(mapping, number, "見られた数"));
  expect(next[1]?.candidates).toEqual([{ column: "押された数", samples: ["3"] }]);
});

test("what has numbers, or is no table, waits for none", () => {
  const some = [
    source("a", {}),
    source("b", {}, { last: "2026-10-01" }),
    source("c", { connection: "GA4" }),
    source("d", { events: { visits: {} } }),
    source("e", { entry: { calls: {} } }),
    source("f", {}, { uploads: [{}] }),
  ];
  expect(waitingOf(some).map((one) => one.id)).toEqual(["a"]);
});

test("names are typed as they are said, and become what formulas can read", () => {
  const mapping = firstMapping(LIST, [], "list.csv", "件数");
  expect(mapping.metrics.map((one) => one.id)).toEqual(["件数"]);
  const typed = { ...mapping, sourceId: "応募者 2026(秋)" };
  expect(sourceIdOf(typed)).toBe("応募者_2026_秋");
  const [row] = mapping.metrics;
  if (!row) throw new Error("no number");
  const said = { ...typed, metrics: [{ ...row, id: "応募 の数" }] };
  expect(gapsOf(said, questionsOf(LIST, said))).toEqual([]);
  expect(Object.keys(specOf(said, "list.csv", "").metrics)).toEqual(["応募_の数"]);
});
