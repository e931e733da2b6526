import { getRouteApi, Link, Outlet, useLocation } from "@tanstack/react-router";
import { ApiError } from "../../api/client.ts";
import { useMeasureState } from "../../api/useReports.ts";
import { Topline } from "../../frame/Topline.tsx";
import { useLanguage } from "../../i18n/LanguageProvider.tsx";
import { Button, buttonClass } from "../../kit/Button.tsx";
import { EmptyState, Failed } from "../../kit/EmptyState.tsx";
import { Loading, Skeleton } from "../../kit/Skeleton.tsx";
import { useToast } from "../../kit/Toast.tsx";
import { FilterBar } from "./FilterBar.tsx";
import styles from "./frame.module.css";
import { LongQuestion } from "./LongQuestion.tsx";
import { ReportTabs } from "./ReportTabs.tsx";
import { ReportContext } from "./report.ts";
import { rulesOf, type TabKey } from "./tabs.ts";

/** What will stand on a page that waits for its first event. */
const WILL_STAND = {
  pages: "report.empty.pages",
  sources: "report.empty.sources",
  campaigns: "report.empty.campaigns",
  paths: "report.empty.paths",
  funnel: "report.empty.funnel",
  cohorts: "report.empty.cohorts",
  attribution: "report.empty.attribution",
  now: "report.empty.now",
  events: "report.empty.events",
} as const satisfies Partial<Record<TabKey, string>>;

const route = getRouteApi("/framed/w/$ws/measure");

/** 測る: one page for each question, the same conditions above all of them. */
export function MeasureFrame() {
  const { ws } = route.useParams();
  const { t, lang } = useLanguage();
  const say = useToast();
  const { pathname } = useLocation();
  const key = (pathname.replace(/\/$/, "").split("/")[4] ?? "overview") as TabKey;
  const { bar, compares, needsEvents } = rulesOf(key);
  const state = useMeasureState(ws);
  // A server without a store of events still has its files.
  const off = state.error instanceof ApiError && state.error.status === 503;
  const will = key in WILL_STAND ? WILL_STAND[key as keyof typeof WILL_STAND] : null;
  const waiting = needsEvents && state.data?.collecting.state === "none" && key !== "overview";

  async function share() {
    try {
      await navigator.clipboard.writeText(location.href);
      say({ text: t("report.shared") });
    } catch {
      say({ text: t("report.share.failed") });
    }
  }

  return (
    <ReportContext value={state.data ?? null}>
      <Topline
        title={t("frame.measure")}
        actions={
          <Button kind="text" small icon="link" onClick={() => void share()}>
            {t("report.share")}
          </Button>
        }
      />
      <ReportTabs ws={ws} current={key} />
      {bar && state.isPending && <div className={styles.bar} />}
      {bar && state.data && (!needsEvents || state.data.collecting.state === "some") && (
        <FilterBar bar={bar} compare={compares ?? false} />
      )}
      <LongQuestion ws={ws} />
      <div className={styles.page}>
        {!needsEvents && (!bar || off) ? (
          <Outlet />
        ) : state.error && !state.data ? (
          <Failed error={state.error} retry={() => void state.refetch()} />
        ) : !state.data ? (
          <div className={styles.waiting}>
            <Loading />
            <Skeleton height={32} width="60%" />
            <Skeleton height={120} />
            <Skeleton height={280} />
          </div>
        ) : waiting ? (
          <EmptyState
            title={t("report.empty")}
            line={[will ? t(will) : "", t("report.empty.line")]
              .filter(Boolean)
              .join(lang === "ja" ? "" : " ")}
          >
            <Link to="/w/$ws/measure/setup" params={{ ws }} className={buttonClass("primary")}>
              {t("report.empty.step")}
            </Link>
          </EmptyState>
        ) : (
          <Outlet />
        )}
      </div>
    </ReportContext>
  );
}
