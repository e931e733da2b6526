import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import type { InitiativeEstimate, InitiativeReply } from "../../api/useInitiatives.ts";
import { useLanguage } from "../../i18n/LanguageProvider.tsx";
import { Button } from "../../kit/Button.tsx";
import { Card } from "../../kit/Card.tsx";
import { Grade } from "../../kit/Grade.tsx";
import { Notice } from "../../kit/Notice.tsx";
import { Campaigns } from "./Campaigns.tsx";
import styles from "./initiatives.module.css";
import { SpanChart } from "./SpanChart.tsx";
import { usePeriod } from "./usePeriod.ts";

interface ReportProps {
  ws: string;
  one: InitiativeReply;
  /** Asks what came of it; absent for those who may only read. */
  ask: (() => void) | undefined;
  asking: boolean;
  error: Error | null;
}

/** What was believed, done and spent, and what came of it. */
export function Report({ ws, one, ask, asking, error }: ReportProps) {
  const { t, f } = useLanguage();
  const period = usePeriod();
  const unwritten = <span className="quiet">{t("initiatives.unwritten")}</span>;
  const campaigns = one.campaigns ?? [];
  const facts: [string, ReactNode][] = [
    [t("initiatives.hypothesis"), one.hypothesis || unwritten],
    [
      t("initiatives.kpi"),
      <Link key="kpi" to="/w/$ws/map" params={{ ws }} search={{ open: one.kpi }}>
        {one.kpi_name}
      </Link>,
    ],
    ...(one.lever
      ? [
          [
            t("initiatives.lever"),
            <Link key="lever" to="/w/$ws/map" params={{ ws }} search={{ open: one.lever }}>
              {one.lever_name}
            </Link>,
          ] as [string, ReactNode],
        ]
      : []),
    [t("initiatives.period"), period(one)],
    [
      t("initiatives.cost"),
      one.cost == null ? unwritten : t("initiatives.yen", { amount: f.count(one.cost) }),
    ],
    [t("initiatives.did"), one.did || unwritten],
    ...(one.linked.length > 0
      ? [
          [
            t("initiatives.linked"),
            one.linked.map((automation) => (
              <Link
                key={automation.id}
                to="/w/$ws/act/automations/$id"
                params={{ ws, id: automation.id }}
                className={styles.linked}
              >
                {automation.name}
              </Link>
            )),
          ] as [string, ReactNode],
        ]
      : []),
    ...(campaigns.length > 0
      ? [[t("initiatives.campaigns"), f.list(campaigns)] as [string, ReactNode]]
      : []),
  ];
  const told = one.estimate;
  return (
    <>
      <Card>
        <dl className={styles.facts}>
          {facts.map(([term, value]) => (
            <div key={term}>
              <dt>{term}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
      </Card>
      <Card className={styles.result} aria-live="polite">
        <div className={styles.resultHead}>
          <h3>{t("initiatives.result")}</h3>
          {told && told.method !== "none" && <Grade grade={told.method} label={told.method_name} />}
        </div>
        {told ? (
          <Told told={told} />
        ) : (
          <p className="quiet">
            {t(one.can_estimate ? "initiatives.ask.first" : "initiatives.ask.idea")}
          </p>
        )}
        {one.chart.length > 1 && told && (
          <SpanChart
            days={one.chart}
            name={one.kpi_name}
            unit={one.kpi_unit}
            from={told.from}
            to={told.to}
          />
        )}
        {error && <Notice kind="bad">{error.message}</Notice>}
        {ask && one.can_estimate && (
          <div className={styles.tools}>
            <Button kind={told ? "outline" : "primary"} disabled={asking} onClick={ask}>
              {t(
                asking
                  ? "initiatives.ask.wait"
                  : told
                    ? "initiatives.ask.again"
                    : "initiatives.ask",
              )}
            </Button>
          </div>
        )}
      </Card>
      {campaigns.length > 0 && one.can_estimate && <Campaigns ws={ws} one={one} />}
      {one.log.length > 1 && <Log log={one.log} />}
    </>
  );
}

function Told({ told }: { told: InitiativeEstimate }) {
  const { t, f } = useLanguage();
  return (
    <>
      <p className={styles.sentence}>{told.sentence}</p>
      {told.lever_sentence && <p>{told.lever_sentence}</p>}
      {told.method !== "none" && (
        <dl className={styles.figures}>
          <div>
            <dt>{t("initiatives.onKGI")}</dt>
            <dd>{told.kgi_sentence}</dd>
          </div>
          <div>
            <dt>{t("initiatives.pays")}</dt>
            <dd>{told.pay_sentence}</dd>
          </div>
        </dl>
      )}
      <p className={styles.note}>
        {f.facts([
          t("initiatives.days", { from: f.day(told.from), to: f.day(told.to) }),
          ...(told.compared.length > 0
            ? [t("initiatives.compared", { names: f.list(told.compared) })]
            : []),
        ])}
      </p>
    </>
  );
}

function Log({ log }: { log: InitiativeEstimate[] }) {
  const { t, f } = useLanguage();
  return (
    <Card>
      <h3 className={styles.logHead}>{t("initiatives.log")}</h3>
      <p className={styles.note}>{t("initiatives.log.line")}</p>
      <ol className={styles.log}>
        {log.map((one) => (
          <li key={one.number}>
            <span className="quiet num">
              {f.facts([f.time(one.told_at), ...(one.by ? [one.by] : [])])}
            </span>
            <span>{one.sentence}</span>
            <span className="quiet">{one.method_name}</span>
          </li>
        ))}
      </ol>
    </Card>
  );
}
