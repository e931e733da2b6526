import { getRouteApi, Link } from "@tanstack/react-router";
import { useBroadcast, useMailTemplates } from "../../api/useMail.ts";
import { useLanguage } from "../../i18n/LanguageProvider.tsx";
import { BackLink } from "../../kit/BackLink.tsx";
import { buttonClass } from "../../kit/Button.tsx";
import { EmptyState, Failed } from "../../kit/EmptyState.tsx";
import { Loading, Skeleton } from "../../kit/Skeleton.tsx";
import { CastForm } from "./CastForm.tsx";
import { CastResults } from "./CastResults.tsx";
import styles from "./mail.module.css";
import { StateMark } from "./StateMark.tsx";
import { useMay } from "./useMay.ts";

const route = getRouteApi("/framed/w/$ws/act");
const page = getRouteApi("/framed/w/$ws/act/mail/broadcasts/$id");

/** A mail to many: while it is a draft, what to send to whom and when; then what became of it. */
export function BroadcastPage() {
  const { ws } = route.useParams();
  const { id } = page.useParams();
  const { t } = useLanguage();
  const may = useMay(ws);
  const fresh = id === "new";
  const cast = useBroadcast(ws, fresh ? "" : id);
  const templates = useMailTemplates(ws);
  if (!may.see) return <EmptyState title={t("mail.closed")} line={t("mail.closed.line")} />;
  const wrong = cast.error ?? templates.error;
  if (wrong) return <Failed error={wrong} retry={() => void cast.refetch()} />;
  if (!templates.data || (!fresh && !cast.data))
    return (
      <div className={styles.stack}>
        <Loading />
        <Skeleton height={32} width={280} />
        <Skeleton height={360} />
      </div>
    );
  const list = templates.data.templates;
  const known = cast.data ?? null;
  const draft = known === null || known.state === "draft";
  return (
    <div className={styles.stack}>
      <header className={styles.head}>
        <div>
          <BackLink to="/w/$ws/act/mail" params={{ ws }}>
            {t("mail.back")}
          </BackLink>
          <h1>{known?.plan.name ?? t("mail.cast.new")}</h1>
        </div>
        {known && <StateMark state={known.state} />}
      </header>
      {list.length === 0 && draft ? (
        <EmptyState title={t("mail.cast.notemplate")} line={t("mail.cast.notemplate.line")}>
          <Link
            to="/w/$ws/act/mail/templates/$id"
            params={{ ws, id: "new" }}
            className={buttonClass("primary")}
          >
            {t("mail.first.template.do")}
          </Link>
        </EmptyState>
      ) : draft ? (
        <CastForm
          key={known ? `${known.id} ${known.version}` : "new"}
          ws={ws}
          cast={known}
          templates={list}
        />
      ) : (
        known && <CastResults ws={ws} cast={known} templates={list} />
      )}
    </div>
  );
}
