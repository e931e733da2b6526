import { type ContactDetail, useContactActs } from "../../api/useContacts.ts";
import { useMembers } from "../../api/useMembers.ts";
import { useLanguage } from "../../i18n/LanguageProvider.tsx";
import { Card } from "../../kit/Card.tsx";
import { Select } from "../../kit/Field.tsx";

/** Who looks after somebody. */
export function OwnerPick({ ws, one, edit }: { ws: string; one: ContactDetail; edit: boolean }) {
  const { t } = useLanguage();
  const members = useMembers(ws);
  const { change } = useContactActs(ws, one.id);
  if (!edit)
    return (
      <Card>
        <h3>{t("contacts.owner")}</h3>
        <p>{one.owner_name || t("contacts.owner.none")}</p>
      </Card>
    );
  const people = (members.data?.members ?? []).map((each) => ({
    value: each.id,
    label: each.name,
  }));
  const gone = one.owner !== "" && !people.some((each) => each.value === one.owner);
  return (
    <Card>
      <Select
        label={t("contacts.owner")}
        value={one.owner}
        disabled={change.isPending}
        error={change.error?.message}
        onChange={(event) => change.mutate({ owner: event.target.value })}
        options={[
          { value: "", label: t("contacts.owner.none") },
          ...(gone ? [{ value: one.owner, label: one.owner_name || one.owner }] : []),
          ...people,
        ]}
      />
    </Card>
  );
}
