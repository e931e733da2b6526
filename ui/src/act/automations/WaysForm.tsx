import type { AutomationSentences } from "../../api/useAutomations.ts";
import { useLanguage } from "../../i18n/LanguageProvider.tsx";
import { Select } from "../../kit/Field.tsx";
import { type Definition, kindOf, type Step, type Way, waysOf } from "./definition.ts";
import { reachable, redirected } from "./edit.ts";

interface WaysFormProps {
  step: Step;
  definition: Definition;
  sentences: AutomationSentences | null;
  onChange: (next: Definition) => void;
}

/** Where each way out of a step leads. */
export function WaysForm({ step, definition, sentences, onChange }: WaysFormProps) {
  const { t } = useLanguage();
  const others = definition.steps.filter((one) => one.id !== step.id);
  const options = [
    { value: "", label: t("automations.form.end") },
    ...others.map((one) => {
      const kind = kindOf(one);
      const said = sentences?.steps[one.id] ?? one.id;
      return {
        value: one.id,
        label: kind ? `${t(`automations.kind.${kind}`)} — ${said}`.slice(0, 60) : said,
      };
    }),
  ];
  const label = (way: Way) =>
    step.branch
      ? t(way === "then" ? "automations.form.then" : "automations.form.else")
      : way === "then"
        ? t("automations.form.wait.then")
        : t("automations.form.next");
  if (others.length === 0) return null;
  return waysOf(step).map(({ way, to }) => (
    <Select
      key={way}
      label={label(way)}
      value={to}
      options={options}
      onChange={(event) => {
        const next = redirected(definition, step.id, way, event.target.value);
        // What nobody comes to any more is kept, and told: it may be led to from elsewhere.
        if (reachable(next.steps).size > 0) onChange(next);
      }}
    />
  ));
}
