import { Link } from "@tanstack/react-router";
import type { Indicator, IndicatorDetail, MapReply } from "../../api/types.ts";
import { useIndicator } from "../../api/useIndicator.ts";
import type { MapView } from "../../api/useMap.ts";
import { useTalkAbout } from "../../api/useTalk.ts";
import { useLanguage } from "../../i18n/LanguageProvider.tsx";
import { Button, buttonClass } from "../../kit/Button.tsx";
import { classes } from "../../kit/classes.ts";
import { Drawer } from "../../kit/Drawer.tsx";
import { Failed } from "../../kit/EmptyState.tsx";
import { Mark } from "../../kit/Mark.tsx";
import { Loading, Skeleton } from "../../kit/Skeleton.tsx";
import { Tabs } from "../../kit/Tabs.tsx";
import { useToast } from "../../kit/Toast.tsx";
import { Talk } from "../../talk/Talk.tsx";
import { estimates } from "../card/estimate.ts";
import { toneOf } from "../card/facts.ts";
import { BreakdownTab } from "./BreakdownTab.tsx";
import { ChartTab } from "./ChartTab.tsx";
import { ChangeTab } from "./change/ChangeTab.tsx";
import { DefinitionTab } from "./DefinitionTab.tsx";
import styles from "./Drawer.module.css";
import { HistoryTab } from "./HistoryTab.tsx";
import { RoadsTab } from "./RoadsTab.tsx";

const TABS = [
  "chart",
  "definition",
  "roads",
  "questions",
  "change",
  "breakdown",
  "history",
] as const;
type Tab = (typeof TABS)[number];

interface IndicatorDrawerProps {
  ws: string;
  reply: MapReply;
  id: string;
  tab: string | undefined;
  view: MapView;
  onTab: (tab: Tab) => void;
  /** Goes to another indicator. */
  onOpen: (id: string) => void;
  /** Null where nothing can be edited: an old version, a read-only page. */
  onEdit: (() => void) | null;
  onClose: () => void;
}

/** Everything about one indicator, beside the map. */
export default function IndicatorDrawer(props: IndicatorDrawerProps) {
  const { ws, reply, id, view, onTab, onOpen, onEdit, onClose } = props;
  const { t, f, lang } = useLanguage();
  const say = useToast();
  const { data, error, refetch } = useIndicator(ws, id, view);
  const asked = useTalkAbout(ws, `indicator:${id}`);
  const one = reply.indicators.find((each) => each.id === id);
  if (!one) return null;
  const tab: Tab = TABS.find((each) => each === props.tab) ?? "chart";
  const detail = data?.indicator.id === id ? data : undefined;

  async function copyCard(indicator: Indicator) {
    try {
      const [{ svgText, copyPicture }, { OneCard }] = await Promise.all([
        import("../picture/picture.tsx"),
        import("../picture/MapPicture.tsx"),
      ]);
      await copyPicture(svgText(<OneCard indicator={indicator} asOf={reply.as_of} />, lang));
      say({ text: t("map.picture.copied") });
    } catch {
      say({ text: t("map.picture.failed") });
    }
  }

  return (
    <Drawer
      label={one.name}
      onClose={onClose}
      eyebrow={f.facts([role(one, t), t("drawer.daily")])}
      header={<Head one={one} />}
      footer={
        <>
          {onEdit && (
            <Button kind="primary" onClick={onEdit}>
              {t("drawer.edit")}
            </Button>
          )}
          <Button icon="copy" title={t("map.picture.copyCard")} onClick={() => void copyCard(one)}>
            {t("drawer.picture")}
          </Button>
          <span className={styles.space} />
          {onEdit && (
            <Link
              to="/w/$ws/measure/events"
              params={{ ws }}
              search={{ indicator: id }}
              className={buttonClass("text")}
            >
              {t("events.link")}
            </Link>
          )}
          <Button kind="text" icon="info" onClick={() => onTab("definition")}>
            {t("drawer.sourceButton")}
          </Button>
        </>
      }
    >
      <Tabs
        label={one.name}
        current={tab}
        onChange={onTab}
        className={styles.panel}
        listClassName={styles.tabs}
        tabs={TABS.filter(
          (key) => key !== "breakdown" || !detail || detail.breakdown.length > 0,
        ).map((key) => ({
          key,
          label: t(`drawer.tab.${key}`),
          count:
            key === "roads"
              ? reply.links.filter((link) => link.from === id || link.to === id).length
              : key === "questions"
                ? asked?.all
                : undefined,
        }))}
      >
        {tab === "questions" ? (
          // What is asked of a number does not wait for the number.
          <Talk key={id} ws={ws} about={`indicator:${id}`} />
        ) : error && !detail ? (
          <Failed error={error} retry={() => void refetch()} />
        ) : detail ? (
          <Panel ws={ws} view={view} reply={reply} tab={tab} detail={detail} onOpen={onOpen} />
        ) : (
          <>
            <Loading />
            <Skeleton height={144} />
            <Skeleton width="70%" />
          </>
        )}
      </Tabs>
    </Drawer>
  );
}

function role(one: Indicator, t: ReturnType<typeof useLanguage>["t"]): string {
  return one.is_kgi ? t("drawer.role.kgi") : t(`drawer.role.${one.role || "none"}`);
}

function Head({ one }: { one: Indicator }) {
  const { t, f } = useLanguage();
  const value = one.value === null ? null : f.parts(one.value, one.unit);
  const target = one.target?.amount ?? null;
  const sums = one.kind === "flow";
  // A sum is compared with today's pace, a rate or a level with what it has to become.
  const against = sums ? estimates(one).expected : target;
  const gap = one.value !== null && against !== null ? one.value - against : null;
  const good = gap === null || gap === 0 ? null : gap > 0 === (one.target?.direction !== "down");
  return (
    <>
      <div className={styles.title}>
        <h2>{one.name}</h2>
        <Mark status={one.status} size={20} silent />
        <span className={classes(styles.word, styles[one.status ?? "none"])}>
          {t(`status.${one.status ?? "none"}`)}
        </span>
      </div>
      <div className={styles.value}>
        {value ? (
          <span className={classes("num", styles.number)}>
            {value.number}
            <small>{value.unit}</small>
          </span>
        ) : (
          <span className={styles.none}>{one.no_value ?? t("map.noData")}</span>
        )}
        {against !== null && (
          <span className="quiet">
            {sums
              ? t("map.pace", { amount: f.amount(against, one.unit) })
              : t("map.target", { amount: f.amount(against, one.unit) })}
          </span>
        )}
        {gap !== null && <b className={toneOf(good)}>{f.difference(gap, one.unit)}</b>}
      </div>
      {one.value_span && value && (
        <p className={styles.span}>
          {t("drawer.span.days", {
            from: f.day(one.value_span.from),
            to: f.day(one.value_span.to),
          })}
        </p>
      )}
      {one.definition && <p className={styles.definition}>{one.definition}</p>}
    </>
  );
}

interface PanelProps {
  ws: string;
  view: MapView;
  reply: MapReply;
  tab: Tab;
  detail: IndicatorDetail;
  onOpen: (id: string) => void;
}

function Panel({ ws, view, reply, tab, detail, onOpen }: PanelProps) {
  const { is_kgi: isKgi, id } = detail.indicator;
  switch (tab) {
    case "chart":
      return <ChartTab ws={ws} view={view} detail={detail} smart={isKgi ? reply.smart : []} />;
    case "definition":
      return (
        <DefinitionTab detail={detail} agreement={isKgi ? reply.agreement.sentence : undefined} />
      );
    case "roads":
      return <RoadsTab ws={ws} detail={detail} reply={reply} onOpen={onOpen} />;
    case "change":
      return <ChangeTab key={id} ws={ws} view={view} detail={detail} onOpen={onOpen} />;
    case "breakdown":
      return <BreakdownTab detail={detail} />;
    case "questions":
      return null; // stands above, whatever the number says
    case "history":
      return <HistoryTab detail={detail} />;
  }
}
