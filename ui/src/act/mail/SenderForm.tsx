import { type FormEvent, useState } from "react";
import { problemAt } from "../../api/client.ts";
import { type MailSender, type MailSettings, useKeepSender } from "../../api/useMail.ts";
import { useLanguage } from "../../i18n/LanguageProvider.tsx";
import { Button } from "../../kit/Button.tsx";
import { Card } from "../../kit/Card.tsx";
import { Choices } from "../../kit/Choices.tsx";
import { Field, Select, TextField } from "../../kit/Field.tsx";
import { Notice } from "../../kit/Notice.tsx";
import { useToast } from "../../kit/Toast.tsx";
import styles from "./mail.module.css";

interface SenderFormProps {
  ws: string;
  sender: MailSender | null;
  onClose: () => void;
}

const BEGINNING: MailSettings = {
  stream: "marketing",
  from_name: "",
  from: "",
  host: "",
  port: 587,
  security: "starttls",
  count: true,
  legal: { sender: "", postal: "", contact: "" },
  warmup: { first_day: 200, growth: 1.8, days: 14 },
};

const PORTS = { starttls: 587, tls: 465, none: 25 };

/** How mail leaves: who sends, by which server, and what the law wants said of them. */
export function SenderForm({ ws, sender, onClose }: SenderFormProps) {
  const { t } = useLanguage();
  const say = useToast();
  const keep = useKeepSender(ws);
  const [name, setName] = useState(sender?.name ?? "");
  const [set, setSet] = useState<MailSettings>(sender?.settings ?? BEGINNING);
  const [password, setPassword] = useState<string | null>(sender ? null : "");
  const change = (part: Partial<MailSettings>) => setSet({ ...set, ...part });
  const legal = (part: Partial<MailSettings["legal"]>) =>
    change({ legal: { ...set.legal, ...part } });
  const marketing = set.stream === "marketing";
  function save(event: FormEvent) {
    event.preventDefault();
    keep.mutate(
      {
        ...(sender ? { id: sender.id, version: sender.version } : {}),
        name: name.trim(),
        settings: cleaned(set),
        ...(password === null ? {} : { password }),
      },
      {
        onSuccess: () => {
          say({ text: t("mail.saved") });
          onClose();
        },
      },
    );
  }
  const at = (field: string) => problemAt(keep.error, `body.${field}`);
  return (
    <Card aria-label={t("mail.sender.new")}>
      <form className={styles.form} onSubmit={save}>
        <Choices
          legend={t("mail.stream")}
          value={set.stream}
          least={240}
          options={(["marketing", "transactional"] as const).map((value) => ({
            value,
            title: t(`mail.stream.${value}`),
            line: t(`mail.stream.${value}.line`),
          }))}
          onChange={(stream) => change({ stream })}
        />
        <div className={styles.pair}>
          <Field
            label={t("mail.sender.name")}
            hint={t("mail.sender.name.hint")}
            required
            value={name}
            onChange={(e) => setName(e.target.value)}
          />
          <Field
            label={t("mail.sender.from.name")}
            hint={t("mail.sender.from.name.hint")}
            value={set.from_name}
            onChange={(e) => change({ from_name: e.target.value })}
          />
          <Field
            label={t("mail.sender.from")}
            type="email"
            required
            error={at("settings.from")}
            value={set.from}
            onChange={(e) => change({ from: e.target.value })}
          />
          <Field
            label={t("mail.sender.reply")}
            type="email"
            optional
            error={at("settings.reply_to")}
            value={set.reply_to ?? ""}
            onChange={(e) => change({ reply_to: e.target.value })}
          />
          <Field
            label={t("mail.sender.envelope")}
            type="email"
            optional
            hint={t("mail.sender.envelope.hint")}
            error={at("settings.envelope")}
            value={set.envelope ?? ""}
            onChange={(e) => change({ envelope: e.target.value })}
          />
        </div>
        <fieldset className={styles.group}>
          <legend>{t("mail.server")}</legend>
          <div className={styles.pair}>
            <Field
              label={t("mail.server.host")}
              required
              placeholder="smtp.example.jp"
              error={at("settings.host")}
              value={set.host}
              onChange={(e) => change({ host: e.target.value })}
            />
            <Select
              label={t("mail.server.security")}
              value={set.security}
              options={(["starttls", "tls", "none"] as const).map((value) => ({
                value,
                label: t(`mail.security.${value}`),
              }))}
              onChange={(e) => {
                const security = e.target.value as MailSettings["security"];
                change({ security, port: PORTS[security] });
              }}
            />
            <Field
              label={t("mail.server.port")}
              type="number"
              min={1}
              max={65535}
              value={set.port}
              onChange={(e) => change({ port: Number(e.target.value) })}
            />
            <Field
              label={t("mail.server.user")}
              optional
              autoComplete="off"
              value={set.username ?? ""}
              onChange={(e) => change({ username: e.target.value })}
            />
            {password === null ? (
              <div className={styles.kept}>
                <b>{t("mail.server.password")}</b>
                <span className="quiet">
                  {t(sender?.has_password ? "mail.password.kept" : "mail.password.none")}
                </span>
                <Button small onClick={() => setPassword("")}>
                  {t("mail.password.change")}
                </Button>
              </div>
            ) : (
              <Field
                label={t("mail.server.password")}
                type="password"
                optional
                autoComplete="new-password"
                hint={t("mail.server.password.hint")}
                value={password}
                onChange={(e) => setPassword(e.target.value)}
              />
            )}
          </div>
          <label className={styles.check}>
            <input
              type="checkbox"
              checked={set.relay ?? false}
              onChange={(e) => change({ relay: e.target.checked })}
            />
            {t("mail.server.relay")}
          </label>
        </fieldset>
        {marketing && (
          <fieldset className={styles.group}>
            <legend>{t("mail.legal")}</legend>
            <p className={`${styles.small} quiet`}>{t("mail.legal.line")}</p>
            <div className={styles.pair}>
              <Field
                label={t("mail.legal.sender")}
                value={set.legal.sender}
                onChange={(e) => legal({ sender: e.target.value })}
              />
              <Field
                label={t("mail.legal.agent")}
                optional
                hint={t("mail.legal.agent.hint")}
                value={set.legal.agent ?? ""}
                onChange={(e) => legal({ agent: e.target.value })}
              />
              <Field
                label={t("mail.legal.postal")}
                value={set.legal.postal}
                onChange={(e) => legal({ postal: e.target.value })}
              />
              <Field
                label={t("mail.legal.contact")}
                hint={t("mail.legal.contact.hint")}
                value={set.legal.contact}
                onChange={(e) => legal({ contact: e.target.value })}
              />
            </div>
            <TextField
              label={t("mail.legal.trade")}
              optional
              rows={2}
              hint={t("mail.legal.trade.hint")}
              value={set.legal.trade ?? ""}
              onChange={(e) => legal({ trade: e.target.value })}
            />
          </fieldset>
        )}
        <fieldset className={styles.group}>
          <legend>{t("mail.pace")}</legend>
          {marketing && (
            <label className={styles.check}>
              <input
                type="checkbox"
                checked={set.count ?? false}
                onChange={(e) => change({ count: e.target.checked })}
              />
              {t("mail.count")}
            </label>
          )}
          <label className={styles.check}>
            <input
              type="checkbox"
              checked={(set.warmup?.days ?? 0) > 0}
              onChange={(e) =>
                change({
                  warmup: e.target.checked
                    ? { first_day: 200, growth: 1.8, days: 14 }
                    : { first_day: 200, growth: 1.8, days: 0 },
                })
              }
            />
            {t("mail.warmup.on")}
          </label>
          {set.warmup && set.warmup.days > 0 && (
            <div className={styles.pair}>
              <Field
                label={t("mail.warmup.first")}
                type="number"
                min={1}
                max={100000}
                value={set.warmup.first_day}
                onChange={(e) =>
                  set.warmup &&
                  change({ warmup: { ...set.warmup, first_day: Number(e.target.value) } })
                }
              />
              <Field
                label={t("mail.warmup.growth")}
                type="number"
                min={1}
                max={3}
                step={0.1}
                value={set.warmup.growth}
                onChange={(e) =>
                  set.warmup &&
                  change({ warmup: { ...set.warmup, growth: Number(e.target.value) } })
                }
              />
              <Field
                label={t("mail.warmup.days")}
                type="number"
                min={1}
                max={60}
                value={set.warmup.days}
                onChange={(e) =>
                  set.warmup && change({ warmup: { ...set.warmup, days: Number(e.target.value) } })
                }
              />
            </div>
          )}
        </fieldset>
        {keep.error && <Notice kind="bad">{keep.error.message}</Notice>}
        <div className={styles.buttons}>
          <Button kind="primary" type="submit" disabled={keep.isPending}>
            {t("mail.save")}
          </Button>
          <Button onClick={onClose}>{t("mail.cancel")}</Button>
        </div>
      </form>
    </Card>
  );
}

/** Empty optional fields are left away: the server takes them for addresses otherwise. */
function cleaned(set: MailSettings): MailSettings {
  const { reply_to, envelope, username, warmup, ...rest } = set;
  return {
    ...rest,
    ...(reply_to ? { reply_to } : {}),
    ...(envelope ? { envelope } : {}),
    ...(username ? { username } : {}),
    ...(warmup && warmup.days > 0 ? { warmup } : {}),
  };
}
