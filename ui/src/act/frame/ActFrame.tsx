import { getRouteApi, Link, Outlet, useLocation } from "@tanstack/react-router";
import { Topline } from "../../frame/Topline.tsx";
import { useLanguage } from "../../i18n/LanguageProvider.tsx";
import { LinkRow } from "../../kit/LinkRow.tsx";
import styles from "./frame.module.css";
import { tabOf, tabs } from "./tabs.ts";

const route = getRouteApi("/framed/w/$ws/act");

/** 打ち手: what is done, for whom, and what came of it. */
export function ActFrame() {
  const { ws } = route.useParams();
  const { t } = useLanguage();
  const { pathname } = useLocation();
  const current = tabOf(pathname);
  return (
    <>
      <Topline title={t("frame.act")} />
      <LinkRow label={t("act.tabs")} current={current}>
        {tabs.map((tab) => (
          <li key={tab.key}>
            <Link
              to={tab.to}
              params={{ ws }}
              activeOptions={{ exact: true }}
              {...(tab.key === current ? { "aria-current": "page" as const } : {})}
            >
              {t(`act.tab.${tab.key}`)}
            </Link>
          </li>
        ))}
      </LinkRow>
      <div className={styles.page}>
        <Outlet />
      </div>
    </>
  );
}
