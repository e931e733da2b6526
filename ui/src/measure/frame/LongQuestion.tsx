import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { useQuestionProgress, useRunningQuestions } from "../../api/questions.ts";
import { useLanguage } from "../../i18n/LanguageProvider.tsx";
import { Button } from "../../kit/Button.tsx";
import styles from "./frame.module.css";

/** How long one waits before it is told that it takes longer (ms). */
const PATIENCE = 1_000;

/** A line while a report is being counted for longer than a moment, with a way to call it off. */
export function LongQuestion({ ws }: { ws: string }) {
  const { t } = useLanguage();
  const client = useQueryClient();
  const oldest = useRunningQuestions(ws)[0];
  const [now, setNow] = useState(0);
  const [calledOff, setCalledOff] = useState(false);
  const waited = oldest ? now - oldest.since : 0;
  const long = oldest && waited >= PATIENCE;
  const progress = useQuestionProgress(ws, long ? oldest.id : undefined);

  const id = oldest?.id;
  useEffect(() => {
    if (!id) return;
    setNow(performance.now());
    setCalledOff(false);
    const timer = setInterval(() => setNow(performance.now()), 250);
    return () => clearInterval(timer);
  }, [id]);

  if (calledOff && !oldest) {
    return (
      <output className={styles.long}>
        <span>{t("report.long.off")}</span>
        <Button
          kind="text"
          small
          onClick={() => void client.refetchQueries({ queryKey: ["measure", ws], type: "active" })}
        >
          {t("report.long.again")}
        </Button>
      </output>
    );
  }
  if (!long) return null;
  const share = progress.data?.running ? progress.data.share : 0;
  const seconds = Math.floor(waited / 1000);
  return (
    <div className={styles.long}>
      <div
        className={styles.longTrack}
        role="progressbar"
        aria-label={t("report.long")}
        {...(share > 0 ? { "aria-valuenow": Math.round(share * 100) } : {})}
        aria-valuemin={0}
        aria-valuemax={100}
      >
        <span key={progress.data?.part} style={{ inlineSize: `${Math.max(share * 100, 2)}%` }} />
      </div>
      <span>{t("report.long")}</span>
      <span className={styles.longHow}>
        {share > 0
          ? t("report.long.share", { share: Math.round(share * 100), seconds })
          : t("report.long.seconds", { seconds })}
      </span>
      <Button
        kind="text"
        small
        onClick={() => {
          setCalledOff(true);
          void client.cancelQueries({ queryKey: ["measure", ws] });
        }}
      >
        {t("report.long.stop")}
      </Button>
    </div>
  );
}
