import { useLanguage } from "../../i18n/LanguageProvider.tsx";
import { Card } from "../../kit/Card.tsx";
import { Loading, Skeleton } from "../../kit/Skeleton.tsx";
import page from "../ask.module.css";
import styles from "./findings.module.css";

const CARDS = [1, 2, 3];

/** The findings' shape while they are on the way. */
export function FindingsSkeleton() {
  const { t } = useLanguage();
  return (
    <div className={page.head}>
      <Loading />
      <div className={page.title}>
        <h2>{t("ask.title")}</h2>
      </div>
      <div className={page.panel}>
        {CARDS.map((n) => (
          <Card key={n} className={styles.card}>
            <div className={styles.stake}>
              <Skeleton width={56} height={28} />
            </div>
            <div className={styles.words}>
              <Skeleton width={120} height={12} />
              <p className={styles.sentence}>
                <Skeleton width="90%" height={18} />
              </p>
              <p className={styles.body}>
                <Skeleton width="80%" height={14} />
              </p>
            </div>
            <div className={styles.chart}>
              <Skeleton width={208} height={72} />
            </div>
            <div className={styles.foot}>
              <Skeleton width={96} height={32} />
            </div>
          </Card>
        ))}
      </div>
    </div>
  );
}
