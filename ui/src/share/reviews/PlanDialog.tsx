import { useState } from "react";
import { useMembers } from "../../api/useMembers.ts";
import { useNotices } from "../../api/useNotices.ts";
import { type PlanBody, type ReviewsReply, useReviewActs } from "../../api/useReviews.ts";
import { useLanguage } from "../../i18n/LanguageProvider.tsx";
import { Button } from "../../kit/Button.tsx";
import { Dialog } from "../../kit/Dialog.tsx";
import { Field, Select } from "../../kit/Field.tsx";
import { Notice } from "../../kit/Notice.tsx";
import { useToast } from "../../kit/Toast.tsx";
import { clock } from "./NextCard.tsx";
import styles from "./reviews.module.css";

interface PlanDialogProps {
  ws: string;
  plan: ReviewsReply["plan"];
  onClose: () => void;
}

const FIRST: PlanBody = {
  every: "month",
  by: "weekday",
  weekday: 1,
  nth: 1,
  month: 1,
  closed: "later",
  at: 600,
  lasts: 60,
  people: [],
  places: [],
  before: 3,
};

const WEEKDAYS = [1, 2, 3, 4, 5, 6, 0] as const;

/** When reviews are held and who is invited. */
export function PlanDialog({ ws, plan, onClose }: PlanDialogProps) {
  const { t } = useLanguage();
  const say = useToast();
  const members = useMembers(ws);
  const places = useNotices(ws);
  const acts = useReviewActs(ws);
  const [body, setBody] = useState<PlanBody>(() => {
    if (!plan) return FIRST;
    const { sentence: _, ...rest } = plan;
    return { ...rest, by: rest.by ?? "weekday", nth: rest.nth || 1, month: rest.month || 1 };
  });
  const set = (change: Partial<PlanBody>) => setBody((old) => ({ ...old, ...change }));
  const flip = (list: string[], id: string) =>
    list.includes(id) ? list.filter((one) => one !== id) : [...list, id];
  const weekly = body.every === "week";
  const byWeekday = weekly || body.by === "weekday";
  function save() {
    acts.plan.mutate(body, {
      onSuccess: () => {
        say({ text: t("reviews.plan.saved") });
        onClose();
      },
    });
  }
  return (
    <Dialog
      title={t("reviews.plan.title")}
      onClose={onClose}
      actions={
        <>
          <Button kind="primary" disabled={acts.plan.isPending} onClick={save}>
            {t("reviews.plan.save")}
          </Button>
          <Button onClick={onClose}>{t("kit.cancel")}</Button>
          {plan && (
            <Button
              kind="quiet"
              disabled={acts.drop.isPending}
              onClick={() => acts.drop.mutate(undefined, { onSuccess: onClose })}
            >
              {t("reviews.plan.drop")}
            </Button>
          )}
        </>
      }
    >
      <div className={styles.form}>
        <Select
          label={t("reviews.every")}
          value={body.every}
          options={(["week", "month", "quarter"] as const).map((value) => ({
            value,
            label: t(`reviews.every.${value}`),
          }))}
          onChange={(event) => set({ every: event.target.value as PlanBody["every"] })}
        />
        {body.every === "quarter" && (
          <Select
            label={t("reviews.month")}
            value={String(body.month)}
            options={[1, 2, 3].map((n) => ({
              value: String(n),
              label: t("reviews.month.nth", { n }),
            }))}
            onChange={(event) => set({ month: Number(event.target.value) })}
          />
        )}
        {!weekly && (
          <div className={styles.pair}>
            <Select
              label={t("reviews.by")}
              value={body.by ?? "weekday"}
              options={(["weekday", "day", "business"] as const).map((value) => ({
                value,
                label: t(`reviews.by.${value}`),
              }))}
              onChange={(event) =>
                set({ by: event.target.value as "weekday" | "day" | "business", nth: 1 })
              }
            />
            <Select
              label={t("reviews.nth")}
              value={String(body.nth)}
              options={nths(body.by ?? "weekday").map((n) => ({
                value: String(n),
                label:
                  n < 0 ? t("reviews.nth.last") : t(`reviews.nth.${body.by ?? "weekday"}`, { n }),
              }))}
              onChange={(event) => set({ nth: Number(event.target.value) })}
            />
          </div>
        )}
        {byWeekday && (
          <Select
            label={t("reviews.weekday")}
            value={String(body.weekday)}
            options={WEEKDAYS.map((n) => ({
              value: String(n),
              label: t(`reviews.weekday.${n}`),
            }))}
            onChange={(event) => set({ weekday: Number(event.target.value) })}
          />
        )}
        <div className={styles.pair}>
          <Field
            label={t("reviews.clock")}
            type="time"
            value={clock(body.at).padStart(5, "0")}
            onChange={(event) => {
              const [hour, minute] = event.target.value.split(":").map(Number);
              if (hour !== undefined && minute !== undefined && !Number.isNaN(hour + minute))
                set({ at: hour * 60 + minute });
            }}
          />
          <Select
            label={t("reviews.lasts")}
            value={String(body.lasts)}
            options={[...new Set([15, 30, 45, 60, 90, 120, body.lasts])].map((n) => ({
              value: String(n),
              label: t("reviews.minutes", { n }),
            }))}
            onChange={(event) => set({ lasts: Number(event.target.value) })}
          />
        </div>
        <Select
          label={t("reviews.closed")}
          value={body.closed}
          options={(["later", "earlier", "stay"] as const).map((value) => ({
            value,
            label: t(`reviews.closed.${value}`),
          }))}
          onChange={(event) => set({ closed: event.target.value as PlanBody["closed"] })}
        />
        <fieldset className={styles.checks}>
          <legend>{t("reviews.people")}</legend>
          {(members.data?.members ?? []).map((one) => (
            <label key={one.id}>
              <input
                type="checkbox"
                checked={body.people.includes(one.id)}
                onChange={() => set({ people: flip(body.people, one.id) })}
              />
              {one.name}
            </label>
          ))}
          {members.data?.members.length === 0 && (
            <p className="quiet">{t("reviews.people.none")}</p>
          )}
          {(places.data?.places ?? []).map((one) => (
            <label key={one.id}>
              <input
                type="checkbox"
                checked={body.places.includes(one.id)}
                onChange={() => set({ places: flip(body.places, one.id) })}
              />
              {one.name}
            </label>
          ))}
        </fieldset>
        <Select
          label={t("reviews.before")}
          value={String(body.before)}
          options={[...new Set([0, 1, 3, 5, 7, 14, body.before])].map((n) => ({
            value: String(n),
            label: n === 0 ? t("reviews.before.day") : t("reviews.before.days", { n }),
          }))}
          onChange={(event) => set({ before: Number(event.target.value) })}
        />
        {(acts.plan.error ?? acts.drop.error) && (
          <Notice kind="bad">{(acts.plan.error ?? acts.drop.error)?.message}</Notice>
        )}
      </div>
    </Dialog>
  );
}

/** Which of them there are in a month; −1 is the last. */
function nths(by: "weekday" | "day" | "business"): number[] {
  const most = { weekday: 4, day: 30, business: 10 }[by];
  return [...Array.from({ length: most }, (_, i) => i + 1), -1];
}
