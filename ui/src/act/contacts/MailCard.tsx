import { useState } from "react";
import type { ConsentRecord, ContactAddress, ContactDetail } from "../../api/useContacts.ts";
import { useLanguage } from "../../i18n/LanguageProvider.tsx";
import { Button } from "../../kit/Button.tsx";
import { Card } from "../../kit/Card.tsx";
import { Icon } from "../../kit/Icon.tsx";
import { ConsentDialog } from "./ConsentDialog.tsx";
import styles from "./contacts.module.css";
import { LiftDialog, StopDialog } from "./StopDialog.tsx";
import { useWhen } from "./when.ts";

interface MailCardProps {
  ws: string;
  one: ContactDetail;
  edit: boolean;
}

/** What may be sent to somebody, address by address, and what it rests on. */
export function MailCard({ ws, one, edit }: MailCardProps) {
  const { t } = useLanguage();
  const [open, setOpen] = useState<"stop" | { consent: string } | { lift: ContactAddress } | null>(
    null,
  );
  const close = () => setOpen(null);
  return (
    <Card aria-label={t("contacts.mail")}>
      <h3>{t("contacts.mail")}</h3>
      {one.addresses.length === 0 && <p className="quiet">{t("contacts.mail.noaddress")}</p>}
      {one.addresses.map((address) => (
        <Address
          key={address.address}
          address={address}
          several={one.addresses.length > 1}
          edit={edit}
          onConsent={() => setOpen({ consent: address.address })}
          onLift={() => setOpen({ lift: address })}
        />
      ))}
      {edit && one.addresses.some((address) => !holds(address)) && (
        <div>
          <Button small kind="quiet" onClick={() => setOpen("stop")}>
            {t("contacts.mail.stop")}
          </Button>
        </div>
      )}
      {open === "stop" && <StopDialog ws={ws} id={one.id} onClose={close} />}
      {open && typeof open === "object" && "consent" in open && (
        <ConsentDialog ws={ws} id={one.id} address={open.consent} onClose={close} />
      )}
      {open && typeof open === "object" && "lift" in open && (
        <LiftDialog ws={ws} id={one.id} address={open.lift} onClose={close} />
      )}
    </Card>
  );
}

/** Whether mail of every topic is stopped. */
const holds = (address: ContactAddress) =>
  address.stopped.some((one) => one.lifted_at === 0 && one.topic === "");

interface AddressProps {
  address: ContactAddress;
  several: boolean;
  edit: boolean;
  onConsent: () => void;
  onLift: () => void;
}

function Address({ address, several, edit, onConsent, onLift }: AddressProps) {
  const { t, f } = useLanguage();
  const when = useWhen();
  const stops = address.stopped.filter((one) => one.lifted_at === 0);
  return (
    <div className={styles.stack}>
      <div>
        {several && <p>{address.address}</p>}
        <p className={`${styles.mark} ${address.may_send ? styles.granted : styles.refused}`}>
          <Icon name={address.may_send ? "check" : "close"} size={14} />
          <b>{t(address.may_send ? "contacts.mail.may" : "contacts.mail.maynot")}</b>
        </p>
        <span className={styles.sub}>
          {address.why} {address.article}
        </span>
        {address.meant && (
          <span className={`${styles.sub} warn`}>
            {t("contacts.mail.meant", { address: address.meant })}
          </span>
        )}
        {address.disposable && (
          <span className={`${styles.sub} warn`}>{t("contacts.mail.disposable")}</span>
        )}
        {stops.map((one) => (
          <span key={`${one.topic}${one.at}`} className={`${styles.sub} bad`}>
            {t("contacts.mail.stopped", {
              why: f.facts(
                [one.topic, one.label, one.note, when(one.at)].filter((each) => each !== ""),
              ),
            })}
          </span>
        ))}
      </div>
      {address.consents.length === 0 ? (
        <p className={styles.sub}>{t("contacts.mail.norecords")}</p>
      ) : (
        <div>
          {address.consents.toReversed().map((one) => (
            <Record key={one.id} record={one} />
          ))}
        </div>
      )}
      {edit && (
        <div className={styles.actions}>
          <Button small onClick={onConsent}>
            {t("contacts.mail.record")}
          </Button>
          {stops.length > 0 && (
            <Button small onClick={onLift}>
              {t("contacts.mail.lift")}
            </Button>
          )}
        </div>
      )}
    </div>
  );
}

/** One record, as it would be shown to whoever asks for it. */
function Record({ record }: { record: ConsentRecord }) {
  const { t, f } = useLanguage();
  const when = useWhen();
  const rows = [
    ["contacts.record.source", record.source],
    ["contacts.record.by", record.operator],
    ["contacts.record.notice", record.notice],
    ["contacts.record.ip", record.ip],
    ["contacts.record.agent", record.user_agent],
    ["contacts.record.note", record.note],
  ] as const;
  const confirmed = !record.double
    ? []
    : record.confirmed_at > 0
      ? [t("contacts.record.confirmed", { day: when(record.confirmed_at) })]
      : [t("contacts.record.waiting")];
  return (
    <details className={styles.record}>
      <summary>
        <b className={record.state === "refused" ? "bad" : ""}>{record.label}</b>
        <span className="quiet">
          {" "}
          {f.facts([record.topic || t("contacts.mail.topic.any"), when(record.at), ...confirmed])}
        </span>
      </summary>
      {record.text && <blockquote>{record.text}</blockquote>}
      <dl className={styles.pairs}>
        {rows
          .filter(([, text]) => text !== "")
          .map(([key, text]) => (
            <Pair key={key} name={t(key)} text={text} />
          ))}
      </dl>
    </details>
  );
}

export function Pair({ name, text }: { name: string; text: string }) {
  return (
    <>
      <dt>{name}</dt>
      <dd>{text}</dd>
    </>
  );
}
