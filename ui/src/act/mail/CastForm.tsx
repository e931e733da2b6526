import { Link, useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import {
  type Broadcast,
  type BroadcastPlan,
  type MailTemplate,
  useAudience,
  useDropBroadcast,
  useKeepBroadcast,
  useMailOutcomes,
  useMailSenders,
  useMoveBroadcast,
  usePreflight,
} from "../../api/useMail.ts";
import { usePeopleSegments } from "../../api/useSegments.ts";
import { useLanguage } from "../../i18n/LanguageProvider.tsx";
import { Button } from "../../kit/Button.tsx";
import { Card } from "../../kit/Card.tsx";
import { Choices } from "../../kit/Choices.tsx";
import { Dialog } from "../../kit/Dialog.tsx";
import { Field, Select } from "../../kit/Field.tsx";
import { Notice } from "../../kit/Notice.tsx";
import { useToast } from "../../kit/Toast.tsx";
import { useSettled } from "../../kit/useSettled.ts";
import { ConditionBuilder } from "../conditions/ConditionBuilder.tsx";
import { emptyCondition } from "../conditions/condition.ts";
import { AudienceCard } from "./AudienceCard.tsx";
import {
  cleanedPlan,
  fieldOf,
  momentOf,
  proposed,
  SPREADS,
  secondOf,
  withSecond,
} from "./castPlan.ts";
import styles from "./mail.module.css";
import { PreflightList } from "./PreflightList.tsx";
import { SecondWording } from "./SecondWording.tsx";
import { useMay } from "./useMay.ts";

interface CastFormProps {
  ws: string;
  cast: Broadcast | null;
  templates: MailTemplate[];
}

type Whom = "all" | "segment" | "condition";

function whomOf(plan: BroadcastPlan): Whom {
  if (!plan.audience || Object.keys(plan.audience).length === 0) return "all";
  return plan.audience.segment ? "segment" : "condition";
}

/** What to send, to whom and when; what stands in the way is said beside it. */
export function CastForm({ ws, cast, templates }: CastFormProps) {
  const { t, f } = useLanguage();
  const say = useToast();
  const go = useNavigate();
  const may = useMay(ws);
  const [plan, setPlan] = useState<BroadcastPlan>(
    cast?.plan ?? { name: "", template: templates[0]?.id ?? "" },
  );
  const [whom, setWhom] = useState<Whom>(whomOf(plan));
  const [when, setWhen] = useState<"now" | "at">(plan.at ? "at" : "now");
  const [sure, setSure] = useState(false);
  const segments = usePeopleSegments(ws);
  const senders = useMailSenders(ws);
  const outcomes = useMailOutcomes(ws, !!plan.template_b);
  const keep = useKeepBroadcast(ws);
  const move = useMoveBroadcast(ws);
  const drop = useDropBroadcast(ws);
  const change = (part: Partial<BroadcastPlan>) => setPlan({ ...plan, ...part });
  const chosen = templates.find((one) => one.id === plan.template);
  const sender = chosen?.template.sender ?? "";
  const marketing = chosen?.template.stream === "marketing";
  const kept = cleanedPlan(plan, when);
  const ask = useSettled(
    { template: plan.template, ...(kept.audience ? { audience: kept.audience } : {}) },
    400,
  );
  const finished = whom === "all" || kept.audience !== undefined;
  const audience = useAudience(ws, ask, plan.template !== "" && finished);
  const looked = usePreflight(ws, sender, plan.template);
  const red = marketing && (looked.data?.blocks ?? false);
  const count = audience.data?.may ?? 0;
  const pending = keep.isPending || move.isPending;
  const ready = plan.name.trim() !== "" && plan.template !== "" && finished;
  const wrong = keep.error ?? move.error ?? drop.error;

  function save(then?: "planned" | "sending") {
    setSure(false);
    move.reset();
    keep.mutate(
      {
        id: cast?.id ?? "",
        version: cast?.version ?? 0,
        plan: { ...kept, name: plan.name.trim() },
      },
      {
        onSuccess: (saved) => {
          const open = () =>
            void go({
              to: "/w/$ws/act/mail/broadcasts/$id",
              params: { ws, id: saved.id },
              replace: true,
            });
          if (then) move.mutate({ id: saved.id, to: then }, { onSettled: open });
          else {
            say({ text: t("mail.cast.saved") });
            open();
          }
        },
      },
    );
  }
  const options = templates.map((one) => ({
    value: one.id,
    label: one.template.name || one.template.subject,
  }));
  // A and B are of one kind: the server refuses others, so they are not offered.
  const others = templates.filter(
    (one) =>
      one.id !== plan.template &&
      one.template.stream === chosen?.template.stream &&
      (one.template.topic ?? "") === (chosen?.template.topic ?? ""),
  );
  return (
    <div className={styles.two}>
      <fieldset className={styles.steps} disabled={!may.write}>
        <legend className="sr">{t("mail.cast.plan")}</legend>
        <Card className={styles.form}>
          <h2 className={styles.h2}>{t("mail.cast.what")}</h2>
          <Field
            label={t("mail.cast.name")}
            hint={t("mail.cast.name.hint")}
            required
            maxLength={100}
            value={plan.name}
            onChange={(e) => change({ name: e.target.value })}
          />
          <Select
            label={plan.template_b ? t("mail.cast.a") : t("mail.cast.template")}
            value={plan.template}
            options={options}
            onChange={(e) => setPlan(withSecond({ ...plan, template: e.target.value }, null))}
          />
          {chosen && (
            <p className={`${styles.small} quiet`}>
              {t("mail.cast.subject", { subject: chosen.template.subject })}{" "}
              <Link
                to="/w/$ws/act/mail/templates/$id"
                params={{ ws, id: chosen.id }}
                className={styles.link}
              >
                {t("mail.cast.look")}
              </Link>
            </p>
          )}
          {others.length > 0 && (
            <SecondWording
              label={t("mail.cast.ab")}
              hint={t("mail.by.hint")}
              value={secondOf(plan)}
              others={others.map((one) => ({
                id: one.id,
                name: one.template.name || one.template.subject,
              }))}
              outcomes={outcomes.data}
              none={t("mail.by.kpi.none")}
              onChange={(second) => setPlan(withSecond(plan, second))}
            />
          )}
        </Card>
        <Card className={styles.form}>
          <h2 className={styles.h2}>{t("mail.cast.whom")}</h2>
          <Choices
            legend={t("mail.cast.whom")}
            silentLegend
            least={150}
            value={whom}
            options={(["all", "segment", "condition"] as const).map((value) => ({
              value,
              title: t(`mail.whom.${value}`),
              line: t(`mail.whom.${value}.line`),
            }))}
            onChange={(next) => {
              setWhom(next);
              const first = segments.data?.segments[0]?.id;
              change({
                audience:
                  next === "all"
                    ? {}
                    : next === "segment"
                      ? first
                        ? { segment: first }
                        : {}
                      : emptyCondition(),
              });
            }}
          />
          {whom === "segment" &&
            (segments.data?.segments.length === 0 ? (
              <p className="quiet">{t("mail.whom.segment.none")}</p>
            ) : (
              <Select
                label={t("mail.whom.segment")}
                value={plan.audience?.segment ?? ""}
                options={(segments.data?.segments ?? []).map((one) => ({
                  value: one.id,
                  label: one.people === null ? one.name : `${one.name} (${f.count(one.people)})`,
                }))}
                onChange={(e) => change({ audience: { segment: e.target.value } })}
              />
            ))}
          {whom === "condition" && (
            <ConditionBuilder
              ws={ws}
              value={plan.audience ?? emptyCondition()}
              onChange={(next) => change({ audience: next })}
            />
          )}
        </Card>
        <Card className={styles.form}>
          <h2 className={styles.h2}>{t("mail.cast.when")}</h2>
          <Choices
            legend={t("mail.cast.when")}
            silentLegend
            least={180}
            value={when}
            options={(["now", "at"] as const).map((value) => ({
              value,
              title: t(`mail.when.${value}`),
              line: t(`mail.when.${value}.line`),
            }))}
            onChange={(next) => {
              setWhen(next);
              if (next === "at" && !plan.at) change({ at: proposed(new Date()) });
            }}
          />
          <div className={styles.pair}>
            {when === "at" && (
              <Field
                label={t("mail.when.field")}
                type="datetime-local"
                value={fieldOf(plan.at)}
                onChange={(e) => {
                  const at = momentOf(e.target.value);
                  if (at) change({ at });
                }}
              />
            )}
            <Select
              label={t("mail.spread")}
              hint={t("mail.spread.hint")}
              value={String(plan.spread_minutes ?? 0)}
              options={SPREADS.map((minutes) => ({
                value: String(minutes),
                label: minutes
                  ? t("mail.spread.over", { hours: minutes / 60 })
                  : t("mail.spread.none"),
              }))}
              onChange={(e) => change({ spread_minutes: Number(e.target.value) })}
            />
          </div>
        </Card>
        {wrong && <Notice kind="bad">{wrong.message}</Notice>}
        <div className={styles.buttons}>
          {may.send ? (
            <Button
              kind="primary"
              disabled={!ready || pending || red || count === 0}
              onClick={() => setSure(true)}
            >
              {t(when === "at" ? "mail.cast.schedule" : "mail.cast.send")}
            </Button>
          ) : (
            <p className="quiet">{t("mail.cast.editor")}</p>
          )}
          <Button disabled={!ready || pending} onClick={() => save()}>
            {t("mail.cast.draft")}
          </Button>
          {cast && (
            <Button
              kind="quiet"
              disabled={pending}
              onClick={() =>
                drop.mutate(cast.id, {
                  onSuccess: () => void go({ to: "/w/$ws/act/mail", params: { ws } }),
                })
              }
            >
              {t("mail.cast.drop")}
            </Button>
          )}
        </div>
        {red && <p className="bad">{t("mail.cast.red")}</p>}
      </fieldset>
      <aside className={styles.side}>
        <AudienceCard
          audience={finished ? audience.data : undefined}
          error={audience.error}
          busy={audience.isFetching}
        />
        {sender && (
          <Card>
            <h2 className={styles.h3}>
              {t("mail.preflight")}
              <small className="quiet">
                {senders.data?.senders.find((one) => one.id === sender)?.settings.from}
              </small>
            </h2>
            <PreflightList
              ws={ws}
              sender={sender}
              marketing={marketing}
              template={plan.template}
              short
            />
            {red && (
              <p className={styles.small}>
                <Link to="/w/$ws/act/mail/senders" params={{ ws }} className={styles.link}>
                  {t("mail.preflight.mend")}
                </Link>
              </p>
            )}
          </Card>
        )}
      </aside>
      {sure && (
        <Dialog
          title={t(when === "at" ? "mail.sure.at" : "mail.sure.now", { count: f.count(count) })}
          onClose={() => setSure(false)}
          actions={
            <>
              <Button kind="primary" onClick={() => save(when === "at" ? "planned" : "sending")}>
                {t(when === "at" ? "mail.cast.schedule" : "mail.cast.send")}
              </Button>
              <Button onClick={() => setSure(false)}>{t("mail.cancel")}</Button>
            </>
          }
        >
          <p>
            {when === "at" && plan.at
              ? t("mail.sure.at.line", { at: f.time(plan.at) })
              : t("mail.sure.now.line")}
          </p>
        </Dialog>
      )}
    </div>
  );
}
