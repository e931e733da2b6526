import { Link } from "@tanstack/react-router";
import { type FormEvent, useState } from "react";
import {
  type AlertKind,
  type AlertSettings,
  type Alerts,
  useSetAlerts,
  useSetMyAlerts,
} from "../../api/useAlerts.ts";
import { useLanguage } from "../../i18n/LanguageProvider.tsx";
import { Button } from "../../kit/Button.tsx";
import { Card } from "../../kit/Card.tsx";
import { Field, Select } from "../../kit/Field.tsx";
import { Notice } from "../../kit/Notice.tsx";
import { useToast } from "../../kit/Toast.tsx";
import styles from "./alerts.module.css";

const KINDS: AlertKind[] = [
  "milestone",
  "pace",
  "step",
  "link",
  "stale",
  "leads",
  "review",
  "question",
  "agreement",
];

const QUESTIONS = ["all", "called", "none"] as const;

/** What reaches oneself, and what the team decided for all. */
export function Reach({ ws, alerts }: { ws: string; alerts: Alerts }) {
  return (
    <div className={styles.two}>
      <Mine ws={ws} alerts={alerts} />
      <Team ws={ws} alerts={alerts} />
    </div>
  );
}

/** What is mailed to whoever looks; every tick is kept at once. */
function Mine({ ws, alerts }: { ws: string; alerts: Alerts }) {
  const { t } = useLanguage();
  const say = useToast();
  const set = useSetMyAlerts(ws);
  const wished = set.isPending ? set.variables : undefined;
  const chosen = wished?.kinds ?? alerts.mine;
  const questions = wished?.questions ?? alerts.my_questions;
  const keep = (wish: Parameters<typeof set.mutate>[0]) =>
    set.mutate(wish, { onSuccess: () => say({ text: t("alerts.mine.kept") }) });
  const turn = (kind: AlertKind, on: boolean) =>
    keep({ kinds: on ? [...chosen, kind] : chosen.filter((one) => one !== kind), questions });
  return (
    <Card>
      <fieldset className={styles.set} disabled={!alerts.address}>
        <legend>{t("alerts.mine")}</legend>
        <p className={`quiet ${styles.small}`}>
          {alerts.address
            ? t("alerts.mine.line", { address: alerts.address })
            : t("alerts.mine.nobody")}
        </p>
        {alerts.may_see.map((kind) => (
          <label key={kind} className={styles.tick}>
            <input
              type="checkbox"
              checked={chosen.includes(kind)}
              disabled={alerts.settings.off.includes(kind)}
              onChange={(event) => turn(kind, event.target.checked)}
            />
            <span>
              {t(`alerts.kind.${kind}`)}
              <small>
                {alerts.settings.off.includes(kind)
                  ? t("alerts.mine.off")
                  : t(`alerts.kindLine.${kind}`)}
              </small>
            </span>
          </label>
        ))}
        <Select
          label={t("alerts.questions")}
          hint={t("alerts.questions.line")}
          value={questions}
          options={QUESTIONS.map((one) => ({ value: one, label: t(`alerts.questions.${one}`) }))}
          onChange={(event) => {
            const one = QUESTIONS.find((known) => known === event.target.value);
            if (one) keep({ kinds: chosen, questions: one });
          }}
        />
      </fieldset>
      {set.error && <Notice kind="bad">{set.error.message}</Notice>}
      {!alerts.mails && alerts.leaves && (
        <Notice
          kind="warn"
          actions={
            <Link to="/w/$ws/act/mail/senders" params={{ ws }}>
              {t("alerts.noSender.step")}
            </Link>
          }
        >
          {t("alerts.noSender")}
        </Notice>
      )}
    </Card>
  );
}

/** What the team decided for all: kinds, hours, how long something may wait. */
function Team({ ws, alerts }: { ws: string; alerts: Alerts }) {
  const { t } = useLanguage();
  const say = useToast();
  const keep = useSetAlerts(ws);
  const [wish, setWish] = useState<AlertSettings>(alerts.settings);
  const set = (part: Partial<AlertSettings>) => setWish({ ...wish, ...part });
  const may = alerts.may_decide;
  const hours = Array.from({ length: 24 }, (_, hour) => ({
    value: String(hour),
    label: t("alerts.hour", { hour }),
  }));
  const changed = JSON.stringify(wish) !== JSON.stringify(alerts.settings);
  async function save(event: FormEvent) {
    event.preventDefault();
    try {
      const reply = await keep.mutateAsync(wish);
      // What was chosen while it was being kept stays chosen.
      setWish((now) => (now === wish ? reply.settings : now));
      say({ text: t("alerts.settings.kept") });
    } catch {
      // Said below.
    }
  }
  return (
    <Card>
      <form className={styles.form} onSubmit={(event) => void save(event)}>
        <fieldset className={styles.set} disabled={!may}>
          <legend>{t("alerts.settings")}</legend>
          <p className={`quiet ${styles.small}`}>
            {t(may ? "alerts.settings.line" : "alerts.settings.readOnly")}
          </p>
          {KINDS.map((kind) => (
            <label key={kind} className={styles.tick}>
              <input
                type="checkbox"
                checked={!wish.off.includes(kind)}
                onChange={(event) =>
                  set({
                    off: event.target.checked
                      ? wish.off.filter((one) => one !== kind)
                      : [...wish.off, kind],
                  })
                }
              />
              <span>{t(`alerts.kind.${kind}`)}</span>
            </label>
          ))}
        </fieldset>
        <fieldset className={styles.set} disabled={!may}>
          <legend>{t("alerts.when")}</legend>
          <div className={styles.row}>
            <div>
              <Select
                label={t("alerts.morning")}
                value={String(wish.hour)}
                options={hours}
                onChange={(event) => set({ hour: Number(event.target.value) })}
              />
            </div>
            <div>
              <Select
                label={t("alerts.quietFrom")}
                value={String(wish.quiet_from)}
                options={hours}
                onChange={(event) => set({ quiet_from: Number(event.target.value) })}
              />
            </div>
            <div>
              <Select
                label={t("alerts.quietTo")}
                value={String(wish.quiet_to)}
                options={hours}
                onChange={(event) => set({ quiet_to: Number(event.target.value) })}
              />
            </div>
          </div>
          <label className={styles.tick}>
            <input
              type="checkbox"
              checked={wish.closed}
              onChange={(event) => set({ closed: event.target.checked })}
            />
            <span>{t("alerts.closed")}</span>
          </label>
          <label className={styles.tick}>
            <input
              type="checkbox"
              checked={wish.urgent}
              onChange={(event) => set({ urgent: event.target.checked })}
            />
            <span>
              {t("alerts.urgent")}
              <small>{t("alerts.urgent.line")}</small>
            </span>
          </label>
        </fieldset>
        <fieldset className={styles.set} disabled={!may}>
          <legend>{t("alerts.waits")}</legend>
          <div className={styles.row}>
            <div>
              <Field
                label={t("alerts.waits.leads")}
                type="number"
                min={1}
                max={240}
                value={wish.lead_hours}
                onChange={(event) => set({ lead_hours: event.target.valueAsNumber || 1 })}
              />
            </div>
            <div>
              <Field
                label={t("alerts.waits.questions")}
                type="number"
                min={1}
                max={30}
                value={wish.question_days}
                onChange={(event) => set({ question_days: event.target.valueAsNumber || 1 })}
              />
            </div>
          </div>
        </fieldset>
        {keep.error && <Notice kind="bad">{keep.error.message}</Notice>}
        {may && (
          <div className={styles.actions}>
            <Button kind="primary" type="submit" disabled={keep.isPending || !changed}>
              {t("alerts.settings.keep")}
            </Button>
            {changed && <Button onClick={() => setWish(alerts.settings)}>{t("kit.cancel")}</Button>}
          </div>
        )}
      </form>
    </Card>
  );
}
