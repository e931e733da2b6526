import { Link } from "@tanstack/react-router";
import { ApiError } from "../../api/client.ts";
import { useNow } from "../../api/useNow.ts";
import { useLanguage } from "../../i18n/LanguageProvider.tsx";
import { Card } from "../../kit/Card.tsx";
import { Skeleton } from "../../kit/Skeleton.tsx";
import parts from "../parts/parts.module.css";
import { Happenings } from "./Happenings.tsx";
import { Minutes } from "./Minutes.tsx";
import { People } from "./People.tsx";
import { useTick } from "./useTick.ts";

const SHOWN = 6;

/** いま, in short, beside the numbers. Who may not see single visits does not see it. */
export function NowPanel({ ws }: { ws: string }) {
  const { t } = useLanguage();
  const { data, error, wire } = useNow(ws);
  const tick = useTick(1000);
  if (error instanceof ApiError && error.status === 403) return null;
  return (
    <section className={parts.section} aria-label={t("report.tab.now")}>
      <div className={parts.heading}>
        <h3>{t("report.tab.now")}</h3>
        <p>{t(`now.wire.${wire}`)}</p>
        <Link className="quiet" to="/w/$ws/measure/now" params={{ ws }} search>
          {t("report.all")}
        </Link>
      </div>
      <Card>
        {data ? (
          <>
            <People reply={data} wire={wire} />
            <Minutes minutes={data.minutes} height={44} />
            {data.events.length > 0 ? (
              <Happenings
                events={data.events.slice(0, SHOWN)}
                at={data.now + Math.max(0, tick - data.asked)}
              />
            ) : (
              <p className="quiet">{t("now.none")}</p>
            )}
          </>
        ) : (
          <Skeleton height={440} />
        )}
      </Card>
    </section>
  );
}
