import type { EventRow } from "../../api/types.ts";
import { useLanguage } from "../../i18n/LanguageProvider.tsx";
import { ago, happened } from "./happened.ts";
import styles from "./now.module.css";

/** What happened, the newest first; `at` is the server's moment. */
export function Happenings({ events, at }: { events: EventRow[]; at: number }) {
  const { t, f } = useLanguage();
  return (
    <ol className={styles.events}>
      {events.map((row) => {
        const { what, how } = happened(row, at - row.received_at, t, f);
        return (
          <li key={row.id}>
            <time>{ago(at - row.received_at, t)}</time>
            <div>
              <b>{what}</b>
              <span>{how}</span>
            </div>
          </li>
        );
      })}
    </ol>
  );
}
