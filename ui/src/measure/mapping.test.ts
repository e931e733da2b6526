import { describe, expect, test } from "vitest";
import type { PreviewColumn, Source, UploadPreview } from "../api/types.ts";
import {
  columnRow,
  findColumn,
  firstMapping,
  forNew,
  forSource,
  gapsOf,
  isKnown,
  type Mapping,
  questionsOf,
  readAs,
  specOf,
  tableOf,
  unmatched,
} from "./mapping.ts";

const column = (
  name: string,
  kind: PreviewColumn["kind"],
  more: Partial<PreviewColumn> = {},
): PreviewColumn => ({ name, kind, example: "", ambiguous: null, day_month: null, ...more });

function preview(columns: PreviewColumn[], more: Partial<UploadPreview> = {}): UploadPreview {
  return {
    columns,
    date_column: columns.find((one) => one.kind === "date")?.name ?? null,
    file: { delimiter: ",", encoding: "utf-8", gzip: false, kind: "csv" },
    format: "CSV",
    header: columns.map((one) => one.name),
    header_line: 1,
    rows: columns.length > 0 ? [columns.map((one) => one.example)] : [],
    sheet: "",
    sheets: [],
    platform: null,
    suggestion: null,
    ...more,
  };
}

const SNS = {
  id: "sns",
  path: "sns.csv",
  metrics: ["impressions", "clicks", "followers"],
  used_by: [],
  spec: {
    csv: "sns.csv",
    date: "日付",
    metrics: {
      impressions: { column: "インプレッション数" },
      clicks: { column: "リンクのクリック数" },
      followers: { column: "フォロワー数", agg: "last" },
    },
  },
} as unknown as Source;

const KNOWN = preview(
  [column("日付", "date"), column("クリック数", "number"), column("CTR", "number")],
  {
    sheet: "日付",
    sheets: ["クエリ", "日付"],
    suggestion: {
      source_id: "search",
      existing: false,
      from: "platform",
      date: "日付",
      metrics: {},
      missing: [],
      spec: {
        csv: "s.zip",
        sheet: "日付",
        date: "日付",
        gaps: "zero",
        metrics: {
          clicks: { column: "クリック数" },
          position: { column: "掲載順位", agg: "mean" },
        },
      },
    },
  },
);

describe("an export that is known", () => {
  test("is read as proposed, also when a source of the model would half fit", () => {
    const got = firstMapping(KNOWN, [SNS], "s.zip");
    expect(got.sourceId).toBe("search");
    expect(got.gaps).toBe("zero");
    expect(got.metrics.map((one) => [one.id, one.column, one.agg])).toEqual([
      ["clicks", "クリック数", "sum"],
      ["position", "", "mean"],
    ]);
    expect(specOf(got, "s.zip", tableOf(KNOWN, "")).sheet).toBe("日付");
  });
  test("a table is named only where there are several", () => {
    expect(tableOf(preview([]), "")).toBe("");
    expect(tableOf(KNOWN, "クエリ")).toBe("クエリ");
  });
});

const EXPORT = preview([
  column("日付", "date"),
  column("表示回数", "number"),
  column("リンクのクリック 数", "number"),
  column("端末", "text"),
]);

test.each([
  ["フォロワー数", ["日付", "フォロワー数"], "フォロワー数"],
  ["フォロワー数", ["フォロワー 数"], "フォロワー 数"],
  ["Link Clicks", ["link_clicks"], "link_clicks"],
  ["インプレッション数", ["表示回数"], "表示回数"],
  ["売上", ["表示回数"], null],
  ["", ["表示回数"], null],
])("findColumn %s in %o", (name, header, found) => {
  expect(findColumn(name, header)).toBe(found);
});

describe("the first proposal", () => {
  test("is the source that most of its numbers are found for", () => {
    const mapping = firstMapping(EXPORT, [SNS], "instagram.csv");
    expect(mapping.sourceId).toBe("sns");
    expect(mapping.isNew).toBe(false);
    expect(mapping.metrics.map((one) => one.column)).toEqual([
      "表示回数",
      "リンクのクリック 数",
      "",
    ]);
    expect(unmatched(mapping).map((one) => one.id)).toEqual(["followers"]);
  });

  test("is a new source where nothing fits, named after the file", () => {
    const other = preview([column("日", "date"), column("売上", "number")]);
    const mapping = firstMapping(other, [SNS], "Shop export.csv.gz");
    expect(mapping).toMatchObject({ sourceId: "shop_export", isNew: true, date: "日", row: "day" });
    expect(mapping.metrics).toEqual([columnRow("revenue", "売上")]);
  });

  test("counts rows where rows look like things", () => {
    const leads = preview([
      column("獲得日", "date"),
      column("流入元", "text"),
      column("段階", "text"),
      column("金額", "number"),
    ]);
    const mapping = forNew(leads, "leads");
    expect(mapping.row).toBe("thing");
    expect(mapping.gaps).toBe("zero");
    expect(mapping.metrics.map((one) => [one.how, one.column])).toEqual([
      ["count", ""],
      ["sum", "金額"],
    ]);
    expect(readAs(mapping, "day").metrics.map((one) => one.how)).toEqual(["column"]);
  });
});

describe("questions are asked, never guessed", () => {
  const german = preview([
    column("Tag", "date", { day_month: { example: "04/05", dmy: "5月4日", mdy: "4月5日" } }),
    column("Umsatz", "number", { ambiguous: { example: "40.531", dot: "40.5", comma: "40,531" } }),
  ]);

  test("both are open at first and hold the import back", () => {
    const mapping = forNew(german, "shop");
    const asked = questionsOf(german, mapping);
    expect(asked.number).toEqual({
      columns: ["Umsatz"],
      example: "40.531",
      dot: "40.5",
      comma: "40,531",
    });
    expect(asked.date?.example).toBe("04/05");
    expect(gapsOf(mapping, asked)).toEqual(["number", "dateOrder"]);
  });

  test("a column that is not read is not asked about", () => {
    const mapping = forNew(german, "shop");
    const without = { ...mapping, metrics: mapping.metrics.map((one) => ({ ...one, on: false })) };
    expect(questionsOf(german, without).number).toBeNull();
  });

  test("the answers go into the spec", () => {
    const mapping: Mapping = { ...forNew(german, "shop"), number: "1.234,5", dateOrder: "dmy" };
    expect(gapsOf(mapping, questionsOf(german, mapping))).toEqual([]);
    expect(specOf(mapping, "shop.csv", "")).toEqual({
      csv: "shop.csv",
      date: "Tag",
      metrics: { umsatz: { column: "Umsatz" } },
      number: "1.234,5",
      date_order: "dmy",
    });
  });
});

describe("specOf", () => {
  test("keeps how a metric is aggregated and leaves out what has no column", () => {
    const file = preview([column("日付", "date"), column("フォロワー数", "number")]);
    expect(specOf(forSource(file, SNS), "new.csv", "")).toEqual({
      csv: "new.csv",
      date: "日付",
      metrics: { followers: { column: "フォロワー数", agg: "last" } },
    });
  });

  test("conditions become lists", () => {
    const row = { ...columnRow("won", ""), how: "count" as const };
    const mapping: Mapping = {
      ...forNew(EXPORT, "crm"),
      row: "thing",
      gaps: "zero",
      by: ["端末"],
      metrics: [{ ...row, where: [{ column: "段階", values: "受注、won, " }] }],
    };
    expect(specOf(mapping, "crm.csv", "2026")).toMatchObject({
      sheet: "2026",
      by: ["端末"],
      gaps: "zero",
      metrics: { won: { count: "rows", where: { 段階: ["受注", "won"] } } },
    });
  });

  test("two numbers cannot share a name", () => {
    const mapping: Mapping = {
      ...forNew(EXPORT, "x"),
      metrics: [columnRow("a", "表示回数"), columnRow("a", "端末")],
    };
    expect(gapsOf(mapping, questionsOf(EXPORT, mapping))).toEqual(["id"]);
  });
});

describe("a file with nothing to decide", () => {
  const whole = [
    column("日付", "date"),
    column("インプレッション数", "number"),
    column("リンクのクリック数", "number"),
    column("フォロワー数", "number"),
  ];
  const readings = { example: "1.234", dot: "1.234", comma: "1,234" };
  test.each([
    { name: "every number is found", columns: whole, known: true },
    { name: "a number is not there", columns: whole.slice(0, 3), known: false },
    { name: "no column of dates", columns: whole.slice(1), known: false },
    {
      name: "a number with two readings",
      columns: [...whole.slice(0, 3), column("フォロワー数", "number", { ambiguous: readings })],
      known: false,
    },
    {
      name: "a day with two readings",
      columns: [
        column("日付", "date", { day_month: { example: "1/2", dmy: "2月1日", mdy: "1月2日" } }),
        ...whole.slice(1),
      ],
      known: false,
    },
  ])("$name", ({ columns, known }) => {
    const shown = preview(columns);
    expect(isKnown(shown, forSource(shown, SNS))).toBe(known);
  });
  test("a table without a row brings nothing", () => {
    const bare = preview(whole, { rows: [] });
    expect(isKnown(bare, forSource(bare, SNS))).toBe(false);
  });
  test("a new source and a file of several sheets are asked about", () => {
    const shown = preview(whole);
    expect(isKnown(shown, forNew(shown, "other"))).toBe(false);
    const sheets = preview(whole, { sheets: ["a", "b"], sheet: "a" });
    expect(isKnown(sheets, forSource(sheets, SNS))).toBe(false);
  });
  test("a condition on a column the file does not have is asked about", () => {
    const shown = preview(whole);
    const mapping = forSource(shown, SNS);
    const where = [{ column: "経路", values: "Instagram" }];
    const metrics = mapping.metrics.map((one) => ({ ...one, where }));
    expect(isKnown(shown, { ...mapping, metrics })).toBe(false);
  });
});
