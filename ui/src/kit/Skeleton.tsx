import { useLanguage } from "../i18n/LanguageProvider.tsx";
import styles from "./Skeleton.module.css";

interface SkeletonProps {
  /** CSS lengths or pixels; the final shape of what is coming. */
  width?: number | string;
  height?: number | string;
}

/** A grey shape where something is coming. */
export function Skeleton({ width = "100%", height = 16 }: SkeletonProps) {
  return <span className={styles.skeleton} style={{ width, height }} aria-hidden="true" />;
}

/** Says to those who cannot see the grey shapes that something is coming. */
export function Loading() {
  const { t } = useLanguage();
  return <output className="sr">{t("kit.loading")}</output>;
}
