import type { IndicatorDetail, MapLink, MapReply } from "../../api/types.ts";
import { useLanguage } from "../../i18n/LanguageProvider.tsx";
import { Grade } from "../../kit/Grade.tsx";
import { useTalkButton } from "../../talk/useTalkButton.tsx";
import styles from "./Drawer.module.css";
import { LinkEvidence } from "./evidence/LinkEvidence.tsx";

/** With more influences than this the charts wait for a click. */
const FEW = 2;

interface RoadsTabProps {
  ws: string;
  detail: IndicatorDetail;
  /** The map: its links are asked for again until they are measured. */
  reply: MapReply;
  onOpen: (id: string) => void;
}

/** Where it leads to and what leads to it, each with its evidence. */
export function RoadsTab({ ws, detail, reply, onOpen }: RoadsTabProps) {
  const { t } = useLanguage();
  const { id } = detail.indicator;
  const up = reply.links.filter((link) => link.from === id);
  const from = reply.links.filter((link) => link.to === id);
  if (up.length + from.length === 0) return <p className={styles.note}>{t("drawer.roads.none")}</p>;
  const influences = [...up, ...from].filter((link) => link.kind === "influence");
  const shared = { ws, reply, onOpen, open: influences.length <= FEW };
  return (
    <>
      {up.length > 0 && <Roads title={t("drawer.roads.up")} links={up} other="to" {...shared} />}
      {from.length > 0 && (
        <Roads title={t("drawer.roads.from")} links={from} other="from" {...shared} />
      )}
    </>
  );
}

interface RoadsProps {
  ws: string;
  title: string;
  links: MapLink[];
  reply: MapReply;
  /** The end that is not this indicator. */
  other: "from" | "to";
  /** Charts are there without a click. */
  open: boolean;
  onOpen: (id: string) => void;
}

function Roads({ ws, title, links, reply, other, open, onOpen }: RoadsProps) {
  const { t } = useLanguage();
  const nameOf = (id: string) => reply.indicators.find((one) => one.id === id)?.name ?? id;
  return (
    <section className={styles.section}>
      <h3>{title}</h3>
      <ul className={styles.roads}>
        {links.map((link) =>
          link.kind === "influence" ? (
            <LinkEvidence
              key={`${link.from} ${link.to} ${link.kind}`}
              link={link}
              other={other}
              nameOf={nameOf}
              computing={reply.evidence === "computing"}
              open={open}
              onOpen={onOpen}
            >
              <RoadTalk ws={ws} link={link} />
            </LinkEvidence>
          ) : (
            <li key={`${link.from} ${link.to} ${link.kind}`} className={styles.road}>
              <button type="button" className={styles.roadName} onClick={() => onOpen(link[other])}>
                {other === "from" ? link.from_name : link.to_name}
              </button>
              <Grade grade={link.grade} label={t(`grade.${link.grade}`)} />
              <p>{link.sentence || t("drawer.roads.identity")}</p>
              {link.because && (
                <p className="quiet">{t("drawer.roads.because", { because: link.because })}</p>
              )}
              <RoadTalk ws={ws} link={link} />
            </li>
          ),
        )}
      </ul>
    </section>
  );
}

/** What is asked of a road, below it. */
function RoadTalk({ ws, link }: { ws: string; link: MapLink }) {
  const { t } = useLanguage();
  const { button, panel } = useTalkButton({
    ws,
    about: `road:${link.from}>${link.to}`,
    label: t("talk.road"),
    name: `${link.from_name} → ${link.to_name}`,
    small: true,
  });
  return (
    <div className={styles.talk}>
      {button}
      {panel}
    </div>
  );
}
