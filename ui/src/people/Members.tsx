import { useState } from "react";
import type { Member, Role } from "../api/types.ts";
import { useMemberActs, useMembers } from "../api/useMembers.ts";
import { useLanguage } from "../i18n/LanguageProvider.tsx";
import { Badge } from "../kit/Badge.tsx";
import { Button } from "../kit/Button.tsx";
import { Card } from "../kit/Card.tsx";
import { Dialog } from "../kit/Dialog.tsx";
import { Failed } from "../kit/EmptyState.tsx";
import { Select } from "../kit/Field.tsx";
import { Notice } from "../kit/Notice.tsx";
import { Skeleton } from "../kit/Skeleton.tsx";
import { useToast } from "../kit/Toast.tsx";
import { AddMember } from "./AddMember.tsx";
import { Departments, departmentsOf } from "./Departments.tsx";
import { EditMember } from "./EditMember.tsx";
import { LinkDialog } from "./LinkDialog.tsx";
import styles from "./people.module.css";
import { isRole, ROLES } from "./roles.ts";

interface MembersProps {
  ws: string;
  owner: boolean;
  /** Nobody signs in: there is nobody to list. */
  open: boolean;
}

/** The people of a workspace; owners add, change and remove them. */
export function Members({ ws, owner, open }: MembersProps) {
  const { t } = useLanguage();
  const say = useToast();
  const members = useMembers(ws);
  const { change, remove, link, invite } = useMemberActs(ws);
  const [adding, setAdding] = useState(false);
  const [leaving, setLeaving] = useState<Member | null>(null);
  const [editing, setEditing] = useState<Member | null>(null);
  const [department, setDepartment] = useState<string | null>(null);
  const all = members.data?.members ?? [];
  // The one that was chosen may have no people any more.
  const chosen = all.some((one) => one.department === department) ? department : null;
  const shown = chosen === null ? all : all.filter((one) => one.department === chosen);
  const failed = change.error ?? link.error ?? invite.error;
  const mail = members.data?.mail ?? false;
  const acts = owner && !open;
  function again({ id, name }: Member) {
    invite.mutate(id, {
      onSuccess: ({ mailed }) => {
        if (mailed) say({ text: t("signin.invite.sent", { name }) });
      },
    });
  }
  return (
    <section>
      <div className={styles.head}>
        <div>
          <h2>{t("people.members")}</h2>
          <p className="quiet">{t(open ? "people.members.open" : "people.members.line")}</p>
        </div>
        {acts && (
          <Button kind="primary" icon="plus" onClick={() => setAdding(true)}>
            {t("people.add")}
          </Button>
        )}
      </div>
      {members.error && <Failed error={members.error} retry={() => void members.refetch()} />}
      {members.isPending && <Skeleton height={64} />}
      {failed && <Notice kind="bad">{failed.message}</Notice>}
      <Departments members={all} chosen={chosen} onChoose={setDepartment} />
      {shown.length > 0 && (
        <Card flush>
          <ul className={styles.list}>
            {shown.map((one) => (
              <Row
                key={one.id}
                member={one}
                acts={acts}
                onRole={(role) => change.mutate({ id: one.id, role })}
                onEdit={() => setEditing(one)}
                {...(mail && one.pending && { onInvite: () => again(one) })}
                onLink={() => link.mutate(one.id)}
                onRemove={() => setLeaving(one)}
              />
            ))}
          </ul>
        </Card>
      )}
      {!owner && <p className={`quiet ${styles.small}`}>{t("people.ownersOnly")}</p>}
      {adding && <AddMember ws={ws} mail={mail} onDone={() => setAdding(false)} />}
      {link.data && <LinkDialog url={link.data.url} onDone={() => link.reset()} />}
      {editing && (
        <EditMember
          ws={ws}
          member={editing}
          departments={departmentsOf(all)}
          onDone={() => setEditing(null)}
        />
      )}
      {invite.data && !invite.data.mailed && (
        <LinkDialog
          url={invite.data.link?.url}
          trouble={invite.data.trouble}
          onDone={() => invite.reset()}
        />
      )}
      {leaving && (
        <Dialog
          title={t("people.remove.title", { name: leaving.name })}
          onClose={() => setLeaving(null)}
          actions={
            <>
              <Button
                kind="danger"
                disabled={remove.isPending}
                onClick={() =>
                  remove.mutate(leaving.id, {
                    onSuccess: () => {
                      say({ text: t("people.removed", { name: leaving.name }) });
                      setLeaving(null);
                    },
                  })
                }
              >
                {t("people.remove")}
              </Button>
              <Button onClick={() => setLeaving(null)}>{t("kit.cancel")}</Button>
            </>
          }
        >
          <p>{t("people.remove.line")}</p>
          {remove.error && <Notice kind="bad">{remove.error.message}</Notice>}
        </Dialog>
      )}
    </section>
  );
}

interface RowProps {
  member: Member;
  acts: boolean;
  onRole: (role: Role) => void;
  onEdit: () => void;
  onLink: () => void;
  /** Writes to them again; absent where no mail leaves, or they are here already. */
  onInvite?: () => void;
  onRemove: () => void;
}

function Row({ member, acts, onRole, onEdit, onLink, onInvite, onRemove }: RowProps) {
  const { t } = useLanguage();
  return (
    <li>
      <span aria-hidden="true" className={styles.face}>
        <Badge name={member.name} label={member.name} large />
      </span>
      <span className={styles.grow}>
        {member.name}
        {member.department && <span className={styles.tag}>{member.department}</span>}
        {!member.export && <span className={styles.tag}>{t("people.export.none")}</span>}
        {member.you && <span className={styles.tag}>{t("people.you")}</span>}
        {member.pending && (
          <span className={`${styles.tag} ${styles.await}`}>{t("people.pending")}</span>
        )}
        <span className={styles.line}>{member.email}</span>
      </span>
      {acts ? (
        <>
          <span className={styles.role}>
            <Select
              label={t("people.roleOf", { name: member.name })}
              value={member.role}
              options={ROLES.map((role) => ({ value: role, label: t(`people.role.${role}`) }))}
              onChange={(event) => isRole(event.target.value) && onRole(event.target.value)}
            />
          </span>
          <Button small onClick={onEdit} aria-label={`${t("people.edit")}: ${member.name}`}>
            {t("people.edit")}
          </Button>
          {onInvite && (
            <Button
              small
              onClick={onInvite}
              aria-label={`${t("signin.invite.again")}: ${member.name}`}
            >
              {t("signin.invite.again")}
            </Button>
          )}
          {!member.you && !onInvite && (
            <Button small onClick={onLink} aria-label={`${t("people.link.new")}: ${member.name}`}>
              {t("people.link.new")}
            </Button>
          )}
          <Button
            small
            kind="quiet"
            onClick={onRemove}
            aria-label={`${t("people.remove")}: ${member.name}`}
          >
            {t("people.remove")}
          </Button>
        </>
      ) : (
        <span className="quiet">{t(`people.role.${member.role}`)}</span>
      )}
    </li>
  );
}
