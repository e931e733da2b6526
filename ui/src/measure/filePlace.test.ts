import { expect, test } from "vitest";
import { filePlace, fileSize } from "./filePlace.ts";

test("a location of the server is taken apart from its end", () => {
  expect(filePlace("sns.csv:41:12")).toEqual({ file: "sns.csv", line: 41, col: 12 });
  expect(filePlace("C:odd:name.csv:3:1")).toEqual({ file: "C:odd:name.csv", line: 3, col: 1 });
  expect(filePlace("body.name")).toBeNull();
  expect(filePlace(undefined)).toBeNull();
});

test.each([
  [12, "12 B"],
  [1536, "1.5 KB"],
  [35_200, "35 KB"],
  [100_000_000, "100 MB"],
])("%i bytes", (bytes, text) => expect(fileSize(bytes)).toBe(text));
