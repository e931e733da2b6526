import { useNow } from "../../api/useNow.ts";
import { useLanguage } from "../../i18n/LanguageProvider.tsx";
import { Card } from "../../kit/Card.tsx";
import { EmptyState, Failed } from "../../kit/EmptyState.tsx";
import { Notice } from "../../kit/Notice.tsx";
import { Loading, Skeleton } from "../../kit/Skeleton.tsx";
import { useReport } from "../frame/report.ts";
import { Happenings } from "./Happenings.tsx";
import { Minutes } from "./Minutes.tsx";
import styles from "./now.module.css";
import { People } from "./People.tsx";
import { useTick } from "./useTick.ts";

/** いま: who is here, the last half hour, and what just happened. */
export function NowPage() {
  const { t } = useLanguage();
  const { ws } = useReport();
  const now = useNow(ws);
  const { data, wire } = now;
  const tick = useTick(1000);
  if (now.error && !data) return <Failed error={now.error} retry={() => void now.refetch()} />;
  return (
    <>
      <div className={styles.head}>
        <h2>{t("now.title")}</h2>
        <p>{t(`now.wire.${wire}`)}</p>
      </div>
      {wire === "lost" && (
        <div className={styles.lost}>
          <Notice kind="warn">{t("now.lost")}</Notice>
        </div>
      )}
      {!data ? (
        <div className={styles.page}>
          <Loading />
          <Skeleton height={200} />
          <Skeleton height={420} />
        </div>
      ) : (
        <div className={styles.page}>
          <Card>
            <People reply={data} wire={wire} />
            <Minutes minutes={data.minutes} height={120} />
            <p className={styles.define}>
              {t("now.people.define")}
              {data.partial && ` ${t("now.partial")}`}
            </p>
          </Card>
          <Card aria-label={t("now.events")}>
            {data.events.length > 0 ? (
              <Happenings events={data.events} at={data.now + Math.max(0, tick - data.asked)} />
            ) : (
              <EmptyState title={t("now.none")} line={t("now.none.line")} />
            )}
          </Card>
        </div>
      )}
    </>
  );
}
