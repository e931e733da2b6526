import type { IndicatorDetail, MapLink } from "../../api/types.ts";
import { useLanguage } from "../../i18n/LanguageProvider.tsx";
import { lagWords } from "../board/lag.ts";
import styles from "./Drawer.module.css";

/** The letter in the box: ＝ calculation, A experiment … H hypothesis. */
const LETTERS: Record<MapLink["grade"], string> = {
  formula: "=",
  randomized: "A",
  intervention: "A",
  "predicts-out-of-sample": "B",
  predicts: "B",
  correlates: "C",
  belief: "H",
};

/** Where it leads to and what leads to it, each with its evidence. */
export function RoadsTab({
  detail,
  onOpen,
}: {
  detail: IndicatorDetail;
  onOpen: (id: string) => void;
}) {
  const { t } = useLanguage();
  const { id } = detail.indicator;
  const up = detail.links.filter((link) => link.from === id);
  const from = detail.links.filter((link) => link.to === id);
  if (up.length + from.length === 0) return <p className={styles.note}>{t("drawer.roads.none")}</p>;
  return (
    <>
      {up.length > 0 && (
        <Roads title={t("drawer.roads.up")} links={up} other="to" onOpen={onOpen} />
      )}
      {from.length > 0 && (
        <Roads title={t("drawer.roads.from")} links={from} other="from" onOpen={onOpen} />
      )}
    </>
  );
}

interface RoadsProps {
  title: string;
  links: MapLink[];
  /** The end that is not this indicator. */
  other: "from" | "to";
  onOpen: (id: string) => void;
}

function Roads({ title, links, other, onOpen }: RoadsProps) {
  const { t } = useLanguage();
  return (
    <section className={styles.section}>
      <h3>{title}</h3>
      <ul className={styles.roads}>
        {links.map((link) => {
          const grade = t(`grade.${link.grade}`);
          const lag = lagWords(link.lag, t);
          return (
            <li key={`${link.from} ${link.to} ${link.kind}`}>
              <button type="button" className={styles.roadName} onClick={() => onOpen(link[other])}>
                {other === "from" ? link.from_name : link.to_name}
              </button>
              <span className={styles.grade} data-belief={link.grade === "belief" || undefined}>
                <i aria-hidden="true">{LETTERS[link.grade]}</i>
                {grade}
              </span>
              <p>
                {link.sentence ||
                  (link.kind === "formula"
                    ? t("drawer.roads.identity")
                    : t("drawer.roads.unmeasured"))}
                {link.kind === "influence" && lag && <> {t("drawer.roads.lag", { lag })}</>}
              </p>
              {link.because && (
                <p className="quiet">{t("drawer.roads.because", { because: link.because })}</p>
              )}
            </li>
          );
        })}
      </ul>
    </section>
  );
}
