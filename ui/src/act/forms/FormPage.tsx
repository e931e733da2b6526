import { getRouteApi, Link, useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { ApiError } from "../../api/client.ts";
import { type Form, useDropForm, useForm, useMakeForm, useSwitchForm } from "../../api/useForms.ts";
import { useLanguage } from "../../i18n/LanguageProvider.tsx";
import { BackLink } from "../../kit/BackLink.tsx";
import { Button } from "../../kit/Button.tsx";
import { Dialog } from "../../kit/Dialog.tsx";
import { Failed } from "../../kit/EmptyState.tsx";
import { Notice } from "../../kit/Notice.tsx";
import { Loading, Skeleton } from "../../kit/Skeleton.tsx";
import { Tabs } from "../../kit/Tabs.tsx";
import { useToast } from "../../kit/Toast.tsx";
import { Editor } from "./Editor.tsx";
import styles from "./forms.module.css";
import { Places } from "./Places.tsx";
import { Results } from "./Results.tsx";
import { SaveBar } from "./SaveBar.tsx";
import { State } from "./State.tsx";
import { useDraft } from "./useDraft.ts";
import { Versions } from "./Versions.tsx";

const route = getRouteApi("/framed/w/$ws/act/forms/$id");
type Tab = "edit" | "place" | "results" | "versions";

/** One form: what it asks, where it stands, what came in. */
export function FormPage() {
  const { ws, id } = route.useParams();
  const form = useForm(ws, id);
  const [times, setTimes] = useState(0);
  if (form.error && !form.data)
    return <Failed error={form.error} retry={() => void form.refetch()} />;
  if (!form.data)
    return (
      <div className={styles.stack}>
        <Loading />
        <Skeleton width={280} height={28} />
        <Skeleton height={480} />
      </div>
    );
  return (
    <Loaded
      key={`${id} ${times}`}
      ws={ws}
      form={form.data}
      reload={() => form.refetch().then(() => setTimes(times + 1))}
    />
  );
}

function Loaded({ ws, form, reload }: { ws: string; form: Form; reload: () => Promise<unknown> }) {
  const { t } = useLanguage();
  const [tab, setTab] = useState<Tab>(form.accepted + form.held > 0 ? "results" : "edit");
  const draft = useDraft(ws, form);
  return (
    <div className={styles.stack}>
      <Head ws={ws} form={form} dirty={draft.dirty} />
      {!form.may_edit && <Notice kind="info">{t("forms.readonly")}</Notice>}
      {form.confirm?.problem && (
        <Notice
          kind="warn"
          actions={
            form.confirm.sender && (
              <Link to="/w/$ws/act/mail/senders" params={{ ws }} className={styles.link}>
                {t("forms.consent.senders")}
              </Link>
            )
          }
        >
          {form.confirm.problem}
        </Notice>
      )}
      <Tabs
        label={t("forms.tabs")}
        current={tab}
        onChange={setTab}
        className={styles.panel}
        tabs={[
          { key: "edit", label: t("forms.tab.edit") },
          { key: "place", label: t("forms.tab.place") },
          { key: "results", label: t("forms.tab.results"), count: form.accepted + form.held },
          { key: "versions", label: t("forms.tab.versions"), count: form.version },
        ]}
      >
        {tab === "edit" && <Editor ws={ws} id={form.id} draft={draft} may={form.may_edit} />}
        {tab === "place" && <Places form={form} draft={draft} may={form.may_edit} />}
        {tab === "results" && <Results ws={ws} form={form} />}
        {tab === "versions" && (
          <Versions
            ws={ws}
            form={form}
            onUse={(version) => {
              if (version.definition) draft.change(version.definition);
              setTab("edit");
            }}
          />
        )}
      </Tabs>
      {form.may_edit && draft.dirty && <SaveBar draft={draft} reload={reload} />}
    </div>
  );
}

function Head({ ws, form, dirty }: { ws: string; form: Form; dirty: boolean }) {
  const { t } = useLanguage();
  const say = useToast();
  const navigate = useNavigate();
  const turn = useSwitchForm(ws, form.id);
  const make = useMakeForm(ws);
  const drop = useDropForm(ws, form.id);
  const [asking, setAsking] = useState<"close" | "drop" | null>(null);
  const error = turn.error ?? make.error ?? drop.error;
  async function set(open: boolean) {
    setAsking(null);
    await turn.mutateAsync(open);
    say({ text: t(open ? "forms.opened" : "forms.closed.done") });
  }
  async function copy() {
    if (!form.definition) return;
    const name = t("forms.copy.name", { name: form.name }).slice(0, 120);
    const made = await make.mutateAsync({ name, definition: form.definition });
    await navigate({ to: "/w/$ws/act/forms/$id", params: { ws, id: made.id } });
  }
  async function remove() {
    await drop.mutateAsync();
    say({ text: t("forms.dropped") });
    await navigate({ to: "/w/$ws/act/forms", params: { ws } });
  }
  const failed = () => {};
  return (
    <header className={styles.stackSmall}>
      <BackLink to="/w/$ws/act/forms" params={{ ws }}>
        {t("forms.back")}
      </BackLink>
      <div className={styles.pageHead}>
        <h1 className={styles.heading}>
          {form.name} <State open={form.open} />
        </h1>
        {form.may_edit && (
          <div className={styles.buttons}>
            {form.accepted + form.held === 0 && !form.open && (
              <Button kind="quiet" onClick={() => setAsking("drop")}>
                {t("forms.drop.do")}
              </Button>
            )}
            <Button disabled={make.isPending} onClick={() => void copy().catch(failed)}>
              {t("forms.copy.do")}
            </Button>
            {form.open ? (
              <Button onClick={() => setAsking("close")}>{t("forms.close.do")}</Button>
            ) : (
              <Button
                kind={dirty ? "outline" : "primary"}
                disabled={dirty || turn.isPending}
                title={dirty ? t("forms.open.first") : undefined}
                onClick={() => void set(true).catch(failed)}
              >
                {t("forms.open.do")}
              </Button>
            )}
          </div>
        )}
      </div>
      {error && (
        <Notice kind="bad">
          {error instanceof ApiError
            ? (error.problem.errors?.[0]?.message ?? error.message)
            : t("kit.failed.offline")}
        </Notice>
      )}
      {asking === "close" && (
        <Dialog
          title={t("forms.close.ask")}
          onClose={() => setAsking(null)}
          actions={
            <>
              <Button kind="primary" onClick={() => void set(false).catch(failed)}>
                {t("forms.close.do")}
              </Button>
              <Button onClick={() => setAsking(null)}>{t("forms.new.cancel")}</Button>
            </>
          }
        >
          <p>{t("forms.close.ask.line")}</p>
        </Dialog>
      )}
      {asking === "drop" && (
        <Dialog
          title={t("forms.drop.ask", { name: form.name })}
          onClose={() => setAsking(null)}
          actions={
            <>
              <Button kind="danger" onClick={() => void remove().catch(failed)}>
                {t("forms.drop.do")}
              </Button>
              <Button onClick={() => setAsking(null)}>{t("forms.new.cancel")}</Button>
            </>
          }
        >
          <p>{t("forms.drop.line")}</p>
        </Dialog>
      )}
    </header>
  );
}
