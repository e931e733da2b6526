import { screen } from "@testing-library/react";
import { expect, it } from "vitest";
import type { IndicatorDetail } from "../../api/types.ts";
import { show } from "../../testing/show.tsx";
import { DefinitionTab } from "./DefinitionTab.tsx";

const detail = {
  indicator: {
    ...{ id: "apps", name: "応募", unit: "件", kind: "flow", owner: "", definition: "", why: "" },
    ...{ formula: null, measure: null, sources: [], freshness: {}, reconciliation: null },
    target: { label: "合計100件", agreed: [{ by: "社長", on: "2026-03-20" }] },
  },
  ...{ counted: null, effort: null, glossary: [], stated: [] },
} as unknown as IndicatorDetail;

it("of the goal, the signatures say who agreed, not the model", async () => {
  await show(<DefinitionTab detail={detail} agreement="前の合意は切れています。" />);
  expect(screen.getByText("前の合意は切れています。")).toBeTruthy();
  expect(screen.queryByText(/社長/)).toBeNull();
});

it("of another indicator, whoever the model names", async () => {
  await show(<DefinitionTab detail={detail} />);
  expect(screen.getByText(/社長/)).toBeTruthy();
});
