import { useParams } from "@tanstack/react-router";
import { useEffect } from "react";
import { ApiError } from "../../api/client.ts";
import { useAskPage } from "../../api/useAsked.ts";
import { LanguageSwitch } from "../../frame/Preferences.tsx";
import { useLanguage } from "../../i18n/LanguageProvider.tsx";
import { EmptyState, Failed } from "../../kit/EmptyState.tsx";
import { Signpost } from "../../kit/Icon.tsx";
import { Loading, Skeleton } from "../../kit/Skeleton.tsx";
import styles from "../talk.module.css";
import { OutsideAsk, OwnQuestion } from "./OutsideAsk.tsx";

/** The page a link in a report or an answer opens: ask, or read what was answered. */
export function OutsidePage() {
  const { token } = useParams({ from: "/ask/$token" });
  const { t } = useLanguage();
  const page = useAskPage(token);
  const reply = page.data;
  const title = t(reply?.thread ? "talk.page.answer" : "talk.page.title");
  useEffect(() => {
    if (reply) document.title = `${title} — ${reply.workspace}`;
  }, [reply, title]);
  const gone = page.error instanceof ApiError && page.error.status < 500;
  return (
    <main className={styles.sheet}>
      <header className={styles.brand}>
        <Signpost />
        <span>{reply?.workspace}</span>
        <LanguageSwitch />
      </header>
      {page.error ? (
        gone ? (
          <>
            <h1 className="sr">Shirube</h1>
            <EmptyState title={t("view.gone")} line={page.error.message} />
          </>
        ) : (
          <Failed error={page.error} retry={() => void page.refetch()} />
        )
      ) : reply ? (
        <div className={styles.outside}>
          <h1>{title}</h1>
          {reply.thread ? (
            <OwnQuestion token={token} one={reply.thread} />
          ) : (
            <>
              <p className="quiet">
                {t("talk.page.line", { name: reply.about_name || t("talk.whole") })}
              </p>
              <OutsideAsk token={token} />
            </>
          )}
        </div>
      ) : (
        <>
          <Loading />
          <Skeleton height={28} width="60%" />
          <Skeleton height={200} />
        </>
      )}
    </main>
  );
}
