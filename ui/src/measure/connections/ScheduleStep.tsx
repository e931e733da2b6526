import { useState } from "react";
import type { ConnectionKind } from "../../api/types.ts";
import { useLanguage } from "../../i18n/LanguageProvider.tsx";
import { Button } from "../../kit/Button.tsx";
import { Choices } from "../../kit/Choices.tsx";
import { Field } from "../../kit/Field.tsx";
import styles from "../measure.module.css";

export interface Schedule {
  schedule: string;
  since?: string;
  window_days?: number;
}

interface ScheduleStepProps {
  kind: ConnectionKind;
  /** The first day to fetch; "" for the usual one. */
  from: string;
  pending: boolean;
  onBack: () => void;
  onSave: (schedule: Schedule) => void;
}

/** How many of the last days the other side still corrects. */
const WINDOW: Record<ConnectionKind, number> = {
  ga4: 3,
  search_console: 4,
  sql: 2,
  http: 2,
  sheets: 2,
};

/** When it is fetched, and from which day on. */
export function ScheduleStep({ kind, from, pending, onBack, onSave }: ScheduleStepProps) {
  const { t } = useLanguage();
  const [every, setEvery] = useState<"daily" | "hourly">("daily");
  const [at, setAt] = useState("06:30");
  const [since, setSince] = useState(from);
  const [days, setDays] = useState(String(WINDOW[kind]));
  const whole = kind === "sheets";
  const count = Number(days);
  const ready = every === "hourly" || /^\d\d:\d\d$/.test(at);
  return (
    <div className={styles.stack}>
      <Choices
        legend={t("connect.when")}
        least={200}
        value={every}
        options={(["daily", "hourly"] as const).map((one) => ({
          value: one,
          title: t(`connect.when.${one}`),
          line: t(`connect.when.${one}.line`),
        }))}
        onChange={setEvery}
      />
      <div className={styles.pair}>
        {every === "daily" && (
          <Field
            label={t("connect.at")}
            type="time"
            value={at}
            onChange={(event) => setAt(event.target.value)}
          />
        )}
        {!whole && (
          <>
            <Field
              label={t("connect.since")}
              hint={t("connect.since.hint")}
              type="date"
              optional
              value={since}
              onChange={(event) => setSince(event.target.value)}
            />
            <Field
              label={t("connect.window")}
              hint={t("connect.window.hint")}
              type="number"
              min={1}
              max={90}
              value={days}
              onChange={(event) => setDays(event.target.value)}
            />
          </>
        )}
      </div>
      <div className={styles.foot}>
        <Button
          kind="primary"
          disabled={pending || !ready}
          onClick={() =>
            onSave({
              schedule: every === "hourly" ? "hourly" : `daily ${at}`,
              ...(since ? { since } : {}),
              ...(count >= 1 && count <= 90 ? { window_days: Math.round(count) } : {}),
            })
          }
        >
          {t(pending ? "connect.saving" : "connect.save")}
        </Button>
        <Button onClick={onBack}>{t("measure.back")}</Button>
      </div>
    </div>
  );
}
