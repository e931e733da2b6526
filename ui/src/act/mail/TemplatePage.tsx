import { getRouteApi, Link, useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { ApiError } from "../../api/client.ts";
import {
  type MailBody,
  type MailTemplate,
  useDropTemplate,
  useKeepTemplate,
  useMailPreview,
  useMailSenders,
  useMailTemplate,
} from "../../api/useMail.ts";
import { useLanguage } from "../../i18n/LanguageProvider.tsx";
import { BackLink } from "../../kit/BackLink.tsx";
import { Button } from "../../kit/Button.tsx";
import { Dialog } from "../../kit/Dialog.tsx";
import { EmptyState, Failed } from "../../kit/EmptyState.tsx";
import { Notice } from "../../kit/Notice.tsx";
import { MenuItem, Popover } from "../../kit/Popover.tsx";
import { Loading, Skeleton } from "../../kit/Skeleton.tsx";
import { useToast } from "../../kit/Toast.tsx";
import { useSettled } from "../../kit/useSettled.ts";
import { BlockList } from "./BlockList.tsx";
import { type Faults, faultsOf, newBody, ofWritten } from "./blocks.ts";
import { Footer } from "./Footer.tsx";
import { HeadFields } from "./HeadFields.tsx";
import styles from "./mail.module.css";
import { PreviewPane } from "./PreviewPane.tsx";
import { TestSend } from "./TestSend.tsx";
import { useMay } from "./useMay.ts";

const route = getRouteApi("/framed/w/$ws/act");
const page = getRouteApi("/framed/w/$ws/act/mail/templates/$id");

/** A mail being written, and what it looks like to whoever gets it. */
export function TemplatePage() {
  const { ws } = route.useParams();
  const { id } = page.useParams();
  const { t, lang } = useLanguage();
  const may = useMay(ws);
  const fresh = id === "new";
  const [version, setVersion] = useState(0);
  const kept = useMailTemplate(ws, fresh ? "" : id, version);
  const senders = useMailSenders(ws);
  if (!may.see) return <EmptyState title={t("mail.closed")} line={t("mail.closed.line")} />;
  const wrong = kept.error ?? senders.error;
  if (wrong) return <Failed error={wrong} retry={() => void kept.refetch()} />;
  if (!senders.data || (!fresh && !kept.data))
    return (
      <div className={styles.stack}>
        <Loading />
        <Skeleton height={32} width={280} />
        <Skeleton height={420} />
      </div>
    );
  const first = senders.data.senders[0];
  const begun = newBody(lang, first?.id ?? "", first?.settings.stream ?? "marketing");
  return (
    <Editor
      key={fresh ? "new" : `${id} ${kept.data?.version}`}
      ws={ws}
      kept={kept.data ?? null}
      begun={kept.data?.template ?? begun}
      onVersion={setVersion}
    />
  );
}

interface EditorProps {
  ws: string;
  kept: MailTemplate | null;
  begun: MailBody;
  onVersion: (version: number) => void;
}

function Editor({ ws, kept, begun, onVersion }: EditorProps) {
  const { t, f } = useLanguage();
  const say = useToast();
  const go = useNavigate();
  const may = useMay(ws);
  const senders = useMailSenders(ws).data?.senders ?? [];
  const [body, setBody] = useState(begun);
  const [reader, setReader] = useState("");
  const [testing, setTesting] = useState(false);
  const [dropping, setDropping] = useState(false);
  const settled = useSettled(body, 400);
  const blank = kept === null && settled === begun;
  const preview = useMailPreview(ws, settled, reader, !blank);
  const keep = useKeepTemplate(ws);
  const drop = useDropTemplate(ws);
  // Whoever has only begun is not told what is still missing, unless they want to save it.
  const wrong = faultsIn(keep.error ?? preview.error);
  const faults = kept || keep.error ? wrong : ofWritten(wrong, body);
  const count = Object.keys(faults).length;
  const changed = body !== begun;
  const newest = kept?.versions?.[0]?.version ?? kept?.version ?? 0;
  const old = kept !== null && kept.version !== newest;
  const change = (part: Partial<MailBody>) => {
    keep.reset();
    setBody({ ...body, ...part });
  };
  const sender = senders.find((one) => one.id === body.sender);
  function save() {
    keep.mutate(
      { template: body, ...(kept ? { id: kept.id, version: newest } : {}) },
      {
        onSuccess: (saved) => {
          say({ text: t("mail.template.saved", { version: saved.version }) });
          onVersion(0);
          if (!kept)
            void go({
              to: "/w/$ws/act/mail/templates/$id",
              params: { ws, id: saved.id },
              replace: true,
            });
        },
      },
    );
  }
  return (
    <div className={styles.stack}>
      <header className={styles.head}>
        <div>
          <BackLink to="/w/$ws/act/mail" params={{ ws }}>
            {t("mail.back")}
          </BackLink>
          <h1>{body.name || t(kept ? "mail.template.unnamed" : "mail.template.new")}</h1>
        </div>
        <div className={styles.buttons}>
          {kept && (
            <Popover
              label={t("mail.versions")}
              align="end"
              trigger={(wires) => (
                <Button {...wires} kind="quiet" icon="clock">
                  {t("mail.version", { version: kept.version })}
                </Button>
              )}
            >
              {(close) =>
                (kept.versions ?? []).map((one) => (
                  <MenuItem
                    key={one.version}
                    current={one.version === kept.version}
                    onClick={() => {
                      onVersion(one.version === newest ? 0 : one.version);
                      close();
                    }}
                  >
                    {t("mail.version", { version: one.version })}
                    <small className="quiet">{f.facts([f.time(one.updated_at), one.author])}</small>
                  </MenuItem>
                ))
              }
            </Popover>
          )}
          {kept && may.write && (
            <Button kind="quiet" onClick={() => setDropping(true)}>
              {t("mail.drop")}
            </Button>
          )}
          {kept && may.write && !changed && (
            <Button icon="mail" onClick={() => setTesting(true)}>
              {t("mail.test")}
            </Button>
          )}
          {may.write && (
            <Button
              kind="primary"
              disabled={keep.isPending || (!changed && !old && kept !== null)}
              onClick={save}
            >
              {t(old ? "mail.template.again" : "mail.save")}
            </Button>
          )}
        </div>
      </header>
      {senders.length === 0 && (
        <Notice
          kind="warn"
          actions={
            <Link to="/w/$ws/act/mail/senders" params={{ ws }} className={styles.link}>
              {t("mail.first.sender.do")}
            </Link>
          }
        >
          {t("mail.template.nosender")}
        </Notice>
      )}
      {old && <Notice kind="info">{t("mail.version.old", { version: kept.version })}</Notice>}
      {keep.error && count === 0 && <Notice kind="bad">{keep.error.message}</Notice>}
      {keep.error && count > 0 && (
        <Notice kind="bad">{t("mail.template.faults", { count })}</Notice>
      )}
      <div className={styles.write}>
        <fieldset className={styles.editor} disabled={!may.write}>
          <legend className="sr">{t("mail.template.write")}</legend>
          <HeadFields body={body} senders={senders} faults={faults} onChange={change} ws={ws} />
          <BlockList
            ws={ws}
            blocks={body.blocks}
            path="blocks"
            faults={faults}
            onChange={(blocks) => change({ blocks })}
          />
          <Footer body={body} legal={sender?.settings.legal ?? null} ws={ws} />
        </fieldset>
        <PreviewPane
          ws={ws}
          preview={preview.data}
          busy={preview.isFetching}
          faults={count}
          blank={blank || (preview.error !== null && count === 0)}
          reader={reader}
          onReader={setReader}
        />
      </div>
      {testing && kept && (
        <TestSend ws={ws} id={kept.id} reader={reader} onClose={() => setTesting(false)} />
      )}
      {dropping && kept && (
        <Dialog
          title={t("mail.template.drop")}
          onClose={() => setDropping(false)}
          actions={
            <>
              <Button
                kind="danger"
                onClick={() =>
                  drop.mutate(kept.id, {
                    onSuccess: () => void go({ to: "/w/$ws/act/mail", params: { ws } }),
                    onError: () => setDropping(false),
                  })
                }
              >
                {t("mail.template.drop.do")}
              </Button>
              <Button onClick={() => setDropping(false)}>{t("mail.cancel")}</Button>
            </>
          }
        >
          <p>{t("mail.template.drop.line")}</p>
        </Dialog>
      )}
    </div>
  );
}

function faultsIn(error: unknown): Faults {
  return error instanceof ApiError ? faultsOf(error.problem.errors ?? []) : {};
}
