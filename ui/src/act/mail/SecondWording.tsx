import type { MailOutcome } from "../../api/useMail.ts";
import { useLanguage } from "../../i18n/LanguageProvider.tsx";
import { Field, Select } from "../../kit/Field.tsx";
import styles from "./mail.module.css";

/** A second wording that is tried against the first. */
export interface Second {
  template: string;
  /** Percent who are sent it. */
  share: number;
  by: "clicks" | "opens" | "kpi";
  /** The indicator, by kpi. */
  kpi: string;
}

interface SecondWordingProps {
  label: string;
  hint: string;
  /** null: there is one wording. */
  value: Second | null;
  /** What may be chosen beside the first. */
  others: { id: string; name: string }[];
  /** The indicators they can be told apart by; undefined: not known yet. */
  outcomes: MailOutcome[] | undefined;
  /** Why there is none. */
  none: string;
  onChange: (next: Second | null) => void;
}

/** Whether two wordings are tried, which, for how many, and what tells them apart. */
export function SecondWording(props: SecondWordingProps) {
  const { label, hint, value, others, outcomes = [], none, onChange } = props;
  const { t } = useLanguage();
  const by = value?.by === "kpi" ? `kpi:${value.kpi}` : (value?.by ?? "clicks");
  const kpi = value?.by === "kpi" && !outcomes.some((one) => one.id === value.kpi);
  return (
    <>
      <label className={styles.check}>
        <input
          type="checkbox"
          checked={value !== null}
          onChange={(e) =>
            onChange(
              e.target.checked
                ? { template: others[0]?.id ?? "", share: 50, by: "clicks", kpi: "" }
                : null,
            )
          }
        />
        {label}
      </label>
      {value && (
        <>
          <div className={styles.pair}>
            <Select
              label={t("mail.cast.b")}
              value={value.template}
              options={others.map((one) => ({ value: one.id, label: one.name }))}
              onChange={(e) => onChange({ ...value, template: e.target.value })}
            />
            <Field
              label={t("mail.cast.share", { a: 100 - value.share, b: value.share })}
              hint={t("mail.cast.share.hint")}
              type="range"
              min={10}
              max={90}
              step={5}
              value={value.share}
              onChange={(e) => onChange({ ...value, share: Number(e.target.value) })}
            />
          </div>
          <Select
            label={t("mail.by")}
            hint={
              <>
                {value.by !== "clicks" && t(`mail.by.${value.by}.hint`)}{" "}
                {props.outcomes?.length === 0 && none} {hint}
              </>
            }
            value={by}
            options={[
              { value: "clicks", label: t("mail.by.clicks") },
              { value: "opens", label: t("mail.by.opens") },
              ...outcomes.map((one) => ({
                value: `kpi:${one.id}`,
                label: t("mail.by.kpi", { kpi: one.name }),
              })),
              // What was chosen once stays to be seen, though it is not counted by person any more.
              ...(kpi ? [{ value: by, label: t("mail.by.kpi", { kpi: value.kpi }) }] : []),
            ]}
            onChange={(e) => {
              const [kind, id = ""] = e.target.value.split(/:(.*)/s);
              onChange({ ...value, by: kind as Second["by"], kpi: id });
            }}
          />
        </>
      )}
    </>
  );
}
