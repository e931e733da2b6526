import { expect, it } from "vitest";
import { tabOf } from "./tabs.ts";

it.each([
  ["/w/a/share", "now"],
  ["/w/a/share/", "now"],
  ["/w/a/share/reviews/7", "reviews"],
  ["/w/a/share/glossary", "glossary"],
])("%s is under %s", (path, tab) => {
  expect(tabOf(path)).toBe(tab);
});
