import type { ForecastReply, IndicatorDetail } from "../../../api/types.ts";
import { useForecast } from "../../../api/useForecast.ts";
import type { MapView } from "../../../api/useMap.ts";
import { useLanguage } from "../../../i18n/LanguageProvider.tsx";
import { Failed } from "../../../kit/EmptyState.tsx";
import { Skeleton } from "../../../kit/Skeleton.tsx";
import styles from "../Drawer.module.css";
import { FanChart } from "./FanChart.tsx";
import { fanOf, horizonFor } from "./fan.ts";

interface ForecastFanProps {
  ws: string;
  view: MapView;
  detail: IndicatorDetail;
}

/** The days to come, the chance of reaching the target, and how such forecasts did before. */
export function ForecastFan({ ws, view, detail }: ForecastFanProps) {
  const { t } = useLanguage();
  const one = detail.indicator;
  const horizon = horizonFor(one.forecast.on ?? one.target?.by ?? null, detail.as_of);
  const { data, error, refetch } = useForecast(ws, one.id, horizon, view);
  const reply = data?.indicator === one.id ? data : undefined;
  return (
    <section className={styles.section}>
      <h3>{t("fan.title")}</h3>
      {reply ? (
        <Shown reply={reply} detail={detail} />
      ) : error ? (
        <Failed error={error} retry={() => void refetch()} />
      ) : (
        <Skeleton height={200} />
      )}
    </section>
  );
}

function Shown({ reply, detail }: { reply: ForecastReply; detail: IndicatorDetail }) {
  const { t, f } = useLanguage();
  const fan = fanOf(reply);
  if (!fan) return <p className={styles.note}>{reply.reason ?? t("fan.none")}</p>;
  const by = reply.landing.on ?? null;
  return (
    <>
      {reply.p_attain !== null && (
        <p className={styles.odds}>
          {by ? t("fan.attain.by", { day: f.day(by) }) : t("fan.attain")}{" "}
          <b className="num">{f.chance(reply.p_attain)}</b>
        </p>
      )}
      <FanChart fan={fan} reply={reply} detail={detail} />
      <p className={styles.note}>{t("fan.smoothed")}</p>
      {reply.backtest && (
        <p className={styles.note}>
          <b>{t("fan.backtest")}</b> {reply.backtest.sentence}
        </p>
      )}
    </>
  );
}
