import { useState } from "react";
import type { FindingCard as Finding, ReviewReply } from "../../api/types.ts";
import type { MapView } from "../../api/useMap.ts";
import { useMute, useUnmute } from "../../api/useReview.ts";
import { useTalkOverview } from "../../api/useTalk.ts";
import { useLanguage } from "../../i18n/LanguageProvider.tsx";
import { Button } from "../../kit/Button.tsx";
import { EmptyState } from "../../kit/EmptyState.tsx";
import { Notice } from "../../kit/Notice.tsx";
import { Tabs } from "../../kit/Tabs.tsx";
import { useToast } from "../../kit/Toast.tsx";
import page from "../ask.module.css";
import { firstOfEachKind } from "../newcomer.ts";
import { FindingCard } from "./FindingCard.tsx";
import { MuteDialog } from "./MuteDialog.tsx";

interface FindingsProps {
  ws: string;
  reply: ReviewReply;
  view: MapView;
  /** Given where only the first are shown: shows all of them. */
  onAll?: (() => void) | undefined;
  /** Where both do not fit side by side: goes to the sliders below. */
  onWhatIf: () => void;
}

/** All findings, the most at stake first; those at rest behind a tab of their own. */
export function Findings({ ws, reply, view, onAll, onWhatIf }: FindingsProps) {
  const { t } = useLanguage();
  const say = useToast();
  const mute = useMute(ws);
  const unmute = useUnmute(ws);
  const [tab, setTab] = useState<"open" | "talked" | "resting">("open");
  const [asking, setAsking] = useState<Finding | null>(null);
  const open = reply.findings.filter((one) => !one.muted);
  const resting = reply.findings.filter((one) => one.muted);
  const asked = useTalkOverview(ws).data?.subjects;
  const talked = open.filter((one) =>
    asked?.some((subject) => subject.about === `finding:${one.key}` && subject.open > 0),
  );
  const listed = { open, talked, resting }[tab];
  const few = onAll !== undefined && tab === "open";
  const shown = few ? firstOfEachKind(listed) : listed;
  const failed = () => say({ text: t("ask.failed") });

  function bringBack(key: string) {
    unmute.mutate(key, { onSuccess: () => say({ text: t("ask.unmuted") }), onError: failed });
  }
  function letRest(finding: Finding, reason: string) {
    setAsking(null);
    mute.mutate(
      { key: finding.key, reason },
      {
        onSuccess: () =>
          say({
            text: t("ask.muted"),
            action: { label: t("ask.undo"), run: () => bringBack(finding.key) },
          }),
        onError: failed,
      },
    );
  }

  return (
    <div className={page.head}>
      <div className={page.title}>
        <h2>{t("ask.title")}</h2>
        <p>{t("ask.order", { kgi: reply.kgi.name })}</p>
      </div>
      <Tabs
        label={t("ask.tabs")}
        current={tab}
        onChange={setTab}
        className={page.panel}
        listClassName={page.tabs}
        tabs={[
          { key: "open" as const, label: t("ask.tab.open"), count: open.length },
          { key: "talked" as const, label: t("talk.state.talked"), count: talked.length },
          { key: "resting" as const, label: t("ask.tab.resting"), count: resting.length },
        ].filter((one) => !onAll || one.key === "open" || one.count > 0)}
      >
        {!onAll && (
          <span className={page.jump}>
            <Button small icon="down" onClick={onWhatIf}>
              {t("whatif.title")}
            </Button>
          </span>
        )}
        {reply.evidence === "computing" && (
          <output>
            <Notice kind="info">{t("ask.computing")}</Notice>
          </output>
        )}
        {shown.map((finding) => (
          <FindingCard
            key={finding.key}
            ws={ws}
            view={view}
            finding={finding}
            kgi={reply.kgi}
            brief={few}
            onMute={() => setAsking(finding)}
            onUnmute={() => bringBack(finding.key)}
          />
        ))}
        {few && (
          <p>
            <Button icon="down" onClick={onAll}>
              {t("ask.more", { count: listed.length - shown.length })}
            </Button>
          </p>
        )}
        {shown.length === 0 && tab === "open" && reply.evidence === "ready" && (
          <EmptyState title={t("ask.none")} line={t("ask.none.line")} />
        )}
        {shown.length === 0 && tab === "talked" && <p className="quiet">{t("talk.none.talked")}</p>}
        {shown.length === 0 && tab === "resting" && (
          <p className="quiet">{t("ask.none.resting")}</p>
        )}
      </Tabs>
      {asking && (
        <MuteDialog
          finding={asking}
          onClose={() => setAsking(null)}
          onMute={(reason) => letRest(asking, reason)}
        />
      )}
    </div>
  );
}
