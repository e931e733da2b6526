import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { useState } from "react";
import { expect, test } from "vitest";
import { LanguageProvider } from "../../i18n/LanguageProvider.tsx";
import { FormulaBox } from "./FormulaBox.tsx";
import type { PlacedProblem } from "./problemPlace.ts";

const INDICATORS = [
  { id: "visits", name: "訪問数" },
  { id: "apply_rate", name: "応募率" },
];

function Box({ start = "", problem }: { start?: string; problem?: PlacedProblem }) {
  const [value, setValue] = useState(start);
  return (
    <LanguageProvider lang="ja">
      <FormulaBox
        value={value}
        onChange={setValue}
        indicators={INDICATORS}
        problem={problem}
        fine={false}
      />
    </LanguageProvider>
  );
}

test("a formula is clicked together and read back in names", async () => {
  const user = userEvent.setup();
  render(<Box />);
  await user.click(screen.getByRole("button", { name: "訪問数" }));
  await user.click(screen.getByRole("button", { name: "応募率" }));
  expect(screen.getByLabelText("計算式")).toHaveProperty("value", "visits * apply_rate");
  expect(screen.getByText("訪問数 × 応募率")).toBeTruthy();
});

test("what is wrong is marked at its place", () => {
  render(
    <Box
      start="visits * nonsens"
      problem={{ field: "formula", at: 9, message: "「nonsens」という指標はありません。" }}
    />,
  );
  expect(screen.getByTitle("ここを直してください").textContent).toBe("nonsens");
  expect(screen.getByText(/という指標はありません/)).toBeTruthy();
});
