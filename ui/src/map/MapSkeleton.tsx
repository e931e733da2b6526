import { useLanguage } from "../i18n/LanguageProvider.tsx";
import { Loading, Skeleton } from "../kit/Skeleton.tsx";
import styles from "./MapSkeleton.module.css";

const THREE = [1, 2, 3];
const CARDS = [
  [366, 120],
  [366, 421],
  [636, 20],
  [636, 221],
  [636, 355],
  [636, 489],
] as const;

/** The map's shape while its numbers are on the way. */
export function MapSkeleton() {
  const { t } = useLanguage();
  return (
    <>
      <Loading />
      <h1 className="sr">{t("frame.map")}</h1>
      <div className={styles.top}>
        <Skeleton width={180} height={20} />
        <Skeleton width={110} height={28} />
      </div>
      <div className={styles.three}>
        {THREE.map((n) => (
          <div key={n}>
            <Skeleton width={64} height={12} />
            <Skeleton height={18} />
            <Skeleton width="60%" height={18} />
          </div>
        ))}
      </div>
      <div className={styles.field}>
        <div style={{ left: 28, top: 120 }}>
          <Skeleton width={272} height={416} />
        </div>
        {CARDS.map(([left, top]) => (
          <div key={`${left} ${top}`} style={{ left, top }}>
            <Skeleton width={204} height={116} />
          </div>
        ))}
      </div>
    </>
  );
}
