import { describe, expect, it } from "vitest";
import { hardMap, recruitingMap } from "../fixtures/recruiting.ts";
import { cut, twoLines } from "./cut.ts";
import { MapPicture, OneCard } from "./MapPicture.tsx";
import { svgText } from "./picture.tsx";

describe("svgText", () => {
  it.each(["ja", "en"] as const)("stands alone outside the page, %s", (lang) => {
    const text = svgText(<MapPicture reply={hardMap(lang)} made="2026-09-09" />, lang);
    expect(text).not.toContain("var(");
    expect(text).not.toContain("foreignObject");
    expect(text).not.toContain("NaN");
    const svg = new DOMParser().parseFromString(text, "image/svg+xml");
    expect(svg.querySelector("parsererror")).toBeNull();
    for (const one of hardMap(lang).indicators.slice(0, 3))
      expect(text).toContain(cut(one.name, 120, 14).slice(0, 6));
  });

  it("draws one card alone", () => {
    const [kgi] = recruitingMap().indicators;
    if (!kgi) throw new Error("no KGI");
    expect(svgText(<OneCard indicator={kgi} asOf="2026-09-08" />, "ja")).toContain("71%");
  });
});

it("breaks a long name between words, or letters", () => {
  expect(twoLines("Site visits from social media", 130, 12)).toEqual([
    "Site visits from",
    "social media",
  ]);
  expect(twoLines("社員紹介ページの閲覧数", 96, 12)).toEqual(["社員紹介ページの", "閲覧数"]);
  expect(twoLines("短い", 96, 12)).toEqual(["短い"]);
});

it("cuts what does not fit", () => {
  expect(cut("短い", 100)).toBe("短い");
  expect(cut("とても長い名前の指標です", 60)).toBe("とても長…");
});
