import { Link, useParams } from "@tanstack/react-router";
import { useState } from "react";
import type { ReadOnlyView } from "../../api/types.ts";
import { useCloseView, useViews } from "../../api/useViews.ts";
import { useWorkspaces } from "../../api/useWorkspaces.ts";
import { useLanguage } from "../../i18n/LanguageProvider.tsx";
import { Button, buttonClass } from "../../kit/Button.tsx";
import { Dialog } from "../../kit/Dialog.tsx";
import { EmptyState, Failed } from "../../kit/EmptyState.tsx";
import { Icon } from "../../kit/Icon.tsx";
import { Notice } from "../../kit/Notice.tsx";
import { Loading, Skeleton } from "../../kit/Skeleton.tsx";
import { useToast } from "../../kit/Toast.tsx";
import { LinkCard } from "./LinkCard.tsx";
import { LinkForm, type MadeLink } from "./LinkForm.tsx";
import styles from "./links.module.css";
import { NewLink } from "./NewLink.tsx";

/** Read-only links: make one, see which work and how often they are opened, close them. */
export function LinksPage() {
  const { ws } = useParams({ from: "/framed/w/$ws/share/links" });
  const { t, lang } = useLanguage();
  // Taking things out as files is a right of its own.
  const takesOut = useWorkspaces().data?.workspaces.find((one) => one.slug === ws)?.export;
  const views = useViews(ws);
  // The link being edited, "" for a new one.
  const [editing, setEditing] = useState<string | null>(null);
  const [made, setMade] = useState<MadeLink | null>(null);
  const [closing, setClosing] = useState<ReadOnlyView | null>(null);
  const say = useToast();
  const list = views.data?.views;
  const open = list?.filter((view) => view.state === "open") ?? [];
  const past = list?.filter((view) => view.state !== "open") ?? [];
  const row = (view: ReadOnlyView) => (
    <li key={view.id}>
      {editing === view.id ? (
        <LinkForm ws={ws} view={view} onDone={() => setEditing(null)} />
      ) : (
        <LinkCard
          view={view}
          onChange={() => setEditing(view.id)}
          onClose={() => setClosing(view)}
        />
      )}
    </li>
  );
  return (
    <>
      <header className={styles.head}>
        <div>
          <h2>{t("links.title")}</h2>
          <p className="quiet">{t("links.line")}</p>
        </div>
        {editing !== "" && !made && open.length > 0 && (
          <Button kind="primary" icon="link" onClick={() => setEditing("")}>
            {t("links.new")}
          </Button>
        )}
      </header>
      <div className={styles.two}>
        <div className={styles.stack}>
          {made && <NewLink made={made} onDone={() => setMade(null)} />}
          {editing === "" && <LinkForm ws={ws} onMade={setMade} onDone={() => setEditing(null)} />}
          {views.error && !list && (
            <Failed error={views.error} retry={() => void views.refetch()} />
          )}
          {views.isPending && (
            <>
              <Loading />
              <Skeleton height={96} />
              <Skeleton height={96} />
            </>
          )}
          {list && open.length === 0 && editing !== "" && !made && (
            <EmptyState title={t("links.list.none")}>
              <Button kind="primary" icon="link" onClick={() => setEditing("")}>
                {t("links.new")}
              </Button>
            </EmptyState>
          )}
          {open.length > 0 && (
            <section>
              <h3>{t("links.list")}</h3>
              <ul className={styles.list}>{open.map(row)}</ul>
              <p className={`quiet ${styles.small}`}>{t("links.opened.note")}</p>
            </section>
          )}
          {past.length > 0 && (
            <details className={styles.past}>
              <summary>{t("links.past", { count: past.length })}</summary>
              <ul className={styles.list}>{past.map(row)}</ul>
            </details>
          )}
        </div>
        {(list || views.error) && <Also ws={ws} lang={lang} takesOut={takesOut === true} />}
      </div>
      {closing && (
        <CloseView
          ws={ws}
          view={closing}
          onDone={(closed) => {
            setClosing(null);
            if (closed) say({ text: t("links.closed") });
          }}
        />
      )}
    </>
  );
}

interface CloseViewProps {
  ws: string;
  view: ReadOnlyView;
  onDone: (closed: boolean) => void;
}

function CloseView({ ws, view, onDone }: CloseViewProps) {
  const { t } = useLanguage();
  const close = useCloseView(ws);
  return (
    <Dialog
      title={t("links.close.title")}
      onClose={() => onDone(false)}
      actions={
        <>
          <Button
            kind="danger"
            disabled={close.isPending}
            onClick={() => close.mutate(view.id, { onSuccess: () => onDone(true) })}
          >
            {t("links.close")}
          </Button>
          <Button onClick={() => onDone(false)}>{t("kit.cancel")}</Button>
        </>
      }
    >
      <p>{t("links.close.line")}</p>
      {close.error && <Notice kind="bad">{close.error.message}</Notice>}
    </Dialog>
  );
}

interface AlsoProps {
  ws: string;
  lang: string;
  takesOut: boolean;
}

/** Other ways to hand things on. It comes after the links: on a phone it stands below them. */
function Also({ ws, lang, takesOut }: AlsoProps) {
  const { t } = useLanguage();
  return (
    <aside>
      <h3>{t("links.also")}</h3>
      <p className={`quiet ${styles.small}`}>{t("links.also.print")}</p>
      <p className={`quiet ${styles.small}`}>{t("links.also.picture")}</p>
      <div className={styles.also}>
        <Link to="/w/$ws/map" params={{ ws }} className={buttonClass("outline", true)}>
          {t("links.also.map")}
        </Link>
        {takesOut && (
          <>
            {(["png", "svg"] as const).map((kind) => (
              <a
                key={kind}
                className={buttonClass("outline", true)}
                href={`/api/workspaces/${ws}/map.${kind}?lang=${lang}`}
                download
              >
                <Icon name="picture" size={14} />
                {t(`links.also.${kind}`)}
              </a>
            ))}
            <a
              className={buttonClass("outline", true)}
              href={`/api/workspaces/${ws}/numbers.xlsx?lang=${lang}`}
              download
            >
              <Icon name="download" size={14} />
              {t("links.also.excel")}
            </a>
          </>
        )}
      </div>
    </aside>
  );
}
