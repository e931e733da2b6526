import type { Initiative } from "../../api/useInitiatives.ts";
import { useLanguage } from "../../i18n/LanguageProvider.tsx";
import { StateTag } from "../../kit/StateTag.tsx";

const ICONS = { idea: "info", running: "act", finished: "check" } as const;

/** How far it is: shape, colour and word. */
export function State({ state }: { state: Initiative["state"] }) {
  const { t } = useLanguage();
  return (
    <StateTag tone={state === "running" ? "good" : "quiet"} icon={ICONS[state]}>
      {t(`initiatives.state.${state}`)}
    </StateTag>
  );
}
