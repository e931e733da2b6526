import { getRouteApi, Link } from "@tanstack/react-router";
import { useState } from "react";
import { type Automation, useAutomationEffect, useAutomations } from "../../api/useAutomations.ts";
import { useLanguage } from "../../i18n/LanguageProvider.tsx";
import { Button } from "../../kit/Button.tsx";
import { classes } from "../../kit/classes.ts";
import { EmptyState, Failed } from "../../kit/EmptyState.tsx";
import { OpenCard, OpenCards } from "../../kit/OpenCards.tsx";
import { Loading, Skeleton } from "../../kit/Skeleton.tsx";
import styles from "./automations.module.css";
import { Begin } from "./Begin.tsx";
import { State } from "./State.tsx";
import { useMayEdit } from "./useMayEdit.ts";

const route = getRouteApi("/framed/w/$ws/act/automations");

/** 自動化: what runs by itself, for whom, and what came of it. */
export function AutomationsPage() {
  const { ws } = route.useParams();
  const { t, f } = useLanguage();
  const found = useAutomations(ws);
  const mayEdit = useMayEdit(ws);
  const [beginning, setBeginning] = useState(false);
  if (found.error) return <Failed error={found.error} retry={() => void found.refetch()} />;
  if (!found.data)
    return (
      <div className={styles.page}>
        <Loading />
        <Skeleton height={32} width="50%" />
        <Skeleton height={88} />
        <Skeleton height={88} />
      </div>
    );
  const list = [...found.data.automations].sort(
    (a, b) => Number(b.live > 0) - Number(a.live > 0) || b.updated_at.localeCompare(a.updated_at),
  );
  const live = list.filter((one) => one.live > 0).length;
  const inside = list.reduce((sum, one) => sum + people(one, "inside"), 0);
  const make = mayEdit && (
    <Button kind="primary" icon="plus" onClick={() => setBeginning(true)}>
      {t("automations.make")}
    </Button>
  );
  return (
    <div className={styles.page}>
      {list.length === 0 ? (
        <EmptyState title={t("automations.empty")} line={t("automations.empty.line")}>
          {make}
        </EmptyState>
      ) : (
        <>
          <div className={styles.head}>
            <div>
              <h2>
                {live > 0
                  ? t("automations.title", { live, people: f.count(inside) })
                  : t("automations.title.none")}
              </h2>
              <p className="quiet">{t("automations.line")}</p>
            </div>
            {make}
          </div>
          <OpenCards>
            {list.map((one) => (
              <Row key={one.id} ws={ws} automation={one} />
            ))}
          </OpenCards>
        </>
      )}
      {beginning && <Begin ws={ws} onClose={() => setBeginning(false)} />}
    </div>
  );
}

/** How many stand in a state; all for none. */
export function people(automation: Automation, state?: string): number {
  return automation.people.reduce(
    (sum, one) => sum + (state === undefined || one.state === state ? one.people : 0),
    0,
  );
}

function Row({ ws, automation }: { ws: string; automation: Automation }) {
  const { t, f } = useLanguage();
  const all = people(automation);
  const held = people(automation, "held");
  const figures = [
    { key: "inside", value: people(automation, "inside") },
    { key: "sent", value: all - held },
    { key: "held", value: held },
  ] as const;
  return (
    <OpenCard
      link={(whole) => (
        <Link to="/w/$ws/act/automations/$id" params={{ ws, id: automation.id }} className={whole}>
          {automation.name}
        </Link>
      )}
      line={f.facts([
        automation.kpi_name
          ? t("automations.for", { kpi: automation.kpi_name })
          : t("automations.for.none"),
        automation.sentences.trigger,
      ])}
      mark={<State automation={automation} />}
    >
      <dl className={styles.figures}>
        {figures.map(({ key, value }) => (
          <div key={key}>
            <dt>{t(`automations.col.${key}`)}</dt>
            <dd className="num">
              {f.count(value)}
              <small>{t("automations.people")}</small>
            </dd>
          </div>
        ))}
        <div className={styles.lift}>
          <dt>{t("automations.col.lift")}</dt>
          <dd>
            <Lift ws={ws} automation={automation} any={all > 0} />
          </dd>
        </div>
      </dl>
    </OpenCard>
  );
}

/** The effect in a few words. */
function Lift({ ws, automation, any }: { ws: string; automation: Automation; any: boolean }) {
  const { t, f } = useLanguage();
  const found = useAutomationEffect(ws, automation.id, any);
  if (!any) return <span className="quiet">—</span>;
  if (found.error) return <span className="quiet">—</span>;
  if (!found.data) return <Skeleton width={96} height={14} />;
  const { effect } = found.data;
  const value = effect.difference?.value;
  if (effect.reason === "no-holdout")
    return <span className="quiet">{t("automations.lift.none")}</span>;
  if (effect.verdict === "same") return <span>{t("automations.lift.same")}</span>;
  if (effect.verdict === "cannot-tell" || value == null)
    return (
      <span className="quiet">
        {effect.days_to_decision
          ? t("automations.lift.days", { days: f.count(effect.days_to_decision) })
          : t("automations.lift.early")}
      </span>
    );
  return (
    <b className={classes("num", effect.verdict === "works" ? styles.works : styles.harms)}>
      {t("automations.lift", { points: f.difference(value * 100, "") })}
    </b>
  );
}
