import type { TalkHead } from "../api/useTalk.ts";
import { useLanguage } from "../i18n/LanguageProvider.tsx";
import { StateTag } from "../kit/StateTag.tsx";

/** Where a question stands: waits for an answer, is talked about, is answered. */
export function TalkState({ one }: { one: TalkHead }) {
  const { t } = useLanguage();
  if (one.settled)
    return (
      <StateTag tone="good" icon="check">
        {t("talk.state.settled")}
      </StateTag>
    );
  if (one.replied) return <StateTag tone="on">{t("talk.state.talked")}</StateTag>;
  return (
    <StateTag tone="warn">
      {one.waiting_days > 0
        ? t("talk.state.waitingDays", { days: one.waiting_days })
        : t("talk.state.waiting")}
    </StateTag>
  );
}
