import type { Broadcast } from "../../api/useMail.ts";
import { useLanguage } from "../../i18n/LanguageProvider.tsx";
import { StateTag } from "../../kit/StateTag.tsx";

const TONES = {
  draft: "quiet",
  planned: "on",
  asking: "warn",
  queueing: "on",
  sending: "on",
  sent: "good",
  stopped: "quiet",
} as const satisfies Record<Broadcast["state"], string>;

/** Where a broadcast stands, in a word. */
export function StateMark({ state }: { state: Broadcast["state"] }) {
  const { t } = useLanguage();
  return <StateTag tone={TONES[state]}>{t(`mail.state.${state}`)}</StateTag>;
}
