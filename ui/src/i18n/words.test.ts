import { describe, expect, it } from "vitest";
import { en } from "./en/index.ts";
import { ja } from "./ja/index.ts";
import { translate } from "./translate.ts";

const sources = import.meta.glob("../**/*.{ts,tsx}", {
  query: "?raw",
  import: "default",
  eager: true,
}) as Record<string, string>;
const outside = Object.entries(sources).filter(
  ([path]) => !path.startsWith("./") && !path.includes("/fixtures/") && !path.includes(".test."),
);
const JAPANESE = /[\u3040-\u30ff\u4e00-\u9fff]/;

/** Comments may speak Japanese; strings and JSX may not. */
function withoutComments(code: string): string {
  return code.replace(/\/\*[\s\S]*?\*\//g, "").replace(/(^|[^:"'`])\/\/.*$/gm, "$1");
}

describe("words", () => {
  it("have the same keys and the same {names} in both languages", () => {
    expect(Object.keys(en).sort()).toEqual(Object.keys(ja).sort());
    const names = (text: string) => [...new Set(text.match(/\{\w+\}/g) ?? [])].sort();
    for (const [key, text] of Object.entries(ja)) {
      expect(names(en[key as keyof typeof en]), key).toEqual(names(text));
    }
  });

  it("are translated: no Japanese in English, nothing empty", () => {
    for (const [key, text] of Object.entries(en)) {
      expect(text, key).not.toMatch(JAPANESE);
      expect(text.trim(), key).not.toBe("");
    }
  });

  it("are all used", () => {
    const code = outside.map(([, text]) => text).join("\n");
    // t(`status.${status}`) uses every key that begins with "status.".
    const open = [...code.matchAll(/`([\w.-]+[.])\$\{/g)].map((match) => match[1] ?? "");
    // Gathered once: looking through all the code for each key takes a minute on a busy machine.
    const quoted = new Set(
      [...code.matchAll(/(?=(["`])([\w.-]+)\1)/g)].map((match) => match[2] ?? ""),
    );
    const unused = Object.keys(ja).filter(
      (key) => !quoted.has(key) && !open.some((start) => key.startsWith(start)),
    );
    expect(unused).toEqual([]);
  });

  it("stand only here: no Japanese in the code of the screens", () => {
    const own = new Set(["日本語"]); // each language is named in itself
    // What these hold is not said but heard: the words people type, to be understood.
    const hears = ["/i18n/proposeId.ts", "/map/edit/typedNumber.ts", "/map/start/goalForm.ts"];
    const speaking = outside.filter(([path]) => !hears.some((file) => path.endsWith(file)));
    const found = speaking.flatMap(([path, code]) =>
      withoutComments(code)
        .split("\n")
        .filter((text) => JAPANESE.test(text) && ![...own].some((word) => text.includes(word)))
        .map((text) => `${path}: ${text.trim()}`),
    );
    expect(found).toEqual([]);
  });

  it("fill in what is given", () => {
    expect(translate("ja", "map.version", { version: 7 })).toBe("第7版");
    expect(translate("en", "map.version", { version: 7 })).toBe("Version 7");
  });
});
