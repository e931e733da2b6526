import { getRouteApi, Link, Outlet, useLocation } from "@tanstack/react-router";
import { Topline } from "../../frame/Topline.tsx";
import { useLanguage } from "../../i18n/LanguageProvider.tsx";
import { LinkRow } from "../../kit/LinkRow.tsx";
import styles from "./frame.module.css";
import { tabOf, tabs } from "./tabs.ts";

const route = getRouteApi("/framed/w/$ws/share");

/** 共有: one goal, understood by everyone, and looked at together. */
export function ShareFrame() {
  const { ws } = route.useParams();
  const { t } = useLanguage();
  const { pathname } = useLocation();
  const current = tabOf(pathname);
  return (
    <>
      <Topline title={t("frame.share")} />
      <LinkRow label={t("share.tabs")} current={current}>
        {tabs.map((tab) => (
          <li key={tab.key}>
            <Link
              to={tab.to}
              params={{ ws }}
              activeOptions={{ exact: true }}
              {...(tab.key === current ? { "aria-current": "page" as const } : {})}
            >
              {t(`share.tab.${tab.key}`)}
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
