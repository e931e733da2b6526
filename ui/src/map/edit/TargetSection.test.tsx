import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { useState } from "react";
import { expect, test } from "vitest";
import { LanguageProvider } from "../../i18n/LanguageProvider.tsx";
import { TargetSection } from "./TargetSection.tsx";
import { noTarget, type TargetForm, targetOfForm } from "./targetForm.ts";

function Form({ unit, tried = false }: { unit: string; tried?: boolean }) {
  const [target, setTarget] = useState<TargetForm>(noTarget);
  const { target: out, gaps } = targetOfForm(target, unit);
  return (
    <LanguageProvider lang="ja">
      <TargetSection
        target={target}
        unit={unit}
        onChange={setTarget}
        indicator={null}
        gaps={gaps}
        tried={tried}
        problem={undefined}
      />
      <output data-testid="out">{JSON.stringify(out)}</output>
    </LanguageProvider>
  );
}

const sent = () => JSON.parse(screen.getByTestId("out").textContent ?? "null");

test("growth of a rate asks whether % or points are meant, with both outcomes", async () => {
  const user = userEvent.setup();
  render(<Form unit="%" tried />);
  await user.click(screen.getByRole("radio", { name: /前年より伸ばす/ }));
  expect(screen.getByRole("group", { name: "%ですか、ポイントですか?" })).toBeTruthy();
  await user.type(screen.getByLabelText("どれだけ"), "5");
  expect(screen.getByText("%かポイントかを選んでください。")).toBeTruthy();
  expect(screen.getByText("たとえば 5.00% → 5.25%")).toBeTruthy();
  expect(screen.getByText("たとえば 5.00% → 10.0%")).toBeTruthy();
  await user.click(screen.getByRole("radio", { name: /5ポイント上げる/ }));
  await user.type(screen.getByLabelText("いまの率(%)"), "5");
  expect(sent()).toEqual({ kind: "reach", amount: "10%" });
  await user.click(screen.getByRole("radio", { name: /5%伸ばす/ }));
  expect(sent()).toEqual({ kind: "growth", amount: "1.05" });
});

test("growth of a count does not ask", async () => {
  const user = userEvent.setup();
  render(<Form unit="件" />);
  await user.click(screen.getByRole("radio", { name: /前年より伸ばす/ }));
  await user.type(screen.getByLabelText("前年より何%"), "50");
  expect(screen.queryByText("%ですか、ポイントですか?")).toBeNull();
  expect(screen.getByText("前年の1.5倍にします。")).toBeTruthy();
  expect(sent()).toEqual({ kind: "growth", amount: "1.5" });
});

test("a target can be taken away again", async () => {
  const user = userEvent.setup();
  render(<Form unit="件" />);
  await user.click(screen.getByRole("radio", { name: /期限までの合計/ }));
  await user.type(screen.getByLabelText("目標の数 (件)"), "100");
  expect(sent()).toEqual({ kind: "total", amount: "100" });
  await user.click(screen.getByRole("button", { name: "目標を外す" }));
  expect(sent()).toBeNull();
});
