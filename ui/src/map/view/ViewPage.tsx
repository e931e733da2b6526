import { useParams, useRouterState } from "@tanstack/react-router";
import { lazy, Suspense, useEffect, useState } from "react";
import { ApiError, carryPass } from "../../api/client.ts";
import type { MapReply } from "../../api/types.ts";
import { countView, useView, type View, type ViewPart } from "../../api/useViews.ts";
import { LanguageSwitch } from "../../frame/Preferences.tsx";
import { useLanguage } from "../../i18n/LanguageProvider.tsx";
import { Button, buttonClass } from "../../kit/Button.tsx";
import { Chip } from "../../kit/Chip.tsx";
import { Dialog } from "../../kit/Dialog.tsx";
import { EmptyState, Failed } from "../../kit/EmptyState.tsx";
import { GlossarySheet } from "../../kit/GlossarySheet.tsx";
import { Icon, Signpost } from "../../kit/Icon.tsx";
import { Loading, Skeleton } from "../../kit/Skeleton.tsx";
import { Tabs } from "../../kit/Tabs.tsx";
import { OutsideAsk } from "../../talk/outside/OutsideAsk.tsx";
import { PhoneList } from "../phone/PhoneList.tsx";
import { Sentences } from "../Sentences.tsx";
import { Explained } from "./Explained.tsx";
import { Findings } from "./Findings.tsx";
import { Locked } from "./Locked.tsx";
import styles from "./view.module.css";
import { firstVisit, rememberedPass, rememberPass } from "./visit.ts";

const MapView = lazy(() =>
  import("../MapView.tsx").then((module) => ({ default: module.MapView })),
);

/** The page for the boss: what the link shows, to read and to print, nothing to press. */
export function ViewPage() {
  const { token } = useParams({ strict: false }) as { token: string };
  // The same page inside the page of another site: without what only takes room there.
  const embedded = useRouterState({ select: (s) => s.location.pathname.startsWith("/embed/") });
  const { t } = useLanguage();
  const [pass, setPass] = useState(() => rememberedPass(token));
  carryPass(pass);
  const view = useView(token, pass);
  const reply = view.data;
  const there = reply !== undefined;
  useEffect(() => {
    if (reply) document.title = `${reply.map.model.name} — Shirube`;
  }, [reply]);
  useEffect(() => {
    if (there && firstVisit(token)) void countView(token, embedded);
  }, [there, token, embedded]);
  if (view.error && !reply) {
    const status = view.error instanceof ApiError ? view.error.status : 0;
    if (status === 401)
      return (
        <Locked
          token={token}
          onOpen={(given) => {
            rememberPass(token, given);
            setPass(given);
          }}
        />
      );
    return status >= 400 && status < 500 ? (
      <main>
        <h1 className="sr">Shirube</h1>
        <EmptyState title={t("view.gone")} line={view.error.message} />
      </main>
    ) : (
      <Failed error={view.error} retry={() => void view.refetch()} />
    );
  }
  return (
    <div className={styles.view}>
      <Head reply={reply?.map} token={token} embedded={embedded} />
      <main className={styles.room}>
        {reply ? <Parts page={reply} token={token} /> : <Waiting />}
      </main>
    </div>
  );
}

function Waiting() {
  return (
    <div className={styles.waiting}>
      <Loading />
      <Skeleton height={72} />
      <Skeleton height={420} />
    </div>
  );
}

/** Where the link shows more than fits one screen, its parts are chosen. */
function Parts({ page, token }: { page: View; token: string }) {
  const { t } = useLanguage();
  const { shows, map: reply } = page;
  const [open, setOpen] = useState<string | null>(null);
  const [chosen, setChosen] = useState<ViewPart | null>(null);
  // Where we stand is told above the map: the two are one screen.
  const screens = shows.filter((part) => part !== "now" || !shows.includes("map"));
  const at = screens.find((part) => part === chosen) ?? screens[0];
  const screen = (part: ViewPart | undefined) => {
    if (part === "map")
      return (
        <Suspense fallback={<Waiting />}>
          <MapView reply={reply} selected={null} onOpen={setOpen} ws={null} />
        </Suspense>
      );
    if (part === "findings") return <Findings findings={reply.findings} />;
    if (part === "glossary" && page.glossary)
      return (
        <section className={styles.sheet}>
          <h2>{t("view.part.glossary")}</h2>
          <div className={styles.findings}>
            <GlossarySheet indicators={page.glossary.indicators} words={page.glossary.words} />
          </div>
        </section>
      );
    return (
      <div className={styles.sheet}>
        <Sentences sentences={reply.sentences} onOpen={setOpen} />
        <PhoneList reply={reply} onOpen={setOpen} />
      </div>
    );
  };
  return (
    <>
      {screens.length < 2 ? (
        <div
          className={styles.panel}
          // What scrolls must be reachable by keyboard; the map has stops of its own.
          tabIndex={at === "map" ? undefined : 0}
        >
          {screen(at)}
        </div>
      ) : (
        <Tabs
          label={t("view.parts")}
          tabs={screens.map((part) => ({ key: part, label: t(`view.part.${part}`) }))}
          current={at ?? "now"}
          onChange={setChosen}
          className={styles.panel}
          listClassName={styles.tabs}
        >
          <div className={styles.part}>{screen(at)}</div>
        </Tabs>
      )}
      {open && <Explained token={token} reply={reply} id={open} onClose={() => setOpen(null)} />}
    </>
  );
}

interface HeadProps {
  reply: MapReply | undefined;
  token: string;
  embedded: boolean;
}

function Head({ reply, token, embedded }: HeadProps) {
  const { t, f } = useLanguage();
  const [asking, setAsking] = useState(false);
  return (
    <>
      <header className={styles.head}>
        <Signpost />
        <h1>{reply?.model.name ?? <Skeleton width={200} />}</h1>
        {!reply && (
          // What comes takes this room, so that nothing below it moves.
          <span className={`${styles.small} ${styles.thin}`}>
            <Skeleton width={72} height={12} />
          </span>
        )}
        {reply && (
          <>
            {!embedded && (
              <span className={styles.wide}>
                <Chip>
                  {f.facts([
                    t("view.version", { version: reply.model.version }),
                    reply.model.agreed.length > 0
                      ? t("view.agreed", { names: f.list(reply.model.agreed.map((one) => one.by)) })
                      : t("view.notAgreed"),
                  ])}
                </Chip>
              </span>
            )}
            <span className={styles.wide}>
              <Chip icon="calendar">{t("view.asOf", { day: f.weekday(reply.as_of) })}</Chip>
            </span>
            <span className={`quiet ${styles.small} ${styles.thin}`}>
              {t("goals.asOf", { day: f.day(reply.as_of) })}
            </span>
          </>
        )}
        <span style={{ flex: 1 }} />
        <Button small kind="primary" disabled={!reply} onClick={() => setAsking(true)}>
          {t("questions.ask")}
        </Button>
        {embedded ? (
          <a
            className={buttonClass("outline", true)}
            href={`/view/${token}`}
            target="_blank"
            rel="noreferrer"
          >
            <Icon name="fit" size={14} />
            {t("view.whole")}
          </a>
        ) : (
          <>
            <span className={`quiet ${styles.small} ${styles.wide}`}>{t("view.readOnly")}</span>
            <span className={styles.wide}>
              <Button small icon="print" onClick={() => print()}>
                {t("view.print")}
              </Button>
            </span>
            <LanguageSwitch />
          </>
        )}
      </header>
      {asking && (
        <Dialog title={t("questions.ask")} onClose={() => setAsking(false)}>
          <OutsideAsk token={token} />
        </Dialog>
      )}
    </>
  );
}
