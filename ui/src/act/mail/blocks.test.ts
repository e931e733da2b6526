import { describe, expect, it } from "vitest";
import {
  faultsOf,
  inserted,
  moved,
  newBlock,
  newBody,
  offsetOf,
  ofWritten,
  wrapped,
} from "./blocks.ts";

describe("the blocks of a mail", () => {
  it("are moved one place at a time, and not beyond the ends", () => {
    expect(moved(["a", "b", "c"], 0, 1)).toEqual(["b", "a", "c"]);
    expect(moved(["a", "b", "c"], 2, -1)).toEqual(["a", "c", "b"]);
    expect(moved(["a", "b"], 0, -1)).toEqual(["a", "b"]);
    expect(moved(["a", "b"], 1, 1)).toEqual(["a", "b"]);
  });

  it("begin in a shape the server takes", () => {
    expect(newBlock("columns").columns).toHaveLength(2);
    expect(newBlock("spacer").height).toBe(24);
  });
});

describe("what is wrong", () => {
  it("is found by its place, the first of each", () => {
    const faults = faultsOf([
      { location: "blocks[0].text:2:1", message: "a" },
      { location: "blocks[0].text:3:1", message: "b" },
      { location: "subject", message: "c" },
      { location: "body.template.sender", message: "d" },
      { location: "blocks[1].columns[0][2].url", message: "e" },
    ]);
    expect(faults["blocks[0].text"]).toEqual({ line: 2, col: 1, message: "a" });
    expect(faults.subject).toEqual({ line: null, col: null, message: "c" });
    expect(faults.sender?.message).toBe("d");
    expect(faults["blocks[1].columns[0][2].url"]?.message).toBe("e");
  });

  it("is not said of what is still empty", () => {
    const fault = { line: null, col: null, message: "" };
    const at = (...fields: string[]) => Object.fromEntries(fields.map((one) => [one, fault]));
    const body = newBody("ja", "a", "marketing");
    const all = at("subject", "blocks[0].text", "blocks[1].text", "blocks[2].url", "sender");
    expect(ofWritten(all, body)).toEqual(at("sender"));
    const [, text, button] = body.blocks;
    body.blocks = [
      newBlock("columns"),
      { ...text, text: "{{nmae}}" } as never,
      { ...button, url: "x" } as never,
    ];
    const some = at("blocks[0].columns[0][0].text", "blocks[1].text", "blocks[2].url");
    expect(ofWritten(some, body)).toEqual(at("blocks[1].text", "blocks[2].url"));
  });

  it("is a place in the text", () => {
    expect(offsetOf("あい\nう𠮷え", 2, 3)).toBe(6);
    expect(offsetOf("a", 9, 9)).toBe(1);
  });
});

describe("writing", () => {
  it("puts a name in, and wraps what is chosen", () => {
    expect(inserted("ab", 1, 1, "{{name|x}}")).toEqual({ text: "a{{name|x}}b", caret: 11 });
    expect(wrapped("ab", 0, 2, "**", "**", "z").text).toBe("**ab**");
    expect(wrapped("", 0, 0, "**", "**", "z").text).toBe("**z**");
  });
});
