import { Link } from "@tanstack/react-router";
import { useLanguage } from "../../i18n/LanguageProvider.tsx";
import { LinkRow } from "../../kit/LinkRow.tsx";
import { type TabKey, tabs } from "./tabs.ts";

/** The row of pages. The conditions go with one from page to page. */
export function ReportTabs({ ws, current }: { ws: string; current: TabKey }) {
  const { t } = useLanguage();
  return (
    <LinkRow label={t("report.tabs")} current={current}>
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
    </LinkRow>
  );
}
