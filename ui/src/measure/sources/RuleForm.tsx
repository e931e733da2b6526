import { useState } from "react";
import type { ChannelRule, ChannelRulesReply } from "../../api/types.ts";
import { useLanguage } from "../../i18n/LanguageProvider.tsx";
import { Button, IconButton } from "../../kit/Button.tsx";
import { Field, Select } from "../../kit/Field.tsx";
import { ONS, OPS, typedValues } from "./rules.ts";
import styles from "./sources.module.css";

interface RuleFormProps {
  /** Undefined: a new one. */
  rule: ChannelRule | undefined;
  channels: ChannelRulesReply["channels"];
  onKeep: (rule: ChannelRule) => void;
  onCancel: () => void;
}

interface Typed {
  on: (typeof ONS)[number];
  op: (typeof OPS)[number];
  text: string;
}

const OWN = "*"; // no channel has this name

/** One rule: which channel, and what must hold. */
export function RuleForm({ rule, channels, onKeep, onCancel }: RuleFormProps) {
  const { t } = useLanguage();
  const known = !rule || (channels.some((one) => one.value === rule.channel) && !rule.name);
  const [channel, setChannel] = useState(
    known ? (rule?.channel ?? channels[0]?.value ?? OWN) : OWN,
  );
  const [name, setName] = useState(rule?.name ?? "");
  const [when, setWhen] = useState<Typed[]>(
    rule?.when.map(({ on, op, values }) => ({ on, op, text: values.join(", ") })) ?? [
      { on: "source", op: "is", text: "" },
    ],
  );
  const own = channel === OWN;
  const complete =
    (!own || name.trim() !== "") && when.every((one) => typedValues(one.text).length > 0);
  const change = (at: number, part: Partial<Typed>) =>
    setWhen(when.map((one, i) => (i === at ? { ...one, ...part } : one)));
  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault();
        if (!complete) return;
        onKeep({
          ...(own ? { channel: name.trim(), name: name.trim() } : { channel }),
          when: when.map(({ on, op, text }) => ({ on, op, values: typedValues(text) })),
        });
      }}
    >
      <div className={styles.pair}>
        <Select
          label={t("rules.channel")}
          value={channel}
          onChange={(event) => setChannel(event.target.value)}
          options={[
            ...channels.map(({ value, label }) => ({ value, label })),
            { value: OWN, label: t("rules.channel.own") },
          ]}
        />
        {own && (
          <Field
            label={t("rules.channel.name")}
            value={name}
            maxLength={80}
            onChange={(event) => setName(event.target.value)}
          />
        )}
      </div>
      {when.map((one, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a condition is its place
        <div key={at} className={styles.condition}>
          <Select
            label={t("rules.on")}
            value={one.on}
            onChange={(event) => change(at, { on: event.target.value as Typed["on"] })}
            options={ONS.map((value) => ({ value, label: t(`rules.on.${value}`) }))}
          />
          <Select
            label={t("rules.op")}
            value={one.op}
            onChange={(event) => change(at, { op: event.target.value as Typed["op"] })}
            options={OPS.map((value) => ({ value, label: t(`rules.op.${value}`) }))}
          />
          <Field
            label={t("rules.values")}
            value={one.text}
            placeholder={t("rules.values.example")}
            onChange={(event) => change(at, { text: event.target.value })}
          />
          <IconButton
            bare
            icon="trash"
            label={t("rules.condition.remove")}
            disabled={when.length === 1}
            onClick={() => setWhen(when.filter((_, i) => i !== at))}
          />
        </div>
      ))}
      <p>
        <Button
          small
          icon="plus"
          disabled={when.length >= 10}
          onClick={() => setWhen([...when, { on: "medium", op: "is", text: "" }])}
        >
          {t("rules.condition.add")}
        </Button>
      </p>
      <div className={styles.buttons}>
        <Button kind="primary" type="submit" disabled={!complete}>
          {t("rules.one.keep")}
        </Button>
        <Button onClick={onCancel}>{t("kit.cancel")}</Button>
      </div>
    </form>
  );
}
