import { type Outcome, useEventNames } from "../../api/usePaths.ts";
import { useLanguage } from "../../i18n/LanguageProvider.tsx";
import { Select } from "../../kit/Field.tsx";
import { useReport, useReportQuery } from "../frame/report.ts";

interface OutcomePickProps {
  outcomes: Outcome[];
  outcome: Outcome | null;
}

/** What counts as having come of it: an indicator of the map, the KGI first, or an event. */
export function OutcomePick({ outcomes, outcome }: OutcomePickProps) {
  const { t } = useLanguage();
  const { ws, search, change } = useReport();
  const names = useEventNames(ws, useReportQuery());
  const { indicator: _, event: __, ...rest } = search;
  const value = outcome?.indicator
    ? `i ${outcome.indicator}`
    : outcome?.event
      ? `e ${outcome.event}`
      : "";
  const options = [
    ...outcomes.map((one) => ({
      value: `i ${one.indicator}`,
      label: one.traceable
        ? t(one.kgi ? "credit.outcome.kgi" : "credit.outcome.kpi", { name: one.name })
        : t("credit.outcome.not", { name: one.name }),
      disabled: !one.traceable,
    })),
    ...(names.data?.names ?? []).map((one) => ({
      value: `e ${one.name}`,
      label: t("credit.outcome.event", { name: one.label }),
    })),
  ];
  const known = options.some((one) => one.value === value);
  return (
    <Select
      label={t("credit.outcome")}
      value={value}
      onChange={(event) => {
        const name = event.target.value.slice(2);
        change(
          event.target.value.startsWith("i ")
            ? { ...rest, indicator: name }
            : { ...rest, event: name },
        );
      }}
      options={
        known || !outcome
          ? options
          : [{ value, label: t("credit.outcome.event", { name: outcome.name }) }, ...options]
      }
    />
  );
}

/** Why the KGI is not what is traced, where it is not. */
export function useWhyNot(outcomes: Outcome[], outcome: Outcome | null): string | null {
  const { t } = useLanguage();
  const kgi = outcomes.find((one) => one.kgi);
  if (!kgi || kgi.traceable || outcome?.indicator) return null;
  return outcome
    ? t("credit.instead", { kgi: kgi.name, name: outcome.name })
    : t("credit.instead.none", { kgi: kgi.name });
}
