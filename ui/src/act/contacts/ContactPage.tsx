import { getRouteApi } from "@tanstack/react-router";
import { type ContactDetail, useContact } from "../../api/useContacts.ts";
import { useLanguage } from "../../i18n/LanguageProvider.tsx";
import { BackLink } from "../../kit/BackLink.tsx";
import { Chip } from "../../kit/Chip.tsx";
import { Failed } from "../../kit/EmptyState.tsx";
import { Loading, Skeleton } from "../../kit/Skeleton.tsx";
import { ActingCards } from "./ActingCards.tsx";
import styles from "./contacts.module.css";
import { MailCard } from "./MailCard.tsx";
import { MoreMenu } from "./MoreMenu.tsx";
import { OwnerPick } from "./OwnerPick.tsx";
import { PropertiesCard } from "./PropertiesCard.tsx";
import { Tags } from "./Tags.tsx";
import { Timeline } from "./Timeline.tsx";
import { useRights } from "./useRights.ts";
import { useWhen } from "./when.ts";

const route = getRouteApi("/framed/w/$ws/act/contacts/$id");

/** One person: who they are, what happened, what may be sent to them. */
export function ContactPage() {
  const { ws, id } = route.useParams();
  const { data, error, refetch } = useContact(ws, id);
  if (error) return <Failed error={error} retry={() => void refetch()} />;
  if (!data)
    return (
      <div className={styles.page}>
        <Loading />
        <Skeleton height={64} width="50%" />
        <div className={styles.columns}>
          <Skeleton height={480} />
          <Skeleton height={320} />
        </div>
      </div>
    );
  return <Person ws={ws} one={data} />;
}

function Person({ ws, one }: { ws: string; one: ContactDetail }) {
  const { t } = useLanguage();
  const when = useWhen();
  const { edit, manage } = useRights(ws);
  return (
    <div className={styles.page}>
      <div>
        <BackLink to="/w/$ws/act/contacts" params={{ ws }}>
          {t("contacts.back")}
        </BackLink>
        <div className={styles.head}>
          <h2>{one.name || one.address || t("contacts.nameless")}</h2>
          <MoreMenu ws={ws} one={one} edit={edit} manage={manage} />
        </div>
        <div className={styles.facts}>
          {one.company && <span>{one.company.name}</span>}
          {one.address && <span>{one.address}</span>}
          {one.role && <Chip title={t("contacts.role.hint")}>{t("contacts.role")}</Chip>}
          <span className="quiet">{t("contacts.since", { day: when(one.created_at) })}</span>
        </div>
      </div>
      <div className={styles.columns}>
        <Timeline ws={ws} id={one.id} edit={edit} />
        <div className={styles.side}>
          <OwnerPick ws={ws} one={one} edit={edit} />
          <Tags ws={ws} one={one} edit={edit} />
          <MailCard ws={ws} one={one} edit={edit} />
          <ActingCards acting={one.acting} />
          <PropertiesCard ws={ws} one={one} edit={edit} />
        </div>
      </div>
    </div>
  );
}
