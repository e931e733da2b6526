import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { type Broadcast, type MailTemplate, useMoveBroadcast } from "../../api/useMail.ts";
import { useLanguage } from "../../i18n/LanguageProvider.tsx";
import { Bar } from "../../kit/Bar.tsx";
import { Button } from "../../kit/Button.tsx";
import { Card } from "../../kit/Card.tsx";
import { Dialog } from "../../kit/Dialog.tsx";
import { Notice } from "../../kit/Notice.tsx";
import broadcast from "./broadcast.module.css";
import styles from "./mail.module.css";
import { progressOf, summed } from "./results.ts";
import { Unsure } from "./Unsure.tsx";
import { useMay } from "./useMay.ts";
import { VersusCard } from "./VersusCard.tsx";

interface CastResultsProps {
  ws: string;
  cast: Broadcast;
  templates: MailTemplate[];
}

/** What became of a broadcast that was planned or begun. */
export function CastResults({ ws, cast, templates }: CastResultsProps) {
  const { t, f } = useLanguage();
  const may = useMay(ws);
  const move = useMoveBroadcast(ws);
  const [stopping, setStopping] = useState(false);
  const all = summed(cast.results);
  const { done, of } = progressOf(cast.outbox);
  const moving = cast.state === "queueing" || cast.state === "sending";
  const named = (id: string | undefined) =>
    templates.find((one) => one.id === id)?.template.name || t("mail.template.gone");
  const share = (n: number) => (all.accepted > 0 ? f.percent(n / all.accepted) : "—");
  const unsure = cast.outbox.unknown ?? 0;
  return (
    <>
      {move.error && <Notice kind="bad">{move.error.message}</Notice>}
      {cast.state === "asking" && (
        <Notice
          kind="warn"
          actions={
            may.send && (
              <>
                <Button
                  kind="primary"
                  disabled={move.isPending}
                  onClick={() => move.mutate({ id: cast.id, to: "sending" })}
                >
                  {t("mail.late.send")}
                </Button>
                <Button
                  disabled={move.isPending}
                  onClick={() => move.mutate({ id: cast.id, to: "draft" })}
                >
                  {t("mail.late.draft")}
                </Button>
              </>
            )
          }
        >
          <b>{t("mail.late")}</b>
          <br />
          {cast.plan.at && t("mail.late.line", { at: f.time(cast.plan.at) })}
        </Notice>
      )}
      {cast.state === "planned" && (
        <Notice
          kind="info"
          actions={
            may.send && (
              <Button
                disabled={move.isPending}
                onClick={() => move.mutate({ id: cast.id, to: "draft" })}
              >
                {t("mail.planned.back")}
              </Button>
            )
          }
        >
          {cast.plan.at && t("mail.planned", { at: f.time(cast.plan.at) })}
        </Notice>
      )}
      {moving && (
        <Card className={styles.tight} aria-live="polite">
          <div className={styles.between}>
            <h2 className={styles.h3}>{t(`mail.state.${cast.state}`)}</h2>
            {may.send && (
              <Button small kind="danger" onClick={() => setStopping(true)}>
                {t("mail.stop")}
              </Button>
            )}
          </div>
          <Bar share={of > 0 ? done / of : 0} accent label={t("mail.progress.label")} />
          <p className={`${styles.small} quiet`}>
            {of > 0
              ? t("mail.progress", { done: f.count(done), of: f.count(of) })
              : t("mail.progress.gathering")}
          </p>
        </Card>
      )}
      {unsure > 0 && <Unsure ws={ws} id={cast.id} count={unsure} decide={may.write} />}
      {cast.state !== "planned" && cast.state !== "asking" && (
        <Card aria-label={t("mail.became")}>
          <h2 className={styles.h2}>{t("mail.became")}</h2>
          <dl className={broadcast.became}>
            <Figure
              name={t("mail.sent")}
              value={f.count(all.accepted)}
              line={t("mail.sent.line")}
            />
            <Figure
              name={t("mail.opened")}
              value={share(all.opened)}
              line={t("mail.human", { people: f.count(all.opened), raw: f.count(all.opened_raw) })}
            />
            <Figure
              name={t("mail.clicked")}
              value={share(all.clicked)}
              line={t("mail.human", {
                people: f.count(all.clicked),
                raw: f.count(all.clicked_raw),
              })}
              lead
            />
            <Figure
              name={t("mail.bounced")}
              value={f.count(all.refused + all.hard_bounces + all.soft_bounces)}
              line={t("mail.bounced.line", {
                hard: f.count(all.refused + all.hard_bounces),
                soft: f.count(all.soft_bounces),
              })}
            />
            <Figure
              name={t("mail.unsubscribed")}
              value={f.count(all.unsubscribed)}
              line={t("mail.complaints", { count: f.count(all.complaints) })}
            />
          </dl>
          <p className={`${styles.small} quiet`}>{t("mail.human.line")}</p>
        </Card>
      )}
      {cast.versus && (
        <VersusCard
          versus={cast.versus}
          names={[named(cast.plan.template), named(cast.plan.template_b)]}
        />
      )}
      {cast.left_out.length > 0 && (
        <Card>
          <h2 className={styles.h2}>{t("mail.left")}</h2>
          <ul className={broadcast.out}>
            {cast.left_out.map((one) => (
              <li key={one.why}>
                <span>{one.why || t("mail.left.unsaid")}</span>
                <b className="num">
                  {f.count(one.people)}
                  <small>{t("mail.people")}</small>
                </b>
              </li>
            ))}
          </ul>
        </Card>
      )}
      <p className={`${styles.small} quiet`}>
        {f.facts([
          t("mail.cast.by", { name: cast.author || "—" }),
          f.time(cast.created_at),
          ...(cast.plan.spread_minutes
            ? [t("mail.spread.over", { hours: cast.plan.spread_minutes / 60 })]
            : []),
        ])}{" "}
        <Link
          to="/w/$ws/act/mail/templates/$id"
          params={{ ws, id: cast.plan.template }}
          className={styles.link}
        >
          {t("mail.cast.look")}
        </Link>
      </p>
      {stopping && (
        <Dialog
          title={t("mail.stop.sure")}
          onClose={() => setStopping(false)}
          actions={
            <>
              <Button
                kind="danger"
                onClick={() => {
                  setStopping(false);
                  move.mutate({ id: cast.id, to: "stopped" });
                }}
              >
                {t("mail.stop")}
              </Button>
              <Button onClick={() => setStopping(false)}>{t("mail.stop.no")}</Button>
            </>
          }
        >
          <p>{t("mail.stop.line")}</p>
        </Dialog>
      )}
    </>
  );
}

interface FigureProps {
  name: string;
  value: string;
  line: string;
  lead?: boolean;
}

function Figure({ name, value, line, lead }: FigureProps) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>
        <b className={lead ? broadcast.lead : broadcast.big}>{value}</b>
        <small className="quiet">{line}</small>
      </dd>
    </div>
  );
}
