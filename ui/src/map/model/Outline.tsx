import type { CSSProperties } from "react";
import { useLanguage } from "../../i18n/LanguageProvider.tsx";
import { classes } from "../../kit/classes.ts";
import styles from "./model.module.css";
import type { OutlineRow } from "./outline.ts";

interface OutlineProps {
  rows: OutlineRow[];
  /** Shows a place in the text. */
  onOpen: (at: number) => void;
}

/** The tree as an indented list, as the text has it right now. */
export function Outline({ rows, onOpen }: OutlineProps) {
  const { t } = useLanguage();
  if (rows.length === 0) return <p className="quiet">{t("model.shape.none")}</p>;
  const loose = rows.findIndex((row) => row.by === "loose");
  return (
    <ul>
      {rows.map((row, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: one indicator may stand in several places
        <li key={i}>
          {i === loose && (
            <p className={`quiet ${styles.small}`} style={{ margin: "12px 8px 4px" }}>
              {t("model.shape.loose")}
            </p>
          )}
          <button
            type="button"
            className={styles.node}
            style={{ "--depth": row.depth } as CSSProperties}
            onClick={() => onOpen(row.node.at)}
          >
            {row.depth > 0 && (
              <i className={classes(row.by === "influence" && styles.dashed)} aria-hidden="true" />
            )}
            <b style={{ fontWeight: row.by === "kgi" ? 600 : 400 }}>{row.node.name}</b>
            {row.by === "kgi" && <span>{t("model.shape.kgi")}</span>}
            {row.by === "influence" && <span>{t("model.shape.influence")}</span>}
            <span className={styles.end}>{row.node.hasTarget ? t("model.shape.target") : ""}</span>
          </button>
        </li>
      ))}
    </ul>
  );
}
