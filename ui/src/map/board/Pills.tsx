import { memo } from "react";
import type { MapLink } from "../../api/types.ts";
import { useLanguage } from "../../i18n/LanguageProvider.tsx";
import { classes } from "../../kit/classes.ts";
import type { MapLayout } from "../layout.ts";
import { type RoadKind, roads } from "../roads.ts";
import styles from "./Board.module.css";
import { pillWords } from "./pillWords.ts";

const LOOK: Partial<Record<RoadKind, string>> = {
  moves: styles.pillMoves ?? "",
  measuring: styles.pillMeasuring ?? "",
  broken: styles.pillBroken ?? "",
  unmeasured: styles.pillUnmeasured ?? "",
};

/** What is known about each influence, in two lines on its road. */
export const Pills = memo(function Pills({
  layout,
  links,
}: {
  layout: MapLayout;
  links: MapLink[];
}) {
  const { t, f } = useLanguage();
  const facts = new Map(links.map((link) => [`${link.from} ${link.to}`, link]));
  return roads(layout, links).map((road) => {
    const link = facts.get(`${road.from} ${road.to}`);
    if (!road.pill || !link) return null;
    const [first, second] = pillWords(link, t, f);
    return (
      <span
        key={`${road.from} ${road.to}`}
        className={classes(styles.pill, LOOK[road.kind])}
        style={{ left: road.pill.x, top: road.pill.y }}
        title={link.sentence || undefined}
      >
        <b>{first}</b>
        {second}
      </span>
    );
  });
});
