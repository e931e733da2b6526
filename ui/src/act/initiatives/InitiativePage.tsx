import { getRouteApi, useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { useChangeInitiatives, useInitiative } from "../../api/useInitiatives.ts";
import { useLanguage } from "../../i18n/LanguageProvider.tsx";
import { BackLink } from "../../kit/BackLink.tsx";
import { Button } from "../../kit/Button.tsx";
import { Dialog } from "../../kit/Dialog.tsx";
import { Failed } from "../../kit/EmptyState.tsx";
import { Notice } from "../../kit/Notice.tsx";
import { Loading, Skeleton } from "../../kit/Skeleton.tsx";
import { draftOf, newDraft } from "./draft.ts";
import { InitiativeForm } from "./InitiativeForm.tsx";
import styles from "./initiatives.module.css";
import { Report } from "./Report.tsx";
import { State } from "./State.tsx";
import { useMayEdit } from "./useMayEdit.ts";

const route = getRouteApi("/framed/w/$ws/act/initiatives/$id");

/** One initiative, read like a short report; "new" is one that is being written. */
export function InitiativePage() {
  const { ws, id } = route.useParams();
  return id === "new" ? <NewInitiative ws={ws} /> : <KeptInitiative key={id} ws={ws} id={id} />;
}

function Back({ ws }: { ws: string }) {
  const { t } = useLanguage();
  return (
    <div className={styles.crumb}>
      <BackLink to="/w/$ws/act/initiatives" params={{ ws }}>
        {t("initiatives.back")}
      </BackLink>
    </div>
  );
}

function NewInitiative({ ws }: { ws: string }) {
  const { t } = useLanguage();
  const { kpi, because } = route.useSearch();
  const navigate = useNavigate();
  const { create } = useChangeInitiatives(ws);
  return (
    <div className={styles.page}>
      <Back ws={ws} />
      <h2 className={styles.title}>{t("initiatives.form.new")}</h2>
      <InitiativeForm
        ws={ws}
        draft={newDraft(kpi, because)}
        saving={create.isPending}
        error={create.error}
        onCancel={() => void navigate({ to: "/w/$ws/act/initiatives", params: { ws } })}
        onSave={(body) =>
          create.mutate(body, {
            onSuccess: (made) =>
              void navigate({
                to: "/w/$ws/act/initiatives/$id",
                params: { ws, id: made.id },
                replace: true,
              }),
          })
        }
      />
    </div>
  );
}

function KeptInitiative({ ws, id }: { ws: string; id: string }) {
  const { t } = useLanguage();
  const found = useInitiative(ws, id);
  const mayEdit = useMayEdit(ws);
  const navigate = useNavigate();
  const { save, estimate, remove } = useChangeInitiatives(ws);
  const [editing, setEditing] = useState(false);
  const [deleting, setDeleting] = useState(false);
  if (found.error) return <Failed error={found.error} retry={() => void found.refetch()} />;
  if (!found.data)
    return (
      <div className={styles.page}>
        <Loading />
        <Skeleton height={32} width="40%" />
        <Skeleton height={240} />
      </div>
    );
  const one = found.data;
  return (
    <div className={styles.page}>
      <Back ws={ws} />
      <div className={styles.head}>
        <h2 className={styles.title}>{one.name}</h2>
        <div className={styles.tools}>
          <State state={one.state} />
          {mayEdit && !editing && (
            <>
              <Button onClick={() => setEditing(true)}>{t("initiatives.edit")}</Button>
              <Button kind="quiet" onClick={() => setDeleting(true)}>
                {t("initiatives.delete")}
              </Button>
            </>
          )}
        </div>
      </div>
      {editing ? (
        <InitiativeForm
          ws={ws}
          draft={draftOf(one)}
          saving={save.isPending}
          error={save.error}
          onCancel={() => setEditing(false)}
          onSave={(body) =>
            save.mutate({ id, base: one.version, body }, { onSuccess: () => setEditing(false) })
          }
        />
      ) : (
        <Report
          ws={ws}
          one={one}
          ask={mayEdit ? () => estimate.mutate(id) : undefined}
          asking={estimate.isPending}
          error={estimate.error}
        />
      )}
      {deleting && (
        <Dialog
          title={t("initiatives.delete.title")}
          onClose={() => setDeleting(false)}
          actions={
            <>
              <Button
                kind="danger"
                disabled={remove.isPending}
                onClick={() =>
                  remove.mutate(id, {
                    onSuccess: () =>
                      void navigate({ to: "/w/$ws/act/initiatives", params: { ws } }),
                  })
                }
              >
                {t("initiatives.delete")}
              </Button>
              <Button onClick={() => setDeleting(false)}>{t("initiatives.keep")}</Button>
            </>
          }
        >
          <p>{t("initiatives.delete.line", { name: one.name })}</p>
          {remove.error && <Notice kind="bad">{remove.error.message}</Notice>}
        </Dialog>
      )}
    </div>
  );
}
