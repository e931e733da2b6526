import { problemAt } from "../../api/client.ts";
import { useLanguage } from "../../i18n/LanguageProvider.tsx";
import { Field, Select, TextField } from "../../kit/Field.tsx";
import styles from "../measure.module.css";
import { type Draft, fieldsOf, hasSecret, type TextKey } from "./wish.ts";

interface SettingsFormProps {
  draft: Draft;
  sqlite: boolean;
  error: unknown;
  onDraft: (draft: Draft) => void;
}

/** The fields of one kind of connection; what the server said stands at its field. */
export function SettingsForm({ draft, sqlite, error, onDraft }: SettingsFormProps) {
  const { t } = useLanguage();
  const engine = draft.text.engine ?? "";
  const set = (key: TextKey, value: string) =>
    onDraft({ ...draft, text: { ...draft.text, [key]: value } });
  function one(key: TextKey) {
    const wires = {
      label: t(labelOf(draft, key)),
      value: draft.text[key] ?? "",
      error: problemAt(error, `body.settings.${key}`),
      spellCheck: false,
    };
    const words = hintOf(draft, key, sqlite);
    const told =
      words === "connect.f.url.hint"
        ? { hint: t(words, { from: "{from}", to: "{to}" }) }
        : words
          ? { hint: t(words) }
          : {};
    if (key === "query")
      return (
        <TextField
          key={key}
          {...wires}
          {...told}
          rows={7}
          style={{ fontFamily: "var(--font-mono, monospace)" }}
          onChange={(event) => set(key, event.target.value)}
        />
      );
    const options = optionsOf(key);
    if (options)
      return (
        <Select
          key={key}
          {...wires}
          options={options.map(([value, label]) => ({
            value,
            label: isWord(label) ? t(label) : label,
          }))}
          onChange={(event) => set(key, event.target.value)}
        />
      );
    return (
      <Field
        key={key}
        {...wires}
        {...told}
        {...(key === "port" ? { inputMode: "numeric" as const } : {})}
        optional={["port", "dimensions", "path", "header"].includes(key)}
        placeholder={placeholderOf(engine, key)}
        onChange={(event) => set(key, event.target.value)}
      />
    );
  }
  const long = draft.kind === "ga4" || draft.kind === "search_console";
  const secret = {
    label: t(
      long ? "connect.f.account" : draft.kind === "sql" ? "connect.f.password" : "connect.f.secret",
    ),
    hint: t(
      long
        ? "connect.f.account.hint"
        : draft.kind === "sql"
          ? "connect.f.password.hint"
          : "connect.f.secret.hint",
    ),
    error: problemAt(error, "body.secret"),
    value: draft.secret,
    spellCheck: false,
  };
  const fields = fieldsOf(draft.kind, engine);
  return (
    <div className={styles.stack}>
      <Field
        label={t("connect.name")}
        hint={t("connect.name.hint")}
        error={problemAt(error, "body.name")}
        value={draft.name}
        maxLength={60}
        onChange={(event) => onDraft({ ...draft, name: event.target.value })}
      />
      {fields.includes("url") && one("url")}
      <div className={styles.pair}>
        {fields.filter((key) => key !== "query" && key !== "url").map(one)}
      </div>
      {hasSecret(draft) &&
        (long ? (
          <TextField
            {...secret}
            rows={5}
            onChange={(event) => onDraft({ ...draft, secret: event.target.value })}
          />
        ) : (
          <Field
            {...secret}
            type="password"
            autoComplete="new-password"
            optional={draft.kind === "http"}
            onChange={(event) => onDraft({ ...draft, secret: event.target.value })}
          />
        ))}
      {draft.kind === "search_console" && (
        <label className={styles.check}>
          <input
            type="checkbox"
            checked={draft.fresh}
            onChange={(event) => onDraft({ ...draft, fresh: event.target.checked })}
          />
          {t("connect.f.fresh")}
        </label>
      )}
      {fields.includes("query") && one("query")}
    </div>
  );
}

function labelOf(draft: Draft, key: TextKey) {
  if (key === "url" && draft.kind === "sheets") return "connect.f.sheet";
  return `connect.f.${key}` as const;
}

function hintOf(draft: Draft, key: TextKey, sqlite: boolean) {
  switch (key) {
    case "url":
      return draft.kind === "sheets" ? "connect.f.sheet.hint" : "connect.f.url.hint";
    case "dimensions":
      return draft.kind === "ga4" ? "connect.f.dimensions.hint" : "connect.f.search.hint";
    case "file":
      return sqlite ? "connect.f.file.hint" : "connect.f.file.none";
    case "property":
    case "metrics":
    case "site":
    case "path":
    case "user":
    case "query":
      return `connect.f.${key}.hint` as const;
  }
  return undefined;
}

const LABELS = [
  "connect.f.tls.verify",
  "connect.f.tls.encrypt",
  "connect.f.tls.off",
  "connect.f.format.auto",
] as const;

/** Names of programs are the same in every language. */
function isWord(label: string): label is (typeof LABELS)[number] {
  return LABELS.some((one) => one === label);
}

function optionsOf(key: TextKey): [string, string][] | undefined {
  switch (key) {
    case "engine":
      return [
        ["postgres", "PostgreSQL"],
        ["mysql", "MySQL / MariaDB"],
        ["sqlite", "SQLite"],
        ["clickhouse", "ClickHouse"],
      ];
    case "tls":
      return [
        ["verify", "connect.f.tls.verify"],
        ["encrypt", "connect.f.tls.encrypt"],
        ["off", "connect.f.tls.off"],
      ];
    case "format":
      return [
        ["", "connect.f.format.auto"],
        ["csv", "CSV"],
        ["json", "JSON"],
      ];
  }
  return undefined;
}

function placeholderOf(engine: string, key: TextKey): string | undefined {
  if (key === "header") return "Authorization";
  if (key !== "port") return undefined;
  return { postgres: "5432", mysql: "3306", clickhouse: "9440" }[engine];
}
