import type { MapReply, Status } from "../../api/types.ts";
import { useLanguage } from "../../i18n/LanguageProvider.tsx";
import { IconButton } from "../../kit/Button.tsx";
import { Mark } from "../../kit/Mark.tsx";
import { MenuItem, Popover } from "../../kit/Popover.tsx";
import { PictureMenu } from "../picture/PictureMenu.tsx";
import styles from "./Legend.module.css";
import { kindsOnMap, RoadSample } from "./RoadSample.tsx";

interface LegendProps {
  /** Little room: only the marks are explained. */
  small: boolean;
  zoomIn: () => void;
  zoomOut: () => void;
  fit: () => void;
  /** Levels below the KGI. */
  depth: number;
  /** Shows the map to a level; null shows all. */
  showLevels: (level: number | null) => void;
  reply: MapReply;
}

const SHOWN: Status[] = ["met", "on-pace", "behind", "missed", "too-early"];

/** What the marks and roads mean, and the map's own controls. */
export function Legend({ small, zoomIn, zoomOut, fit, depth, showLevels, reply }: LegendProps) {
  const { t } = useLanguage();
  return (
    <div className={styles.legend}>
      <div className={styles.keys}>
        {SHOWN.map((status) => (
          <span key={status}>
            <Mark status={status} size={14} silent />
            {t(`status.${status}`)}
          </span>
        ))}
        {!small && (
          <>
            {kindsOnMap(reply).map(([kind, words]) => (
              <span key={kind} data-road={kind}>
                <RoadSample kind={kind} />
                {t(words)}
              </span>
            ))}
            <span>
              <svg width="4" height="14" aria-hidden="true">
                <path d="M2 0V14" stroke="var(--ink)" strokeWidth="2" />
              </svg>
              {t("map.legend.pace")}
            </span>
          </>
        )}
      </div>
      <span className={styles.controls}>
        {depth > 1 && (
          <Popover
            above
            align="end"
            label={t("map.levels")}
            trigger={(wires) => <IconButton icon="levels" label={t("map.levels")} {...wires} />}
          >
            {(close) => (
              <>
                {[null, ...Array.from({ length: depth - 1 }, (_, i) => i + 1)].map((level) => (
                  <MenuItem
                    key={level ?? "all"}
                    onClick={() => {
                      showLevels(level);
                      close();
                    }}
                  >
                    {level === null ? t("map.levels.all") : t("map.levels.to", { level })}
                  </MenuItem>
                ))}
              </>
            )}
          </Popover>
        )}
        <IconButton icon="minus" label={t("map.zoomOut")} onClick={zoomOut} />
        <IconButton icon="plus" label={t("map.zoomIn")} onClick={zoomIn} />
        <IconButton icon="fit" label={t("map.fit")} onClick={fit} />
        <PictureMenu reply={reply} />
        <IconButton icon="print" label={t("map.print")} onClick={() => window.print()} />
      </span>
    </div>
  );
}
