import type { CSSProperties } from "react";
import { useLanguage } from "../../i18n/LanguageProvider.tsx";
import { type Band, bands, type Neighbour } from "./flow.ts";
import styles from "./paths.module.css";

const WIDE = 96;
const HEIGHT = 232;

interface WaysProps {
  goal: string;
  before: { list: Neighbour[]; total: number };
  after: { list: Neighbour[]; total: number };
  onPage: (page: string) => void;
}

/** A page in the middle, where people came from at its left, where they went at its right. */
export function Ways({ goal, before, after, onPage }: WaysProps) {
  const { t, f } = useLanguage();
  const left = bands(before.list, HEIGHT);
  const right = bands(after.list, HEIGHT);
  const height = Math.max(HEIGHT, bottom(left), bottom(right));
  const top = (height - HEIGHT) / 2;
  return (
    <div className={styles.ways}>
      <Side bands={left} side="before" onPage={onPage} height={height} />
      <Curves bands={left} side="before" top={top} height={height} />
      <div className={styles.goal} style={px({ height: HEIGHT, shift: top })}>
        <b>{goal}</b>
        <span className={styles.big}>
          {f.count(before.total)}
          <small>{t("paths.times")}</small>
        </span>
        <span className="quiet">{t("paths.reached")}</span>
      </div>
      <Curves bands={right} side="after" top={top} height={height} />
      <Side bands={right} side="after" onPage={onPage} height={height} />
    </div>
  );
}

/** Places for the wide picture only; on a phone the same is a list. */
function px(places: Record<string, number>) {
  return Object.fromEntries(
    Object.entries(places).map(([name, value]) => [`--${name}`, `${value}px`]),
  ) as CSSProperties;
}

function bottom(list: Band[]): number {
  const last = list.at(-1);
  return last ? last.top + last.height : 0;
}

interface SideProps {
  bands: Band[];
  side: "before" | "after";
  height: number;
}

function Side({
  bands: list,
  side,
  onPage,
  height,
}: SideProps & { onPage: (page: string) => void }) {
  const { t, f } = useLanguage();
  const shift = (height - bottom(list)) / 2;
  return (
    <div className={styles[side]}>
      <h3>{t(`paths.${side}`)}</h3>
      <ol style={px({ shift })}>
        {list.map((one) => (
          <li key={one.page} style={px({ height: one.height })}>
            {one.page === "" || one.rest ? (
              <span className={styles.outside}>
                {t(one.rest ? "paths.rest" : `paths.outside.${side}`)}
              </span>
            ) : (
              <button
                type="button"
                title={t("paths.look", { page: one.page })}
                onClick={() => onPage(one.page)}
              >
                {one.page}
              </button>
            )}
            <span className={styles.counted}>
              <b>{f.count(one.count)}</b> {f.percent(one.share)}
            </span>
          </li>
        ))}
      </ol>
    </div>
  );
}

/** Bands as thick as their share; drawn only, the words stand at both ends. */
function Curves({ bands: list, side, top, height }: SideProps & { top: number }) {
  const shift = (height - bottom(list)) / 2;
  return (
    <svg
      className={styles.curves}
      width={WIDE}
      height={height}
      aria-hidden="true"
      preserveAspectRatio="none"
    >
      {list.map((one) => {
        const outer = shift + one.top + one.height / 2;
        const inner = top + one.at + one.thick / 2;
        const [from, to] = side === "before" ? [outer, inner] : [inner, outer];
        return (
          <path
            key={one.page}
            d={`M0 ${from}C${WIDE / 2} ${from} ${WIDE / 2} ${to} ${WIDE} ${to}`}
            fill="none"
            stroke={one.page === "" || one.rest ? "var(--g2)" : "var(--ai-2)"}
            strokeWidth={one.thick}
          />
        );
      })}
    </svg>
  );
}
