import { Link } from "@tanstack/react-router";
import { useState } from "react";
import {
  type AttributionBy,
  type AttributionModel,
  type AttributionReply,
  useAttribution,
} from "../../api/usePaths.ts";
import { useLanguage } from "../../i18n/LanguageProvider.tsx";
import { buttonClass } from "../../kit/Button.tsx";
import { EmptyState, Failed } from "../../kit/EmptyState.tsx";
import { Select } from "../../kit/Field.tsx";
import { Notice } from "../../kit/Notice.tsx";
import { Loading, Skeleton } from "../../kit/Skeleton.tsx";
import { CountButton } from "../counted/CountButton.tsx";
import { useReport, useReportQuery } from "../frame/report.ts";
import styles from "./attribution.module.css";
import { CreditTable } from "./CreditTable.tsx";
import { OutcomePick, useWhyNot } from "./OutcomePick.tsx";

const MODELS: AttributionModel[] = ["last", "first", "linear", "position", "decay"];
const BYS: AttributionBy[] = ["channel", "source", "campaign", "content", "entry"];
const LOOKBACKS = [7, 30, 90, 180];

/** 成果: by which ways those came who did what counts, and what it cost. */
export function AttributionPage() {
  const { t } = useLanguage();
  const { ws, search } = useReport();
  const query = useReportQuery();
  const [model, setModel] = useState<AttributionModel>("last");
  const [by, setBy] = useState<AttributionBy>("channel");
  const [lookback, setLookback] = useState(90);
  const [cost, setCost] = useState("");
  const { data, error, refetch } = useAttribution(ws, query, {
    model,
    by,
    lookback,
    ...(cost ? { cost } : {}),
    ...(search.indicator ? { indicator: search.indicator } : {}),
    ...(search.event ? { event: search.event } : {}),
  });
  const why = useWhyNot(data?.outcomes ?? [], data?.outcome ?? null);
  if (error && !data) return <Failed error={error} retry={() => void refetch()} />;
  if (!data)
    return (
      <>
        <Loading />
        <Skeleton height={36} width="60%" />
        <Skeleton height={320} />
      </>
    );
  const { outcome } = data;
  return (
    <div className={styles.page}>
      <div className={styles.head}>
        <h2>
          <Said reply={data} />
        </h2>
        {outcome?.event && (
          <CountButton
            ws={ws}
            start={{ count: "events", event: outcome.event, name: outcome.name }}
          />
        )}
      </div>
      <div className={styles.choices}>
        <OutcomePick outcomes={data.outcomes} outcome={outcome} />
        <Select
          label={t("credit.model")}
          value={model}
          onChange={(event) => setModel(event.target.value as AttributionModel)}
          options={MODELS.map((one) => ({ value: one, label: t(`credit.model.${one}`) }))}
        />
        <Select
          label={t("credit.by")}
          value={by}
          onChange={(event) => {
            setBy(event.target.value as AttributionBy);
            setCost("");
          }}
          options={BYS.map((one) => ({ value: one, label: t(`report.field.${one}`) }))}
        />
        <Select
          label={t("credit.lookback")}
          value={String(lookback)}
          onChange={(event) => setLookback(Number(event.target.value))}
          options={LOOKBACKS.map((days) => ({
            value: String(days),
            label: t("credit.lookback.days", { days }),
          }))}
        />
        <Select
          label={t("credit.cost")}
          value={data.cost ?? (cost || "-")}
          onChange={(event) => setCost(event.target.value)}
          options={[
            {
              value: "-",
              label: t(data.costs.length > 0 ? "credit.cost.none" : "credit.cost.unknown"),
            },
            ...data.costs.map((one) => ({
              value: one.metric,
              label:
                one.by === by
                  ? one.label
                  : t("credit.cost.other", {
                      name: one.label,
                      by: one.by
                        ? t(`report.field.${one.by as AttributionBy}`)
                        : t("credit.cost.total"),
                    }),
              disabled: one.by !== by,
            })),
          ]}
        />
      </div>
      {data.models[model] && (
        <p className={styles.note}>
          {t(`credit.model.${model}`)}: {data.models[model]}
        </p>
      )}
      {why && <Notice kind="info">{why}</Notice>}
      {!outcome?.traceable ? (
        <EmptyState title={t("credit.none")} line={outcome?.why || t("credit.none.line")}>
          <Link to="/w/$ws/measure/setup" params={{ ws }} className={buttonClass("primary")}>
            {t("report.empty.step")}
          </Link>
        </EmptyState>
      ) : data.total === 0 ? (
        <EmptyState title={t("credit.zero", { name: outcome.name })} line={t("credit.zero.line")} />
      ) : (
        <>
          <CreditTable reply={data} by={by} />
          <p className={styles.note}>{data.note}</p>
        </>
      )}
    </div>
  );
}

/** The first thing the table says, in a sentence. */
function Said({ reply }: { reply: AttributionReply }) {
  const { t, f } = useLanguage();
  const { outcome, rows, total } = reply;
  const top = rows[0];
  if (!outcome || !top || total === 0 || top.outcomes === 0) return t("credit.title");
  return t("credit.said", {
    name: outcome.name,
    total: f.amount(total, outcome.unit || t("credit.unit")),
    top: top.label,
    share: f.percent(top.outcomes / total),
  });
}
