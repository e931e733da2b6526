import type { Member } from "../api/types.ts";
import { useLanguage } from "../i18n/LanguageProvider.tsx";
import { ChipButton } from "../kit/Chip.tsx";
import styles from "./people.module.css";

/** The departments there are, in the order of their names. */
export function departmentsOf(members: Pick<Member, "department">[]): string[] {
  return [...new Set(members.map((one) => one.department).filter(Boolean))].sort((a, b) =>
    a.localeCompare(b, "ja"),
  );
}

interface DepartmentsProps {
  members: Pick<Member, "department">[];
  /** The one that is shown alone; null shows everybody, "" those of none. */
  chosen: string | null;
  onChoose: (department: string | null) => void;
}

/** Shows the people of one department; nothing where there is nothing to choose. */
export function Departments({ members, chosen, onChoose }: DepartmentsProps) {
  const { t } = useLanguage();
  const names = departmentsOf(members);
  if (names.length < 2) return null;
  const count = (name: string) => members.filter((one) => one.department === name).length;
  const chip = (key: string, value: string | null, label: string, n: number) => (
    <ChipButton
      key={key}
      on={chosen === value}
      aria-pressed={chosen === value}
      onClick={() => onChoose(value)}
    >
      {label} {n}
    </ChipButton>
  );
  return (
    <fieldset className={styles.departments}>
      <legend className="sr">{t("people.department")}</legend>
      {chip("all", null, t("people.department.all"), members.length)}
      {names.map((name) => chip(`of ${name}`, name, name, count(name)))}
      {count("") > 0 && chip("none", "", t("people.department.none"), count(""))}
    </fieldset>
  );
}
