import { describe, expect, it } from "vitest";
import { askOf, type CountForm, complete, editsOf, freeId } from "./count.ts";

const form: CountForm = {
  count: "events",
  event: "Inquiry Submitted",
  page: "",
  filters: [{ field: "channel", op: "is", values: ["social"] }],
  name: "問い合わせ",
  unit: "件",
  by: ["channel"],
  under: "kgi",
  onMap: true,
};
const table = { csv: "a.csv", date: "d", metrics: {} };

describe("a number counted from events", () => {
  it("makes a source of its own, an indicator and a road", () => {
    const edits = editsOf(form, { sources: [{ id: "web", spec: table }], indicators: ["kgi"] });
    expect(edits).toEqual([
      {
        op: "set_source",
        id: "web_2",
        source: {
          csv: "",
          date: "",
          metrics: {},
          events: {
            inquiries: {
              count: "events",
              event: "Inquiry Submitted",
              where: { channel: ["social"] },
            },
          },
          by: ["channel"],
        },
      },
      {
        op: "add_indicator",
        id: "inquiries",
        fields: { name: "問い合わせ", measure: "web_2.inquiries", unit: "件" },
      },
      { op: "set_influence", from: "inquiries", to: "kgi", because: "" },
    ]);
  });
  it("joins the source of events that is there and keeps what it counts", () => {
    const spec = { ...table, events: { inquiries: { event: "X" } }, by: ["device"] };
    const [set] = editsOf(
      { ...form, onMap: false },
      { sources: [{ id: "events", spec }], indicators: [] },
    );
    expect(set?.id).toBe("events");
    expect(Object.keys(set?.source?.events ?? {})).toEqual(["inquiries", "inquiries_2"]);
    expect(set?.source?.by).toEqual(["device", "channel"]);
  });
  it("is complete with a name and, where one is counted, an event", () => {
    expect(complete(form)).toBe(true);
    expect(complete({ ...form, event: "" })).toBe(false);
    expect(complete({ ...form, count: "visits", event: "" })).toBe(true);
    expect(complete({ ...form, name: " " })).toBe(false);
  });
  it("is narrowed by what a model can say, and by nothing else", () => {
    const filters: CountForm["filters"] = [
      { field: "property", property: "form", op: "is", values: ["資料"] },
      { field: "device", op: "not", values: ["mobile"] },
      { field: "title", op: "is", values: ["x"] },
    ];
    const [set] = editsOf({ ...form, filters, onMap: false }, { sources: [], indicators: [] });
    expect(set?.source?.events?.inquiries?.where).toEqual({ form: ["資料"] });
    const visits = { ...form, filters, count: "visits" as const, onMap: false };
    const [plain] = editsOf(visits, { sources: [], indicators: [] });
    expect(plain?.source?.events?.inquiries?.where).toBeUndefined();
  });
  it("can be asked what it would say, as soon as it says what is counted", () => {
    expect(askOf(form)).toEqual({
      count: "events",
      event: "Inquiry Submitted",
      filters: JSON.stringify(form.filters),
    });
    expect(askOf({ ...form, event: "" })).toBeNull();
    expect(askOf({ ...form, count: "visits", page: " /blog/* ", filters: [] })).toEqual({
      count: "visits",
      page: "/blog/*",
    });
  });
  it("has an id nobody has", () => {
    expect(freeId("web", ["web", "web_2"])).toBe("web_3");
  });
});
