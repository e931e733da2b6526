import { expect, it } from "vitest";
import { bodyOf, draftOf, newDraft } from "./draft.ts";

const order = {
  id: "1",
  version: 3,
  name: "週のレポート",
  rhythm: "monthly",
  day: 31,
  time: "09:00",
  holidays: "skip",
  note: "",
  pdf: true,
  readers: [
    { user: "u1", outside: false, stopped: false, address: "", lang: "ja" },
    { user: "", outside: true, stopped: false, address: "a@x.example", lang: "en" },
    { user: "", outside: true, stopped: true, address: "b@x.example", lang: "en" },
  ],
} as unknown as Parameters<typeof draftOf>[0];

it("leaves out whoever asked to be left out, and keeps the rest as it was", () => {
  expect(bodyOf(draftOf(order))).toMatchObject({
    rhythm: "monthly",
    day: 31,
    weekday: 1,
    pdf: true,
    readers: [{ user: "u1" }, { address: "a@x.example", lang: "en" }],
  });
});

it("reads addresses however they are put down", () => {
  const draft = { ...newDraft("x", "ja"), outside: " a@x.example、b@x.example\n\nc@x.example, " };
  expect(bodyOf(draft).readers).toEqual(
    ["a@x.example", "b@x.example", "c@x.example"].map((address) => ({ address, lang: "ja" })),
  );
});
