import type { TalkVoice } from "../api/useTalk.ts";
import { useLanguage } from "../i18n/LanguageProvider.tsx";
import { Badge } from "../kit/Badge.tsx";
import { StateTag } from "../kit/StateTag.tsx";
import styles from "./talk.module.css";

/** Whose word it is, and since when: 鈴木 亮・営業 9月7日 10:12. */
export function Voice({ by, at, edited }: { by: TalkVoice; at: string; edited?: boolean }) {
  const { t, f } = useLanguage();
  const name = by.name || t("talk.nobody");
  return (
    <p className={styles.voice}>
      <Badge name={name} label={name} />
      <b>{name}</b>
      {by.department && <span>{by.department}</span>}
      {by.outside && <StateTag tone="quiet">{t("talk.outside")}</StateTag>}
      <time dateTime={at}>{f.time(at)}</time>
      {edited && <span>{t("talk.edited")}</span>}
    </p>
  );
}
