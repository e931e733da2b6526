import type { Automation } from "../../api/useAutomations.ts";
import { useLanguage } from "../../i18n/LanguageProvider.tsx";
import { StateTag } from "../../kit/StateTag.tsx";

/** Whether it runs: shape, colour and word. */
export function State({ automation }: { automation: Automation | null }) {
  const { t } = useLanguage();
  const live = automation !== null && automation.live > 0;
  const ever = automation !== null && automation.people.length > 0;
  const word = live ? "live" : ever ? "off" : "draft";
  return (
    <StateTag tone={live ? "good" : "quiet"} icon={live ? "act" : "minus"}>
      {t(`automations.state.${word}`)}
    </StateTag>
  );
}
