import { expect, it } from "vitest";
import { tabOf } from "./tabs.ts";

it.each([
  ["/w/a/act", "leads"],
  ["/w/a/act/", "leads"],
  ["/w/a/act/mail/broadcasts/7", "mail"],
  ["/w/a/act/segments/7", "contacts"],
  ["/w/a/act/contacts", "contacts"],
])("%s is under %s", (path, tab) => {
  expect(tabOf(path)).toBe(tab);
});
