import { Link } from "@tanstack/react-router";
import { useEffect, useRef } from "react";
import { useLanguage } from "../../i18n/LanguageProvider.tsx";
import styles from "./frame.module.css";
import { type TabKey, tabs } from "./tabs.ts";

/** The row of pages; on a phone it is moved sideways. The conditions go with one from page to page. */
export function ReportTabs({ ws, current }: { ws: string; current: TabKey }) {
  const { t } = useLanguage();
  const row = useRef<HTMLUListElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the row is moved when another page is opened
  useEffect(() => {
    const list = row.current;
    const link = list?.querySelector<HTMLElement>("[aria-current]");
    if (list && link) list.scrollLeft = link.offsetLeft - (list.clientWidth - link.offsetWidth) / 2;
  }, [current]);
  return (
    <nav className={styles.tabs} aria-label={t("report.tabs")}>
      <ul ref={row}>
        {tabs.map((tab) =>
          "hidden" in tab ? null : (
            <li key={tab.key}>
              <Link
                to={tab.to}
                params={{ ws }}
                search
                activeOptions={{ exact: true, includeSearch: false }}
              >
                {t(`report.tab.${tab.key}`)}
              </Link>
            </li>
          ),
        )}
      </ul>
    </nav>
  );
}
