import type { UseMutationResult } from "@tanstack/react-query";
import { useState } from "react";
import { problemAt } from "../../api/client.ts";
import type { Indicator, MapReply } from "../../api/types.ts";
import { useMap } from "../../api/useMap.ts";
import {
  type DecideRequest,
  type DecisionKind,
  type ReviewItem,
  type ReviewPage,
  useTrial,
} from "../../api/useReviews.ts";
import { useScreening } from "../../api/useScreening.ts";
import { addDays } from "../../i18n/day.ts";
import { useLanguage } from "../../i18n/LanguageProvider.tsx";
import { Button } from "../../kit/Button.tsx";
import { Field, Select, TextField } from "../../kit/Field.tsx";
import { Icon } from "../../kit/Icon.tsx";
import { Notice } from "../../kit/Notice.tsx";
import { useSettled } from "../../kit/useSettled.ts";
import { type Draft, newDraft, requestOf, shownTarget, targetKinds } from "./draft.ts";
import styles from "./minutes.module.css";

interface DecideFormProps {
  ws: string;
  page: ReviewPage;
  item: ReviewItem;
  kind: DecisionKind;
  decide: UseMutationResult<
    { ok: boolean; problems: { message: string; mend: string }[] },
    Error,
    DecideRequest
  >;
  onClose: () => void;
}

/** How an item is settled: what exactly, why, who looks after it. */
export function DecideForm({ ws, page, item, kind, decide, onClose }: DecideFormProps) {
  const { t } = useLanguage();
  const map = useMap(ws, {});
  const [draft, setDraft] = useState<Draft>(() => newDraft(item, addDays(page.today, 30)));
  const set = (change: Partial<Draft>) => setDraft((old) => ({ ...old, ...change }));
  const [tried, setTried] = useState(false);
  // What is being kept is not tried once more: it would clash with itself.
  const [keeping, setKeeping] = useState(false);
  const indicators = map.data?.indicators ?? [];
  const about = indicators.find((one) => one.id === draft.indicator);
  const request = map.data ? requestOf(kind, item, draft, about, map.data.model.version) : null;
  const changes = kind === "change-target" || kind === "replace-kpi";
  const settled = useSettled(JSON.stringify(changes ? request : null));
  const trial = useTrial(
    ws,
    page.id,
    keeping ? null : (JSON.parse(settled) as DecideRequest | null),
  );
  const refused = decide.error ?? null;
  const at = (place: string) => problemAt(refused, place);
  function save() {
    setTried(true);
    if (!request || !draft.why.trim()) return;
    setKeeping(true);
    decide.mutate(request, {
      onSuccess: (reply) => (reply.ok ? onClose() : setKeeping(false)),
      onError: () => setKeeping(false),
    });
  }
  return (
    <div className={styles.decide}>
      {kind !== "keep" && kind !== "measure-again" && (
        <Select
          label={t("reviews.about")}
          value={draft.indicator}
          error={at("body.indicator")}
          options={[
            ...(draft.indicator ? [] : [{ value: "", label: t("reviews.about.choose") }]),
            ...indicators
              .filter((one) => kind !== "replace-kpi" || !one.is_kgi)
              .map((one) => ({ value: one.id, label: one.name })),
          ]}
          onChange={(event) => set({ indicator: event.target.value, amount: "", by: "" })}
        />
      )}
      {kind === "change-target" && about && (
        <TargetFields
          about={about}
          draft={draft}
          set={set}
          error={tried && !request ? t("reviews.amount.missing") : at("body.target.amount")}
        />
      )}
      {kind === "replace-kpi" && about && map.data && (
        <ReplaceFields ws={ws} map={map.data} draft={draft} set={set} />
      )}
      {kind === "initiative" && (
        <div className={styles.pair}>
          <Field
            label={t("reviews.initiative.name")}
            value={draft.name}
            maxLength={120}
            error={at("body.initiative.name")}
            placeholder={t("reviews.initiative.example")}
            onChange={(event) => set({ name: event.target.value })}
          />
          <Field
            label={t("reviews.initiative.begins")}
            optional
            type="date"
            value={draft.begins}
            onChange={(event) => set({ begins: event.target.value })}
          />
        </div>
      )}
      <TextField
        label={t("reviews.why")}
        rows={2}
        value={draft.why}
        maxLength={1000}
        placeholder={t(`reviews.why.${kind}`)}
        error={tried && !draft.why.trim() ? t("reviews.why.missing") : at("body.why")}
        onChange={(event) => set({ why: event.target.value })}
      />
      <div className={styles.pair}>
        <Field
          label={t("reviews.owner")}
          optional
          value={draft.owner}
          maxLength={80}
          onChange={(event) => set({ owner: event.target.value })}
        />
        <Field
          label={t(kind === "measure-again" ? "reviews.due.again" : "reviews.due")}
          optional={kind !== "measure-again"}
          type="date"
          value={kind === "measure-again" ? draft.again : draft.due}
          error={at("body.due")}
          onChange={(event) =>
            set(
              kind === "measure-again"
                ? { again: event.target.value }
                : { due: event.target.value },
            )
          }
        />
      </div>
      {changes && trial.data && trial.data.problems.length === 0 && (
        <div className={styles.trial}>
          <p>
            {t("reviews.trial", {
              before: map.data?.model.version ?? 0,
              after: (map.data?.model.version ?? 0) + 1,
            })}
          </p>
          <ul>
            {trial.data.changes.map((one) => (
              <li key={one}>
                <Icon name="act" size={12} />
                <span>{one}</span>
              </li>
            ))}
          </ul>
        </div>
      )}
      {changes && trial.data?.lapses && <Notice kind="warn">{trial.data.lapses.sentence}</Notice>}
      {changes && trial.error && <Notice kind="warn">{trial.error.message}</Notice>}
      {(trial.data?.problems ?? decide.data?.problems ?? []).map((one) => (
        <Notice key={one.message} kind="bad">
          {one.message} {one.mend}
        </Notice>
      ))}
      {refused &&
        !["why", "due", "indicator", "target.amount", "initiative.name"].some((place) =>
          at(`body.${place}`),
        ) && <Notice kind="bad">{refused.message}</Notice>}
      <div className={styles.acts}>
        <Button kind="primary" disabled={decide.isPending} onClick={save}>
          {t("reviews.decide")}
        </Button>
        <Button onClick={onClose}>{t("kit.cancel")}</Button>
      </div>
    </div>
  );
}

interface TargetFieldsProps {
  about: Indicator;
  draft: Draft;
  set: (change: Partial<Draft>) => void;
  error: string | undefined;
}

function TargetFields({ about, draft, set, error }: TargetFieldsProps) {
  const { t } = useLanguage();
  const target = about.target && about.target.kind !== "vague" ? about.target : null;
  const growth = (target?.kind ?? draft.target) === "growth";
  return (
    <>
      {!target && (
        <Select
          label={t("reviews.target.kind")}
          value={draft.target}
          options={targetKinds.map((kind) => ({ value: kind, label: t(`reviews.target.${kind}`) }))}
          onChange={(event) => set({ target: event.target.value as Draft["target"] })}
        />
      )}
      <div className={styles.pair}>
        <Field
          label={t(growth ? "reviews.amount.growth" : "reviews.amount", {
            unit: growth ? "%" : about.unit,
          })}
          inputMode="decimal"
          value={draft.amount}
          error={error}
          hint={target ? t("reviews.amount.now", { label: shownTarget(target) }) : undefined}
          onChange={(event) => set({ amount: event.target.value })}
        />
        <Field
          label={t("reviews.deadline")}
          type="date"
          value={draft.by || (target?.by ?? "")}
          onChange={(event) => set({ by: event.target.value })}
        />
      </div>
    </>
  );
}

interface ReplaceFieldsProps {
  ws: string;
  map: MapReply;
  draft: Draft;
  set: (change: Partial<Draft>) => void;
}

function ReplaceFields({ ws, map, draft, set }: ReplaceFieldsProps) {
  const { t } = useLanguage();
  const { data } = useScreening(ws);
  const candidates = data?.candidates ?? [];
  const chosen = candidates.find((one) => one.metric === draft.metric);
  return (
    <>
      <Select
        label={t("reviews.replace.with")}
        value={draft.metric}
        hint={chosen ? chosen.sentence : t("reviews.replace.hint")}
        options={[
          { value: "", label: t("reviews.replace.off") },
          ...candidates.map((one) => ({
            value: one.metric,
            label: `${one.name} — ${t(`screening.verdict.${one.verdict as "moves" | "does-not-move" | "cannot-tell"}`)}`,
          })),
        ]}
        onChange={(event) => {
          const one = candidates.find(({ metric }) => metric === event.target.value);
          set({ metric: event.target.value, metricName: one?.name ?? "" });
        }}
      />
      {draft.metric && (
        <div className={styles.pair}>
          <Field
            label={t("reviews.replace.name")}
            value={draft.metricName}
            maxLength={120}
            onChange={(event) => set({ metricName: event.target.value })}
          />
          <Field
            label={t("reviews.replace.unit")}
            optional
            value={draft.unit}
            maxLength={20}
            placeholder={map.indicators[0]?.unit}
            onChange={(event) => set({ unit: event.target.value })}
          />
        </div>
      )}
    </>
  );
}
