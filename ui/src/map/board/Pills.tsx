import type { MapLink } from "../../api/types.ts";
import { useLanguage } from "../../i18n/LanguageProvider.tsx";
import { classes } from "../../kit/classes.ts";
import type { Road, RoadKind } from "../roads.ts";
import styles from "./Board.module.css";
import { pillWords, roadSentence } from "./pillWords.ts";
import { roadKey } from "./RoadLayer.tsx";

const LOOK: Partial<Record<RoadKind, string>> = {
  moves: styles.pillMoves ?? "",
  measuring: styles.pillMeasuring ?? "",
  broken: styles.pillBroken ?? "",
  unmeasured: styles.pillUnmeasured ?? "",
  unknown: styles.pillUnmeasured ?? "",
  checking: styles.pillUnmeasured ?? "",
};

interface PillsProps {
  roads: Road[];
  links: MapLink[];
  computing: boolean;
  /** The road under the pointer. */
  hovered: string | null;
}

/** What is known about each influence, in two lines on its road. */
export function Pills({ roads, links, computing, hovered }: PillsProps) {
  const { t, f } = useLanguage();
  const facts = new Map(
    links.filter((link) => link.kind === "influence").map((link) => [roadKey(link), link]),
  );
  return roads.map((road) => {
    const key = roadKey(road);
    const link = road.kind === "formula" ? undefined : facts.get(key);
    if (!link || (!road.loud && hovered !== key)) return null;
    const [first, second] = pillWords(link, t, f, computing);
    const at = road.pill ?? road.mid;
    return (
      <span
        key={key}
        className={classes(styles.pill, LOOK[road.kind], !road.pill && styles.pillFloating)}
        style={{ left: at.x, top: at.y, maxWidth: road.pill ? road.pill.room : undefined }}
        title={roadSentence(link, t, computing)}
      >
        <b>{first}</b>
        <span>{second}</span>
      </span>
    );
  });
}
